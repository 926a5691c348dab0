import { fromWall } from '@baton/leads'

/** How a column writes numbers and dates, and in which zone its times are. */
export interface CellFormat {
  decimal: '.' | ','
  dates: 'ymd' | 'dmy' | 'mdy'
  zone: string
}

/** Our own exports put an apostrophe before what a spreadsheet would take for a formula; it is no part of the value. */
export const undoMark = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)

const PLAIN = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i
const GROUPED = /^[+-]?\d{1,3}([., '\u00a0\u202f]\d{3})+$/

/** A number as people write it: 1234.5, 1,234.5, 1.234,5 (with `,`), 1 234,5; undefined for anything else. */
export function readNumber(text: string, decimal: '.' | ','): number | undefined {
  // Most cells are like this, and the general way costs five times as much.
  if (/^-?\d{1,15}$/.test(text)) return Number(text)
  const [whole = '', fraction, ...more] = text.trim().split(decimal)
  if (more.length > 0) return undefined
  const digits = GROUPED.test(whole) ? whole.replace(/[., '\u00a0\u202f]/g, '') : whole
  const plain = fraction === undefined ? digits : `${digits}.${fraction}`
  if (!PLAIN.test(plain)) return undefined
  const value = Number(plain)
  return Number.isFinite(value) ? value : undefined
}

const PARTS = /^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})$/

/** A date as `YYYY-MM-DD`; undefined where the parts do not fit. Two-digit years are of this century up to 68, else of the last. */
export function readDate(text: string, order: CellFormat['dates']): string | undefined {
  const [date = ''] = text.trim().split(/[T ]/)
  const parts = PARTS.exec(date)
  if (!parts) return undefined
  const [, a = '', b = '', c = ''] = parts
  const [year, month, day] = a.length === 4 || order === 'ymd' ? [a, b, c] : order === 'mdy' ? [c, a, b] : [c, b, a]
  if (![2, 4].includes(year.length) || day.length > 2 || Number(month) > 12 || Number(day) > 31) return undefined
  const full = year.length === 4 ? year : String(Number(year) + (Number(year) <= 68 ? 2000 : 1900))
  return `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3})\d*)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/

/** A date with a time as ISO 8601 in UTC; without an offset it is on the wall of the zone. Undefined where it is none. */
export function readDateTime(text: string, { dates, zone }: CellFormat): string | undefined {
  const date = readDate(text, dates)
  if (date === undefined) return undefined
  const rest = text
    .trim()
    .replace(/^[^T ]+[T ]?/, '')
    .trim()
  const time = rest === '' ? ['', '00', '00'] : TIME.exec(rest)
  if (!time) return undefined
  const [, hour = '', minute = '', second = '00', ms = '0', offset] = time
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const wall = Date.parse(`${date}T${hour.padStart(2, '0')}:${minute}:${second}.${ms.padEnd(3, '0')}Z`)
  if (Number.isNaN(wall)) return undefined
  const minutes = offset && offset !== 'Z' ? Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2)) : 0
  const at = offset === undefined ? fromWall(wall, zone) : wall - (offset.startsWith('-') ? -1 : 1) * minutes * 60_000
  return new Date(at).toISOString()
}

/** A cell rewritten as the one door for field values reads it; what does not fit is passed on as it is, for that door to refuse. */
export function plainCell(type: string, cell: string, format: CellFormat): string | number {
  const text = undoMark(cell)
  switch (type) {
    case 'number':
      return readNumber(text, format.decimal) ?? text
    case 'date':
      return readDate(text, format.dates) ?? text
    case 'datetime':
      return readDateTime(text, format) ?? text
    default:
      return text
  }
}
