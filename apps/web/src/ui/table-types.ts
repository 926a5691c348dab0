import type { ReactNode } from 'react'
import type { Sort } from './table-keys.ts'

export type { Sort }

/** One column. `num` puts it to the right in tabular figures; `sorts` makes the head a button (`down` first: biggest on top). */
export type Column<Row> = {
  id: string
  head: ReactNode
  cell: (row: Row) => ReactNode
  num?: boolean | undefined
  width?: number | string | undefined
  sorts?: 'up' | 'down' | undefined
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
