/** A column of the rows that a statement is given: how its values travel, and how the statement reads them. */
export interface Column {
  /** As SQL writes it. */
  name: string
  /** All rows' values as one parameter. */
  encode(rows: readonly object[]): string
  /** The array that the parameter at a placeholder stands for. */
  read(placeholder: string): string
}

const known = new Map<string, readonly Column[]>()

/** Reads `id bigint, vars jsonb, …`. */
export function columnsOf(text: string): readonly Column[] {
  const before = known.get(text)
  if (before) return before
  const made = text.split(',').map((part) => {
    const [name = '', type = ''] = part.trim().split(' ')
    return column(name, name.replaceAll('"', ''), type)
  })
  known.set(text, made)
  return made
}

function column(name: string, key: string, type: string): Column {
  switch (type) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'boolean':
      return { name, encode: (rows) => plain(rows, key), read: (at) => `${at}::${type}[]` }
    case 'text':
      return { name, encode: (rows) => quoted(rows, key), read: (at) => `${at}::text[]` }
    case 'json':
    case 'jsonb':
      // One line each: JSON has no line break outside of its escapes, and splitting costs the server less than a quoted array.
      return { name, encode: (rows) => lines(rows, key), read: (at) => `string_to_array(${at}::text, chr(10), '')::${type}[]` }
    default:
      throw new Error(`Rows cannot be handed over with a column ${name} of type ${type}`)
  }
}

const cellOf = (row: object, key: string): unknown => Reflect.get(row, key)

/** Numbers and truth values, which need no quotes. */
function plain(rows: readonly object[], key: string): string {
  let out = ''
  for (const row of rows) out += `${out === '' ? '' : ','}${cellOf(row, key) ?? 'NULL'}`
  return `{${out}}`
}

function quoted(rows: readonly object[], key: string): string {
  let out = ''
  for (const row of rows) {
    const value = cellOf(row, key)
    const text = value === null || value === undefined ? 'NULL' : quote(String(value))
    out += out === '' ? text : `,${text}`
  }
  return `{${out}}`
}

const SPECIAL = /["\\]/

/** A text as an element of an array's literal. */
const quote = (text: string): string => `"${SPECIAL.test(text) ? text.replaceAll('\\', '\\\\').replaceAll('"', '\\"') : text}"`

function lines(rows: readonly object[], key: string): string {
  const out: string[] = []
  for (const row of rows) {
    const value = cellOf(row, key)
    out.push(value === null || value === undefined ? '' : JSON.stringify(value))
  }
  return out.join('\n')
}
