import './charts.css'
import { IconChartBar, IconTable } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { IconButton } from './button.tsx'

export type ChartTable = { head: readonly string[]; rows: readonly (readonly ReactNode[])[] }

type Props = {
  title: ReactNode
  /** What the figures are: "median, P10–P90". */
  right?: ReactNode
  /** The same figures as rows; the first column names the row. It is what a screen reader gets. */
  table: ChartTable
  children: ReactNode
}

/** A chart under its title, with its figures one press (or Alt T) away. */
export function ChartFrame({ title, right, table, children }: Props) {
  const [asTable, setAsTable] = useState(false)
  const rows = (
    <table className={asTable ? 'table' : 'unseen'}>
      <thead>
        <tr>
          {table.head.map((head, at) => (
            <th key={head} scope="col" className={at > 0 ? 'num' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of figures have no identity but their place
          <tr key={line}>
            {row.map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <td key={at} className={at > 0 ? 'num' : undefined}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Alt T belongs to the chart the focus is in
    <section
      className="chart-frame"
      onKeyDown={(event) => {
        if (!event.altKey || event.code !== 'KeyT') return
        event.preventDefault()
        setAsTable(!asTable)
      }}
    >
      <header>
        <h3>{title}</h3>
        <span className="right">{right}</span>
        <IconButton
          size="small"
          label={asTable ? 'Show as chart' : 'Show as table'}
          keys="Alt T"
          icon={asTable ? <IconChartBar size={14} /> : <IconTable size={14} />}
          onClick={() => setAsTable(!asTable)}
        />
      </header>
      {!asTable && <div aria-hidden="true">{children}</div>}
      {rows}
    </section>
  )
}
