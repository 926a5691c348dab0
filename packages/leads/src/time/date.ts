import { DAY, type Instant, type Wall } from './instant.ts'
import { wallOf } from './wall-clock.ts'

/** A stored value of a date field, read. A date names a day on any wall, a date-time an instant. */
export type DateValue = { readonly kind: 'date'; readonly day: Wall } | { readonly kind: 'instant'; readonly at: Instant }

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const ZONED = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z|[+-]\d\d:\d\d)$/
const FAR = /^[+-]\d{4,}-|^\d{5,}-|^0000-/

/** The first and the last day a date may name. */
const FIRST = -62_135_596_800_000
const LAST = 253_402_214_400_000

/**
 * Reads a date ('2026-12-31') or a date-time with an offset ('2026-12-31T09:00:00.000Z'); what is none is told in words, and so is
 * a year that calendars do not reach (0, 10000). Rule LT-18.
 */
export function readDate(text: string): { readonly ok: DateValue } | { readonly say: string } {
  if (FAR.test(text)) return { say: 'This year is out of reach: dates go from 0001-01-01 to 9999-12-31.' }
  const date = DATE.exec(text)
  const zoned = date ? null : ZONED.exec(text)
  const [, year, month, day, hour = '0', minute = '0'] = date ?? zoned ?? []
  const none = { say: `“${text.slice(0, 40)}” is no date: write it as 2026-12-31, or with a time as 2026-12-31T09:00:00Z.` }
  if (year === undefined) return none
  try {
    const wall = wallOf({ year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute) })
    if (date) return { ok: { kind: 'date', day: wall } }
  } catch {
    return { say: `No calendar has ${text.slice(0, 10)} ${zoned ? `${hour}:${minute}` : ''}`.trim().concat('.') }
  }
  const at = Date.parse(text)
  if (Number.isNaN(at)) return none
  return at >= FIRST && at < LAST + DAY
    ? { ok: { kind: 'instant', at } }
    : { say: 'This year is out of reach: dates go from 0001-01-01 to 9999-12-31.' }
}
