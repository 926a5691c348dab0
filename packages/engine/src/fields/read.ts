import { canonicalZone, fold } from '@baton/leads'
import type { FieldDefinition, FieldType, FieldValue } from '../state/person.ts'
import { foldTags, readTags } from './tags.ts'

const YES = new Set(['true', 'yes', 'y', '1', 'on'])
const NO = new Set(['false', 'no', 'n', '0', 'off'])
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/** True for the types whose values are compared by folded copies. */
export const isFoldedType = (type: FieldType | undefined): boolean => type === 'text' || type === 'choice' || type === 'tags'

/** The folded copy of a field's value; undefined where there is none: empty, or not of a type that has one. */
export function foldValue(value: unknown): string | undefined {
  if (Array.isArray(value)) return foldTags(value.filter((it) => typeof it === 'string'))
  return typeof value === 'string' && value !== '' ? fold(value) : undefined
}

/** The longest text kept in a field. */
export const MAX_FIELD_TEXT = 2000

/**
 * Reads what came in at a door (a CSV cell, a trait, a form) as the value of a field. Empty text and null empty the field: `value` is
 * null. What cannot be read is an error that says what is wrong; nothing is guessed.
 */
export function readFieldValue(
  field: Pick<FieldDefinition, 'key' | 'label' | 'type' | 'options'>,
  raw: unknown,
): { value: FieldValue | null } | { error: string } {
  if (raw === null || raw === undefined) return { value: null }
  if (field.type === 'tags' && (typeof raw === 'string' || Array.isArray(raw))) {
    const tags = readTags(raw)
    return 'error' in tags ? { error: `${field.label}: ${tags.error}.` } : tags
  }
  if (typeof raw === 'object') return { error: `${field.label}: a list or an object does not fit into one field.` }
  const text = String(raw).trim().normalize('NFC')
  if (text === '') return { value: null }
  if (text.length > MAX_FIELD_TEXT) return { error: `${field.label}: more than ${MAX_FIELD_TEXT} characters.` }
  if (text.includes('\u0000')) return { error: `${field.label}: holds a zero byte, which is no text.` }
  const says = (what: string) => ({ error: `${field.label}: “${text.slice(0, 60)}” is ${what}.` })
  switch (field.type) {
    case 'text':
      if (field.key === 'zone') {
        const zone = canonicalZone(text)
        return zone === undefined ? says('no time zone. Use a name such as Europe/Oslo') : { value: zone }
      }
      return { value: text }
    case 'choice':
      return field.options && field.options.length > 0 && !field.options.includes(text)
        ? says(`none of the choices (${field.options.slice(0, 6).join(', ')}${field.options.length > 6 ? ' …' : ''})`)
        : { value: text }
    case 'number': {
      const number = typeof raw === 'number' ? raw : Number(text)
      return Number.isFinite(number) ? { value: number } : says('no number. Write it like 1234.5')
    }
    case 'tags': {
      const tags = readTags(text)
      return 'error' in tags ? { error: `${field.label}: ${tags.error}.` } : tags
    }
    case 'boolean': {
      const word = text.toLowerCase()
      if (YES.has(word)) return { value: true }
      return NO.has(word) ? { value: false } : says('neither yes nor no')
    }
    case 'date': {
      const day = text.length > 10 && /^\d{4}-\d{2}-\d{2}T/.test(text) ? text.slice(0, 10) : text
      return isDay(day) ? { value: day } : says('no date. Write it like 2026-03-13')
    }
    case 'datetime': {
      if (isDay(text)) return { value: `${text}T00:00:00.000Z` }
      const at = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text)
        ? Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`)
        : Number.NaN
      return Number.isNaN(at) ? says('no date with time. Write it like 2026-03-13T09:00:00Z') : { value: new Date(at).toISOString() }
    }
  }
}

/** A day that exists: 2026-02-30 does not. */
function isDay(text: string): boolean {
  const parts = DAY.exec(text)
  if (!parts) return false
  const date = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])))
  return date.getUTCMonth() === Number(parts[2]) - 1 && date.getUTCDate() === Number(parts[3])
}
