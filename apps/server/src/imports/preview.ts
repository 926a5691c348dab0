import { stat } from 'node:fs/promises'
import { ImportError, type ImportMapping, type ImportPreview, type ImportSettings, type PreviewColumn, type ReadAs } from '@baton/api'
import { parse } from 'csv-parse/sync'
import { EXPORT_COLUMNS } from './csv.ts'
import { decodeSample, detectEncoding, type Encoding } from './encoding.ts'
import { fieldNamed, guessType } from './guess.ts'
import { sampleOf } from './problems.ts'

type Delimiter = ImportSettings['delimiter']

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|']
const ROWS_LOOKED_AT = 2000
const ROWS_SHOWN = 20
const OURS = new Set<string>(Object.values(EXPORT_COLUMNS))

/** The rows of a sample; its last one may be cut off, so it is left out where the file goes on. */
function rowsOf(text: string, delimiter: Delimiter, cut: boolean): string[][] {
  const whole = cut ? text.slice(0, text.lastIndexOf('\n') + 1) || text : text
  const rows: string[][] = parse(whole, {
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    to: ROWS_LOOKED_AT + 1,
  })
  return rows
}

/** The delimiter that cuts the first lines into the same number of columns most often, and into the most. */
export function detectDelimiter(text: string, cut: boolean): Delimiter {
  const scored = DELIMITERS.map((delimiter) => {
    const widths = rowsOf(text, delimiter, cut)
      .slice(0, 50)
      .map((row) => row.length)
    const width = widths[0] ?? 1
    const same = widths.filter((it) => it === width).length / Math.max(1, widths.length)
    return { delimiter, score: width === 1 ? 0 : same * 1000 + Math.min(width, 500) }
  })
  return scored.reduce((best, it) => (it.score > best.score ? it : best)).delimiter
}

/** The first line names the columns where none of its cells is empty or a number, and none comes twice in the file's first rows. */
const looksLikeHeader = (first: readonly string[]) =>
  first.every((it) => it.trim() !== '' && !/^[-+]?[\d.,]+$/.test(it.trim()) && !it.includes('@'))

/** @throws ImportError naming the columns that are called the same */
export function columnNames(rows: readonly string[][], header: boolean): string[] {
  const width = rows[0]?.length ?? 0
  const names = Array.from({ length: width }, (_, i) => (header ? (rows[0]?.[i]?.trim() ?? '') : '') || `Column ${i + 1}`)
  const twice = [...new Set(names.filter((it, i) => names.findIndex((other) => other.toLowerCase() === it.toLowerCase()) !== i))]
  if (twice.length > 0)
    throw new ImportError(`Two columns are called “${twice.join('”, “')}”. Rename one of them in the file, and upload it again.`)
  return names
}

/** How a file is written, as far as its beginning tells; what is asked for goes before what is detected. */
export async function readShape(
  path: string,
  as: ReadAs,
): Promise<{ encoding: Encoding; delimiter: Delimiter; header: boolean; rows: string[][] }> {
  const sample = await sampleOf(path)
  const { size } = await stat(path)
  const cut = size > sample.length
  const encoding = detectEncoding(sample, as.encoding)
  const text = decodeSample(sample, encoding)
  const delimiter = as.delimiter ?? detectDelimiter(text, cut)
  const rows = rowsOf(text, delimiter, cut)
  if (rows.length === 0) throw new ImportError('This file has no rows. Export the table again and use that file.')
  return { encoding, delimiter, header: as.header ?? looksLikeHeader(rows[0] ?? []), rows }
}

/** What a column holds and where it would go. */
function describe(
  column: number,
  name: string,
  rows: readonly string[][],
  fields: readonly { key: string; label: string }[],
): PreviewColumn {
  const cells = rows.map((row) => (row[column] ?? '').trim())
  const filled = cells.filter((it) => it !== '')
  const guess = guessType(filled)
  const known = fieldNamed(name, fields)
  const format = { decimal: guess.decimal, dates: guess.dates }
  const proposal: ImportMapping | null =
    known !== undefined
      ? { column, field: known, ...format }
      : filled.length === 0 || OURS.has(name)
        ? null
        : { column, create: { label: name, type: guess.type }, ...format }
  return {
    column,
    name,
    examples: [...new Set(filled)].slice(0, 5).map((it) => it.slice(0, 200)),
    empty: cells.length === 0 ? 1 : 1 - filled.length / cells.length,
    guess,
    proposal,
  }
}

function proposedKey(columns: readonly PreviewColumn[], rows: readonly string[][], fileName: string): ImportSettings['key'] {
  const email = columns.find((it) => it.proposal !== null && 'field' in it.proposal && it.proposal.field === 'email')
  if (email) return { by: 'email', column: email.column }
  const id = columns.find(
    (it) =>
      /(^|[\s_-])(id|key|number|nr|no)$/i.test(it.name) &&
      it.empty === 0 &&
      new Set(rows.map((row) => row[it.column])).size === rows.length,
  )
  return id ? { by: 'column', column: id.column } : { by: 'line', prefix: `${fileName.replace(/\.[^.]*$/, '').slice(0, 50)}-` }
}

/** What is shown before an import starts. Two columns never go into the same field. */
export async function previewFile(
  file: { id: string; fileName: string; path: string; size: number },
  as: ReadAs,
  fields: readonly { key: string; label: string }[],
): Promise<ImportPreview> {
  const { encoding, delimiter, header, rows } = await readShape(file.path, as)
  const names = columnNames(rows, header)
  const data = header ? rows.slice(1) : rows
  if (data.length === 0)
    throw new ImportError('This file names its columns and has no rows. Export the table with its rows, and use that file.')
  const taken = new Set<string>()
  const columns = names.map((name, i) => {
    const column = describe(i, name, data, fields)
    const field = column.proposal && 'field' in column.proposal ? column.proposal.field : undefined
    if (field === undefined) return column
    const double = taken.has(field)
    taken.add(field)
    return double ? { ...column, proposal: null } : column
  })
  const looked = data.reduce((sum, row) => sum + Buffer.byteLength(row.join(',')) + 2, 0)
  return {
    id: file.id,
    fileName: file.fileName,
    size: file.size,
    encoding: encoding.name,
    delimiter,
    header,
    columns,
    rows: data.slice(0, ROWS_SHOWN).map((row) => row.map((cell) => cell.slice(0, 300))),
    estimatedRows: data.length < ROWS_LOOKED_AT && looked >= file.size * 0.5 ? data.length : Math.round((file.size / looked) * data.length),
    proposedKey: proposedKey(columns, data, file.fileName),
  }
}
