import type { ReactNode } from 'react'
import type { Sort } from './table-keys.ts'

export type { Sort }

/**
 * One column. `num` puts it to the right in tabular figures; `sorts` makes the head a button (`down` first: biggest on top). `phone`: its width on
 * a phone, or not there. A table of which one column says so fits a phone's width, and its columns without a width share what is left.
 */
export type Column<Row> = {
  id: string
  head: ReactNode
  cell: (row: Row) => ReactNode
  num?: boolean | undefined
  width?: number | string | undefined
  sorts?: 'up' | 'down' | undefined
  phone?: number | 'not-shown' | undefined
}

export type TableProps<Row> = {
  /** Names the table for screen readers. */
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** Opens a row, on click and Enter. */
  onOpen?: ((row: Row) => void) | undefined
  /** Quiet buttons at the end of the row, seen on hover and focus. */
  actions?: ((row: Row) => ReactNode) | undefined
  sort?: Sort | undefined
  onSort?: ((sort: Sort) => void) | undefined
  /** Keys of the picked rows; with `onPick` there are boxes before the rows. */
  picked?: ReadonlySet<string> | undefined
  onPick?: ((picked: ReadonlySet<string>) => void) | undefined
  /** 47 for rows with a second line, else 40. */
  tall?: boolean | undefined
  /** More rows on the server. They are fetched when the end comes near; a button does it by hand. */
  more?: { load: () => void; loading: boolean } | undefined
}

/** What a table is called by in the style sheet. */
export const tableClass = <Row>({ columns, tall }: Pick<TableProps<Row>, 'columns' | 'tall'>): string =>
  ['table', tall && 'tall', columns.some((it) => it.phone !== undefined) && 'fits-phone'].filter(Boolean).join(' ')

/** What a cell of the column is called by in the style sheet, in the head and below. */
export const cellClass = <Row>({ num, phone }: Column<Row>): string | undefined =>
  [num && 'num', phone === 'not-shown' && 'not-on-phone'].filter(Boolean).join(' ') || undefined
