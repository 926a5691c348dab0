import type { KeyboardEvent, MouseEvent } from 'react'
import { cellClass, type TableProps } from './table-types.ts'

type Props<Row> = Pick<TableProps<Row>, 'columns' | 'onOpen' | 'actions'> & {
  row: Row
  at: number
  on: boolean | undefined
  active: boolean
  onBox: (range: boolean) => void
  onKey: (event: KeyboardEvent<HTMLTableRowElement>) => void
  onFocus: () => void
}

/** Whether a click was meant for something inside the row. */
const inner = (event: MouseEvent) =>
  event.target instanceof Element && event.target.closest('a, button, input, select, label, [role="menu"]') !== null

/** One row: opens on click and Enter, is one stop for Tab. */
export function TableRow<Row>({ row, at, columns, on, active, onOpen, onBox, onKey, onFocus, actions }: Props<Row>) {
  return (
    <tr
      className={onOpen ? 'row-line opens' : 'row-line'}
      data-at={at}
      aria-rowindex={at + 2}
      aria-selected={on}
      tabIndex={active ? 0 : -1}
      onFocus={onFocus}
      onKeyDown={onKey}
      onClick={(event) => {
        if (!inner(event) && window.getSelection()?.isCollapsed !== false) onOpen?.(row)
      }}
    >
      {on !== undefined && (
        <td className="pick">
          <input
            type="checkbox"
            className="check"
            aria-label="Pick this row"
            tabIndex={-1}
            checked={on}
            onChange={() => {}}
            onClick={(event) => onBox(event.shiftKey)}
          />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} className={cellClass(column)}>
          {column.cell(row)}
        </td>
      ))}
      {actions && (
        <td className="acts">
          <span>{actions(row)}</span>
        </td>
      )}
    </tr>
  )
}
