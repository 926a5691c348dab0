import { localDate } from '@baton/leads'
import { readFieldValue } from '../../fields/read.ts'
import type { FieldDefinition, FieldValue, Instant } from '../../state/person.ts'

/** What becomes of a field: its new value, or why it stays as it was. */
export type NewValue = { value: FieldValue } | { kept: 'nothing-there' | 'does-not-fit' }

/** What must be known of a field to give it a value. */
export type FieldShape = Pick<FieldDefinition, 'key' | 'type' | 'options'>

/** A value from elsewhere as this field holds it. What is missing or does not fit changes nothing. E-197. */
export function taken(raw: FieldValue | null, field: FieldShape): NewValue {
  if (raw === null || raw === '' || (Array.isArray(raw) && raw.length === 0)) return { kept: 'nothing-there' }
  const read = readFieldValue({ ...field, label: field.key }, raw)
  return 'error' in read || read.value === null ? { kept: 'does-not-fit' } : { value: read.value }
}

/** Counted to nine decimals, so that 0.1 + 0.2 is 0.3; nothing there counts as 0. E-198. */
export function added(before: FieldValue | null, amount: number): NewValue {
  if (before !== null && typeof before !== 'number') return { kept: 'does-not-fit' }
  const sum = Number(((before ?? 0) + amount).toFixed(9))
  return Math.abs(sum) <= Number.MAX_SAFE_INTEGER ? { value: sum } : { kept: 'does-not-fit' }
}

/** The day on the person's wall, or the instant, as the field holds it. E-199. */
export const nowFor = (type: FieldDefinition['type'], now: Instant, zone: string): string =>
  type === 'date' ? localDate(now, zone) : new Date(now).toISOString()
