import type { Handle } from './open/handle.ts'
import { sqlState } from './open/handle.ts'

/** Everything earlier shares one partition, made by a migration. */
const FIRST = Date.UTC(2015, 0)

const known = new WeakMap<Handle, Set<number>>()

const monthOf = (at: number): number => {
  const date = new Date(at)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}
const startOf = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12)
const nameOf = (month: number): string => `event_${Math.floor(month / 12)}_${String((month % 12) + 1).padStart(2, '0')}`

/**
 * Makes the monthly partitions of `event` that these instants need. Call it before the transaction that inserts; what is known to be
 * there costs nothing.
 */
export async function ensureMonths(handle: Handle, instants: Iterable<number>): Promise<void> {
  const there = known.get(handle) ?? new Set<number>()
  known.set(handle, there)
  const missing = new Set<number>()
  for (const at of instants) if (at >= FIRST && !there.has(monthOf(at))) missing.add(monthOf(at))
  for (const month of missing) {
    const name = nameOf(month)
    const [found] = await handle.query<{ there: boolean }>('select to_regclass($1) is not null as there', [name])
    if (!found?.there) {
      try {
        await handle.query(`create table "${name}" partition of event for values from (${startOf(month)}) to (${startOf(month + 1)})`)
      } catch (error) {
        // 42P07, 23505, 42P17: another process made it at the same moment.
        if (!['42P07', '23505', '42P17'].includes(sqlState(error) ?? '')) throw error
      }
    }
    there.add(month)
  }
}

/** The partitions of this month and the next `ahead`, for a daily chore. */
export function ensureMonthsAhead(handle: Handle, now: number, ahead = 2): Promise<void> {
  return ensureMonths(
    handle,
    Array.from({ length: ahead + 1 }, (_, i) => startOf(monthOf(now) + i)),
  )
}
