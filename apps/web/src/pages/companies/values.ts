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

/** What a value is called on screen, from the name that a system gave it: `annual_revenue` and `annualRevenue` are “Annual revenue”. */
export function labelOf(name: string): string {
  const parts = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[\s_.-]+/)
    .filter((it) => it !== '')
  // Two capitals or more are a short form, and stay: “VAT”.
  const words = parts.map((it) => (/^[A-Z\d]{2,}$/.test(it) ? it : it.toLowerCase())).join(' ')
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1)
}

/** What is known of a record, named for people. Where two names read alike, or like one of `taken`, they stay as they came. */
export function known(data: Readonly<Record<string, Value>>, taken: readonly string[] = []): (readonly [label: string, value: string])[] {
  const names = Object.keys(data)
  const labels = [...taken, ...names.map(labelOf)]
  return names.map((name) => {
    const label = labelOf(name)
    return [labels.filter((it) => it === label).length > 1 ? name : label, shown(data[name] ?? '')] as const
  })
}

/** The same in one line: “Employees 120 · Industry logistics”. */
export const knownWords = (data: Readonly<Record<string, Value>>): string =>
  known(data)
    .map(([label, value]) => `${label} ${value}`)
    .join(' · ')

/** A value in words. */
export function shown(value: Value): string {
  if (typeof value === 'number') return value.toLocaleString('en', { maximumFractionDigits: 10 })
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value
}
