import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { ImportError } from '@baton/api'
import { parse } from 'csv-parse'

/** A row of a file. `line` is where it begins, from 1; `next` the byte and line behind it. */
export interface RecordAt {
  cells: string[]
  line: number
  next: Position
}

/** A line that cannot be read as a row. */
export interface BrokenLine {
  broken: string
  raw: string
  line: number
  next: Position
}

export interface Position {
  /** Bytes before it. */
  bytes: number
  /** Lines before it. */
  lines: number
}

/** A row longer than this is taken for a quote that is never closed. */
const MAX_ROW = 128 * 1024
/** So many unclosed quotes are no slips any more: each costs a look at what follows. */
const MAX_BROKEN = 200

const count = (cells: readonly string[], what: string) => {
  let found = 0
  for (const cell of cells) for (let at = cell.indexOf(what); at >= 0; at = cell.indexOf(what, at + what.length)) found++
  return found
}

/** One run of the parser: until the end of the file, or until a quote that is never closed. */
async function* run(path: string, delimiter: string, start: Position, maxRow: number): AsyncGenerator<RecordAt, Position | null> {
  /** Of the rows parsed and not yet handed on, in order; no more than the parser holds. */
  const places: Omit<RecordAt, 'cells'>[] = []
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n'],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: maxRow,
    encoding: 'utf8',
    on_record: (cells: string[], info) => {
      if (stopped) return null
      // The parser counts a CR LF inside quotes as two lines.
      const several = info.lines - seen > 1
      // A stray quote further down ended what an unclosed one began: the rows between are not part of a cell.
      if (several && cells.some((cell) => cell.startsWith('"') && cell.includes('\n'))) {
        halt()
        return null
      }
      if (several) extra += count(cells, '\r\n')
      seen = info.lines
      const end = start.lines + info.lines - extra
      last = { bytes: start.bytes + info.bytes, lines: end }
      places.push({ line: end - (several ? count(cells, '\n') : 0), next: last })
      return cells
    },
  })
  let stopped = false
  let extra = 0
  let seen = 0
  let last = start
  const source = createReadStream(path, { start: start.bytes })
  const halt = () => {
    if (stopped) return
    stopped = true
    source.unpipe(parser)
    parser.end()
  }
  parser.on('skip', halt)
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  try {
    for await (const cells of parser) {
      const place = places.shift()
      if (place) yield { cells, ...place }
    }
  } finally {
    source.destroy()
  }
  return stopped ? last : null
}

/** The line at a position, cut, and where the next begins. */
async function lineAt(path: string, at: Position): Promise<{ raw: string; next: Position }> {
  const file = await open(path)
  try {
    const buffer = Buffer.alloc(64 * 1024)
    const pieces: Buffer[] = []
    let size = 0
    for (let bytes = at.bytes; ; ) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, bytes)
      const found = buffer.subarray(0, bytesRead).indexOf(10)
      const piece = buffer.subarray(0, found < 0 ? bytesRead : found)
      if (size < 4096) pieces.push(Buffer.from(piece.subarray(0, 4096)))
      size += piece.length
      bytes += bytesRead
      if (found < 0 && bytesRead > 0) continue
      const raw = Buffer.concat(pieces).toString('utf8').replace(/\r$/, '')
      return { raw, next: { bytes: at.bytes + size + (found < 0 ? 0 : 1), lines: at.lines + 1 } }
    }
  } finally {
    await file.close()
  }
}

/**
 * The rows of a CSV file in UTF-8, from a position on, with memory that does not grow with the file. A quote that is never closed
 * costs its own line only: reading goes on with the next.
 * @param limits the longest row in bytes, and how many unclosed quotes are slips
 * @throws ImportError after more of them
 */
export async function* readRecords(
  path: string,
  delimiter: string,
  start: Position,
  { maxRow = MAX_ROW, maxBroken = MAX_BROKEN } = {},
): AsyncGenerator<RecordAt | BrokenLine> {
  for (let at = start, broken = 0; ; ) {
    const stop: Position | null = yield* run(path, delimiter, at, maxRow)
    if (stop === null) return
    const { raw, next } = await lineAt(path, stop)
    const line = stop.lines + 1
    if (++broken > maxBroken)
      throw new ImportError(
        `Line ${line}: quote number ${broken} (") that is opened and never closed. Export the file with quotes doubled ("") and import it again; what came in stays.`,
      )
    // An empty line before the broken one is passed over by the parser, and not counted in `stop`.
    if (raw.trim() !== '') yield { broken: 'A quote (") is opened and never closed.', raw, line, next }
    at = next
  }
}
