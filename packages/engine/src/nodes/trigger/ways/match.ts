import { property } from '../../../condition/count.ts'
import type { ContactEvent } from '../../../state/person.ts'

/** The business object an event is about, as text; undefined where the property is missing or no scalar. E-22. */
export function objectKey(event: ContactEvent, key: string | null): string | undefined {
  if (key === null) return ''
  const value = property(event, key)
  if (typeof value === 'string') return value === '' || value.length > 200 ? undefined : value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined
}
