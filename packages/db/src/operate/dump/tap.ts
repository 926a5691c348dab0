/** One connection to a database, inside of one transaction, through which whole tables run. */
export interface Tap {
  /** One statement with `$1`-parameters. Cast what is counted to float8: how int8 comes differs between drivers. */
  query<T extends object>(text: string, params?: readonly unknown[]): Promise<T[]>
  /** The rows of a table in PostgreSQL's own text form of COPY; every piece ends with the end of a row. */
  copyOut(table: string, columns: readonly string[]): AsyncIterable<Buffer>
  /** Takes such rows in. */
  copyIn(table: string, columns: readonly string[], rows: AsyncIterable<Buffer>): Promise<void>
}

/** read: everything is seen as of one instant, and nothing can be written. write: all of it or nothing. */
export type TapMode = 'read' | 'write'

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

export const columnList = (columns: readonly string[]): string => columns.map(quoted).join(', ')

/** About how many bytes of rows are held at once. */
export const PIECE = 1 << 20

const NEWLINE = 10

/** The same bytes in pieces of about a mebibyte that end with the end of a row: inside of a value COPY writes no bare newline. */
export async function* wholeRows(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let size = 0
  for await (const part of parts) {
    held.push(part)
    size += part.length
    if (size < PIECE) continue
    const all = Buffer.concat(held)
    const end = all.lastIndexOf(NEWLINE) + 1
    held = end < all.length ? [all.subarray(end)] : []
    size = all.length - end
    if (end > 0) yield all.subarray(0, end)
  }
  if (size > 0) yield Buffer.concat(held)
}

/** How many rows a piece holds. */
export function rowsIn(piece: Buffer): number {
  let rows = 0
  for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) rows++
  return rows
}
