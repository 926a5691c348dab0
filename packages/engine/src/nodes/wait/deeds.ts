import { DAY, HOUR, MINUTE } from '@baton/leads'
import type { Deed } from '../../asks.ts'
import type { CompiledWhere } from '../../condition/where.ts'
import type { UntilOf, WaitUnit } from './schema.ts'

const LENGTH: Readonly<Record<WaitUnit, number>> = { minutes: MINUTE, hours: HOUR, days: DAY, weeks: 7 * DAY, months: 30 * DAY }

/** Comparisons that a property meets by being the very value that is asked for. */
const MEETS: ReadonlySet<string> = new Set(['is', 'eq', 'ge', 'le', 'contains', 'starts-with'])

/** What people may do themselves to go on by each branch, with properties that its comparisons hold for, where such can be told. */
export function deedsOf({ branches, timeOut }: UntilOf<'event'>, whereOf: (id: string) => CompiledWhere | undefined): Deed[] {
  const within = timeOut === null ? null : (timeOut.amount ?? 1) * LENGTH[timeOut.unit]
  return branches.flatMap(({ id, match }): Deed[] => {
    if (match.kind !== 'event' || match.type === null) return []
    const { type, where } = match
    const props = Object.fromEntries(where.flatMap(({ key, op, value }) => (MEETS.has(op) && isScalar(value) ? [[key, value]] : [])))
    const fits = whereOf(id)?.matches({ id: '', type, props, occurredAt: 0, receivedAt: 0 })
    return fits ? [{ port: id, type, props, within }] : []
  })
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
