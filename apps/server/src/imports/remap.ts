import { ImportError, type ImportPreview } from '@baton/api'

/** Column names and the keys of the fields they go into; `-` leaves a column out. */
export type ColumnMap = ReadonlyMap<string, string>

/**
 * What the preview proposes, with the wishes of the caller in its place. Whether the fields exist is looked at with all settings.
 * @throws ImportError for a column that the file does not have
 */
export function remapped(preview: ImportPreview, wishes: ColumnMap = new Map()): ImportPreview {
  const names = preview.columns.map((it) => it.name)
  const wished = new Map([...wishes].map(([name, field]) => [name.toLowerCase(), { name, field }]))
  for (const [lower, { name }] of wished) {
    if (names.every((it) => it.toLowerCase() !== lower)) {
      throw new ImportError(`There is no column “${name}”. The columns are: ${names.join(', ')}.`)
    }
  }
  const taken = new Set([...wishes.values()])
  const columns = preview.columns.map((column): ImportPreview['columns'][number] => {
    const wish = wished.get(column.name.toLowerCase())
    const { decimal, dates } = column.guess
    if (wish) return { ...column, proposal: wish.field === '-' ? null : { column: column.column, field: wish.field, decimal, dates } }
    // Another column was to go where somebody wants this one to go.
    const double = column.proposal !== null && 'field' in column.proposal && taken.has(column.proposal.field)
    return double ? { ...column, proposal: null } : column
  })
  return { ...preview, columns }
}
