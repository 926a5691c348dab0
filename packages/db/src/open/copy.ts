import { once } from 'node:events'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** A value of a row for COPY. Objects go as their JSON text. */
export type CopyValue = string | number | null

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const NEEDS = /[\\\n\r\t]/
const EACH = /[\\\n\r\t]/g

const cell = (value: CopyValue): string => {
  if (value === null) return '\\N'
  if (typeof value === 'number') return String(value)
  return NEEDS.test(value) ? value.replace(EACH, (it) => ESCAPED[it] ?? it) : value
}

/** Rows in the text form of COPY. */
export function copyText(rows: readonly (readonly CopyValue[])[]): string {
  let text = ''
  for (const row of rows) {
    for (let i = 0; i < row.length; i++) text += `${i === 0 ? '' : '\t'}${cell(row[i] ?? null)}`
    text += '\n'
  }
  return text
}

/** Sends rows to `copy … from stdin` on this connection. @throws the driver's error; then the transaction is over */
export async function copyOver(client: pg.ClientBase, statement: string, text: string): Promise<void> {
  const stream = client.query(copyFrom(statement))
  const done = once(stream, 'finish')
  stream.end(text)
  await done
}
