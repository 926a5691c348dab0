import { ensureMonths } from '../months.ts'
import type { Handle, Sql } from '../open/handle.ts'

const known = new WeakMap<Handle, Set<string>>()

/**
 * Makes ready for events to be stored: their months exist, and their types are known to pickers. Before the transaction that appends
 * them; what is known costs nothing.
 */
export async function prepareEvents(handle: Handle, events: readonly { type: string; occurredAt: number }[], now: number): Promise<void> {
  if (events.length === 0) return
  await ensureMonths(
    handle,
    events.map((event) => event.occurredAt),
  )
  const types = known.get(handle) ?? new Set<string>()
  known.set(handle, types)
  const fresh = [...new Set(events.map((event) => event.type))].filter((type) => !types.has(type))
  if (fresh.length === 0) return
  await handle.query('insert into event_type (name, first_at) select v, $2 from unnest($1::text[]) v on conflict do nothing', [fresh, now])
  for (const type of fresh) types.add(type)
}

/** Every type of event that ever came in. */
export async function eventTypes(sql: Sql): Promise<string[]> {
  return (await sql.query<{ name: string }>('select name from event_type order by name')).map((row) => row.name)
}
