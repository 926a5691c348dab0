import { canonicalZone, DAY, fold, HOUR, zoneOfCountry } from '@baton/leads'
import type { FieldDefinition, FieldValue, Instant } from '../../state/person.ts'
import type { Constant } from './constants.ts'

/** Made-up facts of a person who does not exist. */
const NOBODY: Readonly<Record<string, string>> = {
  email: 'robin@example.com',
  first_name: 'Robin',
  last_name: 'Example',
  phone: '+1 555 0100',
  company: 'Example Ltd',
  job_title: 'Head of examples',
}

/** Values of closed lists that are about many people: they say when and in which words, not who. */
const isCommon = (key: string, value: string): boolean =>
  (key === 'zone' && canonicalZone(value) !== undefined) ||
  (key === 'country' && (/^[A-Za-z]{2}$/.test(value) || zoneOfCountry(value) !== undefined)) ||
  (key === 'language' && /^[a-z]{2}(?:-[A-Za-z]{2,4})?$/.test(value))

/**
 * Values that may stand in for a real one, the best first: what authors compare with, what options and closed lists hold, else something
 * made up. The real value is among them only where it is one of these. None: the field is left out.
 */
export function madeUpValues(
  field: Pick<FieldDefinition, 'key' | 'type' | 'options'>,
  value: FieldValue,
  constants: readonly Constant[],
): FieldValue[] {
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean' ? [value] : []
    case 'choice':
      return typeof value === 'string' && (field.options ?? []).includes(value) ? [value] : []
    case 'tags': {
      const known = new Set(constants.map((it) => fold(String(it))))
      return Array.isArray(value) ? [value.filter((it) => known.has(fold(it)))].filter((it) => it.length > 0) : []
    }
    case 'number':
      return typeof value === 'number' ? [sameSide(value, constants)] : []
    case 'date':
    case 'datetime':
      return typeof value === 'string' ? otherDates(value) : []
    case 'text':
      return typeof value === 'string' ? [textLike(field.key, value, constants)] : []
  }
}

/** A property of an event or a record; undefined where nothing compares it. */
export function madeUpProp(value: unknown, constants: readonly Constant[] | undefined): unknown {
  if (constants === undefined) return undefined
  if (typeof value === 'number') return sameSide(value, constants)
  if (typeof value === 'boolean') return value
  return typeof value === 'string' ? textLike('', value, constants) : undefined
}

/** The constant that a text is, begins with, ends with or holds; else something that none of them fits. */
function textLike(key: string, value: string, constants: readonly Constant[]): string {
  const own = fold(value)
  const texts = constants.filter((it) => typeof it === 'string' && it !== '').map(String)
  const found = texts.find((it) => fold(it) === own) ?? texts.find((it) => own.includes(fold(it)))
  if (found !== undefined) return found
  return isCommon(key, value) ? value : (NOBODY[key] ?? 'Example')
}

/** A number on the same side of everything it is compared with. */
function sameSide(value: number, constants: readonly Constant[]): number {
  const limits = [...new Set(constants.filter((it) => typeof it === 'number'))].sort((a, b) => a - b)
  if (limits.includes(value)) return value
  const below = limits.findLast((it) => it < value)
  const above = limits.find((it) => it > value)
  if (below === undefined) return above === undefined ? 10 : above - 1
  if (above === undefined) return below + 1
  const middle = (below + above) / 2
  const whole = Math.floor(middle)
  return Number.isInteger(value) && whole > below ? whole : middle
}

/** Days about it, the nearest first, never the day itself. */
function otherDates(value: string): string[] {
  const at = Date.parse(value)
  if (Number.isNaN(at)) return []
  const length = value.length === 10 ? 10 : undefined
  return [1, -1, 2, -2, 3].map((days) => new Date(at + days * DAY).toISOString().slice(0, length))
}

/** The beginning of the hour: enough for the order of things, not for finding somebody. */
export const wholeHour = (at: Instant): string => new Date(Math.floor(at / HOUR) * HOUR).toISOString()
