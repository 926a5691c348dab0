/** A cell as a spreadsheet takes it for a text, whatever it begins with (SECURITY): our own import undoes the mark. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d+([.,]\d+)?$/.test(value) ? `'${value}` : value
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line of CSV with its end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`

/** Columns of our own exports that are no fields: shown to the reader, left out when the file comes back. */
export const EXPORT_COLUMNS = { key: 'Baton key', consent: 'Agreed to marketing mail', stage: 'Stage', added: 'Added' } as const
