/** A value of a record as a form holds it: its name, and its text as typed. */
export interface Typed {
  name: string
  text: string
}

export type Value = string | number | boolean

/** What a text means: `true`, `false`, a number, or itself. */
export function meant(text: string): Value {
  const trimmed = text.trim()
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
  return trimmed !== '' && Number.isFinite(Number(trimmed)) && String(Number(trimmed)) === trimmed ? Number(trimmed) : trimmed
}

/** The lines of a form for a record. */
export const typedOf = (data: Readonly<Record<string, Value>>): Typed[] =>
  Object.entries(data).map(([name, value]) => ({ name, text: String(value) }))

/** The record of a form; lines without a name or a text are left out. */
export const dataOf = (lines: readonly Typed[]): Record<string, Value> =>
  Object.fromEntries(
    lines.filter(({ name, text }) => name.trim() !== '' && text.trim() !== '').map(({ name, text }) => [name.trim(), meant(text)]),
  )

/** A value in words. */
export function shown(value: Value): string {
  if (typeof value === 'number') return value.toLocaleString('en', { maximumFractionDigits: 10 })
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value
}
