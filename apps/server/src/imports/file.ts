import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { ImportError, type ImportPreview, type ImportSettings } from '@baton/api'
import { addImport, beginImport, type ImportJob, importJob, listFields } from '@baton/db'
import { type CarryOut, carryOut } from './carry-out.ts'
import { detectEncoding } from './encoding.ts'
import { columnNames, previewFile, readShape } from './preview.ts'
import { sampleOf } from './problems.ts'
import { type ColumnMap, remapped } from './remap.ts'
import { settleSettings } from './settings.ts'

/** What the command line says of a file; the rest is as the preview proposes. */
export interface FileOptions {
  /** Name of the key column, or `line:PREFIX` for the row's number behind a text. */
  key?: string | undefined
  /** Where and when everybody in the file agreed to marketing mail; absent: nobody did. */
  consentSource?: string | undefined
  /** Id of the list that everybody is put on. */
  list?: string | undefined
  delimiter?: ImportSettings['delimiter'] | undefined
  encoding?: string | undefined
  map?: ColumnMap | undefined
}

/** Starts an import whose file lies at `job.path`. @throws ImportError where settings and file do not fit */
export async function startImport(to: CarryOut, job: ImportJob, settings: ImportSettings): Promise<void> {
  if (job.path === null) throw new ImportError('The file is not here any more. Upload it again.')
  const shape = await readShape(job.path, settings)
  const width = columnNames(shape.rows, settings.header).length
  const { bom } = detectEncoding(await sampleOf(job.path), settings.encoding)
  const stored = await settleSettings(to.db, settings, { width, bom }, to.clock.now())
  const begun = await beginImport(to.db, { id: job.id, settings: stored, at: to.clock.now() })
  if (!begun) throw new ImportError('This import runs already, or is over.')
}

function keyOf(text: string, preview: ImportPreview): ImportSettings['key'] {
  if (text.startsWith('line:')) return { by: 'line', prefix: text.slice(5) }
  const found = preview.columns.find((it) => it.name.toLowerCase() === text.toLowerCase())
  if (!found) throw new ImportError(`There is no column “${text}”. The columns are: ${preview.columns.map((it) => it.name).join(', ')}.`)
  const isEmail = found.proposal !== null && 'field' in found.proposal && found.proposal.field === 'email'
  return isEmail ? { by: 'email', column: found.column } : { by: 'column', column: found.column }
}

/**
 * Imports a file that lies on this machine, as the preview proposes: for the command line and for tests. Resolves when it is over.
 * @throws ImportError where the file cannot be read or the options do not fit it
 */
export async function importFile(
  to: CarryOut,
  path: string,
  options: FileOptions = {},
  by: { id: string | null; name: string } = { id: null, name: 'Command line' },
): Promise<ImportJob> {
  const fileName = basename(path)
  const size = await stat(path).then(
    (it) => (it.isFile() ? it.size : undefined),
    () => undefined,
  )
  if (size === undefined) throw new ImportError(`There is no file ${path}.`)
  const file = { id: '', fileName, path: resolve(path), size }
  const proposed = await previewFile(file, { delimiter: options.delimiter, encoding: options.encoding }, await listFields(to.db))
  const preview = remapped(proposed, options.map)
  const settings: ImportSettings = {
    encoding: preview.encoding,
    delimiter: preview.delimiter,
    header: preview.header,
    columns: preview.columns.flatMap((it) => it.proposal ?? []),
    key: options.key === undefined ? preview.proposedKey : keyOf(options.key, preview),
    list: options.list ?? null,
    consent: options.consentSource === undefined ? { who: 'nobody' } : { who: 'all', topic: 'marketing', source: options.consentSource },
  }
  const id = await to.db.transaction((tx) => addImport(tx, { ...file, by, at: to.clock.now() }))
  const job = await importJob(to.db, id)
  if (!job) throw new Error(`There is no import ${id}.`)
  await startImport(to, job, settings)
  return carryOut(to, id)
}
