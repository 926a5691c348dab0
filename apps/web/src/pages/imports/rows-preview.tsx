import type { Preview } from './settings.ts'

const SHOWN = 5

/** The first rows as they stand in the file. */
export function RowsPreview({ preview: { columns, rows } }: { preview: Preview }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reached by keyboard
    <section className="rows-preview" tabIndex={0} aria-label="First rows of the file">
      <table>
        <thead>
          <tr>
            {columns.map((it) => (
              <th key={it.column} scope="col">
                {it.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, SHOWN).map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file are positions
            <tr key={at}>
              {columns.map((it) => (
                <td key={it.column}>{row[it.column] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
