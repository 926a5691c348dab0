import { compareText, DAY } from '@baton/leads'
import type { Instant } from '../state/person.ts'
import { dateOf, dayAt, dayNumber, dayStart, isInstant } from './calendar.ts'
import type { NumberOp, PropertyTest, TagsOp, Test, TextOp, WindowTest } from './resolved.ts'

/** What a subject yields: a folded text, a number, yes or no; null is missing. */
export type Operand = string | number | boolean | null

/** Decides a test over one operand at one instant. Null, unknown, only where the operand is missing. */
export type Decide = (operand: Operand, now: Instant) => boolean | null

const TEXT: Record<TextOp, (x: string, value: string, values: ReadonlySet<string>) => boolean> = {
  is: (x, value) => x === value,
  'is-not': (x, value) => x !== value,
  'any-of': (x, _, values) => values.has(x),
  'none-of': (x, _, values) => !values.has(x),
  contains: (x, value) => x.includes(value),
  'not-contains': (x, value) => !x.includes(value),
  'starts-with': (x, value) => x.startsWith(value),
  'ends-with': (x, value) => x.endsWith(value),
  lt: (x, value) => compareText(x, value) < 0,
  gt: (x, value) => compareText(x, value) > 0,
}

const NUMBER: Record<NumberOp, (x: number, a: number, b: number, values: ReadonlySet<number>) => boolean> = {
  is: (x, a) => x === a,
  'is-not': (x, a) => x !== a,
  'any-of': (x, _a, _b, values) => values.has(x),
  'none-of': (x, _a, _b, values) => !values.has(x),
  lt: (x, a) => x < a,
  le: (x, a) => x <= a,
  gt: (x, a) => x > a,
  ge: (x, a) => x >= a,
  between: (x, a, b) => x >= a && x <= b,
}

const TAGS: Record<TagsOp, (has: (tag: string) => boolean, values: readonly string[]) => boolean> = {
  'any-of': (has, values) => values.some(has),
  'none-of': (has, values) => !values.some(has),
  'all-of': (has, values) => values.every(has),
}

/** The comparison itself, prepared once. The one place where operators mean something; traces are decided by it too. */
export function decide(test: Test): Decide {
  switch (test.on) {
    case 'presence':
      return (x) => (x === null) === test.empty
    case 'text': {
      const compare = TEXT[test.op]
      const [first = ''] = test.values
      const values = new Set(test.values)
      return (x) => (typeof x === 'string' ? compare(x, first, values) : null)
    }
    case 'number': {
      const compare = NUMBER[test.op]
      const [a = 0, b = 0] = test.values
      const values = new Set(test.values)
      return (x) => (typeof x === 'number' ? compare(x, a, b, values) : null)
    }
    case 'flag':
      return (x) => (typeof x === 'boolean' ? x === test.is : null)
    case 'tags': {
      const compare = TAGS[test.op]
      return (x) => compare((tag) => typeof x === 'string' && x.includes(`|${tag}|`), test.values)
    }
    case 'range':
      return (x) => (typeof x === 'string' ? (test.from === null || x >= test.from) && (test.to === null || x < test.to) : null)
    case 'window':
      return (x, now) => (typeof x === 'string' ? inWindow(test, x, now) : null)
  }
}

/** Beyond this a value is no amount: sums stay far from what a double can hold. */
export const MAX_AMOUNT = 1e15

/** A property as an amount to add up; null is missing, no number, or beyond 10^15. */
export function readAmount(raw: unknown): number | null {
  const value = readProperty({ on: 'number', op: 'is', values: [] }, raw, String)
  return typeof value === 'number' && Math.abs(value) <= MAX_AMOUNT ? value : null
}

/** N days as a window: N × 24 h, in whole milliseconds (SEMANTICS 4). */
export const windowMs = (days: number) => Math.round(days * DAY)

function inWindow(test: WindowTest, value: string, now: Instant): boolean {
  const [from, to] = windowOf(test, value)
  return now >= from && now < to
}

/** From when until when a stored date or instant lies in a window: [from, to). */
function windowOf(test: WindowTest, value: string): [Instant, Instant] {
  if (isInstant(value)) {
    const at = Date.parse(value)
    return test.towards === 'last' ? [at, at + windowMs(test.days)] : [at - windowMs(test.days), at]
  }
  const day = dayNumber(value)
  const [first, last] = test.towards === 'last' ? [day, day + test.days] : [day - test.days, day]
  return [dayStart(first, test.zone), dayStart(last + 1, test.zone)]
}

/** Until when a verdict about this operand holds if nothing but time passes. */
export function holdsUntil(test: Test, operand: Operand, now: Instant): Instant {
  if (test.on !== 'window' || typeof operand !== 'string') return Number.POSITIVE_INFINITY
  const [from, to] = windowOf(test, operand)
  return now < from ? from : now < to ? to : Number.POSITIVE_INFINITY
}

/** The texts between which a stored value lies in the window at `now`, both included; for SQL, where the value is in a column. */
export function windowBounds(test: WindowTest, type: 'date' | 'datetime', now: Instant): { from: string; to: string } {
  const back = test.towards === 'last'
  if (type === 'date') {
    const today = dayAt(now, test.zone)
    return { from: dateOf(back ? today - test.days : today), to: dateOf(back ? today : today + test.days) }
  }
  const span = windowMs(test.days)
  // Open at the lower end: from the first millisecond after it.
  return { from: new Date((back ? now - span : now) + 1).toISOString(), to: new Date(back ? now : now + span).toISOString() }
}

/** Text that begins with a date: what "before" and "after" compare in a property, by its first ten signs. */
const DATED = /^\d{4}-\d{2}-\d{2}/
const NUMERIC = /^-?[0-9]{1,15}(\.[0-9]{1,15})?$/

/** A property of an event or a related record as the type of the test reads it; null is missing or not comparable. `folder` folds a text. */
export function readProperty(test: PropertyTest, raw: unknown, folder: (text: string) => string): Operand {
  if (raw === undefined || raw === null || raw === '') return null
  switch (test.on) {
    case 'presence':
      return true
    case 'number':
      if (typeof raw === 'number') return Number.isFinite(raw) ? raw : null
      return typeof raw === 'string' && NUMERIC.test(raw) ? Number(raw) : null
    case 'flag':
      if (typeof raw === 'boolean') return raw
      return raw === 'true' ? true : raw === 'false' ? false : null
    case 'range':
      return typeof raw === 'string' && DATED.test(raw) ? raw : null
    case 'tags':
      return null
    case 'text':
      if (typeof raw === 'string') return folder(raw)
      if (typeof raw === 'boolean') return String(raw)
      // Beyond these, texts of numbers differ between JavaScript and a database.
      return typeof raw === 'number' && Number.isSafeInteger(raw) ? String(raw) : null
  }
}
