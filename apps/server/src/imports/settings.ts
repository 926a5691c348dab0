import { ImportError, type ImportSettings, importSettings } from '@baton/api'
import { addField, type Handle, listFields, listRow, listTopics, workspaceSettings } from '@baton/db'
import type { FieldDefinition } from '@baton/engine'
import { z } from 'zod'
import type { RowPlan } from './row.ts'

/** What is kept of an import's settings: every column goes into a field that exists now. */
export const storedSettings = importSettings.omit({ columns: true }).extend({
  columns: z.array(z.object({ column: z.number(), field: z.string(), decimal: z.enum(['.', ',']), dates: z.enum(['ymd', 'dmy', 'mdy']) })),
  /** Bytes before the text. */
  bom: z.number(),
  width: z.number(),
  zone: z.string(),
})
export type StoredSettings = z.infer<typeof storedSettings>

/** @throws ImportError where a column does not exist, or two go into one field */
function checkColumns(settings: ImportSettings, width: number): void {
  const used = settings.columns.map((it) => it.column)
  const key = settings.key.by === 'line' ? [] : [settings.key.column]
  const consent = settings.consent.who === 'column' ? [settings.consent.column] : []
  const outside = [...used, ...key, ...consent].find((it) => it >= width)
  if (outside !== undefined)
    throw new ImportError(`The file has ${width} columns; there is no column ${outside + 1}. Look at the preview again.`)
  const twice = used.find((it, i) => used.indexOf(it) !== i)
  if (twice !== undefined) throw new ImportError(`Column ${twice + 1} is mapped twice. Leave one out.`)
  const fields = settings.columns.flatMap((it) => ('field' in it ? [it.field] : []))
  const double = fields.find((it, i) => fields.indexOf(it) !== i)
  if (double !== undefined) throw new ImportError(`Two columns go into the field “${double}”. Leave one out, or make a new field for it.`)
}

/**
 * Makes the new fields an import asks for, and gives the settings with all columns mapped to fields.
 * @throws ImportError where columns or fields do not fit; then no field was made
 */
export async function settleSettings(
  db: Handle,
  settings: ImportSettings,
  file: { width: number; bom: number },
  at: number,
): Promise<StoredSettings> {
  checkColumns(settings, file.width)
  const { consent } = settings
  if (consent.who !== 'nobody' && !(await listTopics(db)).some((it) => it.id === consent.topic))
    throw new ImportError('The topic they agreed to was put away. Choose another.')
  if (settings.list !== null && !(await listRow(db, settings.list))) throw new ImportError('The list was removed. Choose another.')
  const { zone } = await workspaceSettings(db)
  return db.transaction(async (tx) => {
    const known = new Set((await listFields(tx)).map((it) => it.key))
    const columns: StoredSettings['columns'] = []
    for (const { column, decimal, dates, ...to } of settings.columns) {
      if ('field' in to) {
        if (!known.has(to.field)) throw new ImportError(`There is no field “${to.field}”. Look at the preview again.`)
        columns.push({ column, field: to.field, decimal, dates })
        continue
      }
      if (to.create.type === 'choice' && (to.create.options ?? []).length === 0)
        throw new ImportError(`Give the new field “${to.create.label}” its options, or make it a text.`)
      const added = await addField(tx, to.create, at)
      if (added === 'taken')
        throw new ImportError(`There is a field like “${to.create.label}” already. Choose it for this column, or another name.`)
      columns.push({ column, field: added.key, decimal, dates })
    }
    return { ...settings, columns, bom: file.bom, width: file.width, zone }
  })
}

/** The plan for reading rows. @throws ImportError where a field was removed since */
export function rowPlan(settings: StoredSettings, fields: readonly FieldDefinition[]): RowPlan {
  const columns = settings.columns.map(({ column, field, decimal, dates }) => {
    const definition = fields.find((it) => it.key === field)
    if (!definition) throw new ImportError(`The field “${field}” was removed. Upload the file again and map its column anew.`)
    return { column, field: definition, format: { decimal, dates, zone: settings.zone } }
  })
  return { columns, key: settings.key, consent: settings.consent, delimiter: settings.delimiter, width: settings.width }
}
