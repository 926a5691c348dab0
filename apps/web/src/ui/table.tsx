import './table.css'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from './button.tsx'
import { TableHead } from './table-head.tsx'
import { TableRow } from './table-row.tsx'
import { type TableProps, tableClass } from './table-types.ts'
import { useRows } from './use-rows.ts'

export type { Column, Sort, TableProps } from './table-types.ts'

/** A table that is as high as its rows: for lists of at most a hundred. Longer ones take `LongTable`. */
export function Table<Row>(props: TableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null)
  const { active, setActive, box, key } = useRows(props, body, () => {}, 10)
  const { label, rows, columns, rowKey, picked, onPick, more } = props
  return (
    <div className="table-wrap">
      <div className="table-scroll">
        <table className={tableClass(props)} aria-label={label}>
          <TableHead {...props} />
          <tbody ref={body}>
            {rows.map((row, at) => (
              <TableRow
                key={rowKey(row)}
                row={row}
                at={at}
                columns={columns}
                on={picked && onPick ? picked.has(rowKey(row)) : undefined}
                active={at === active}
                onBox={(range) => box(at, range)}
                onKey={(event) => key(event, at)}
                onFocus={() => setActive(at)}
                onOpen={props.onOpen}
                actions={props.actions}
              />
            ))}
          </tbody>
        </table>
        {more && <More {...more} />}
      </div>
    </div>
  )
}

/**
 * A table that scrolls in itself and draws only the rows in view: for any length. Fills the height its parent (a flex column) leaves.
 * When the end comes near it asks for more.
 */
export function LongTable<Row>(props: TableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null)
  const scroll = useRef<HTMLDivElement>(null)
  const { label, rows, columns, rowKey, picked, onPick, tall, more } = props
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => (tall ? 47 : 40),
    overscan: 12,
    scrollPaddingStart: 30,
  })
  const { active, setActive, box, key } = useRows(props, body, (at) => virtual.scrollToIndex(at), 12)
  const shown = virtual.getVirtualItems()
  const end = shown.at(-1)?.index ?? 0
  const { load, loading } = more ?? { load: undefined, loading: false }
  useEffect(() => {
    if (load && !loading && end >= rows.length - 15) load()
  }, [load, loading, end, rows.length])
  const before = shown[0]?.start ?? 0
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0)
  const span = columns.length + 2
  return (
    <div className="table-wrap long">
      <div className="table-scroll" ref={scroll}>
        <table className={tableClass(props)} aria-label={label} aria-rowcount={more ? -1 : rows.length + 1}>
          <TableHead {...props} />
          <tbody ref={body}>
            {before > 0 && <Gap span={span} height={before} />}
            {shown.map(({ index }) => {
              const row = rows[index]
              if (row === undefined) return null
              return (
                <TableRow
                  key={rowKey(row)}
                  row={row}
                  at={index}
                  columns={columns}
                  on={picked && onPick ? picked.has(rowKey(row)) : undefined}
                  active={index === active}
                  onBox={(range) => box(index, range)}
                  onKey={(event) => key(event, index)}
                  onFocus={() => setActive(index)}
                  onOpen={props.onOpen}
                  actions={props.actions}
                />
              )
            })}
            {after > 0 && <Gap span={span} height={after} />}
          </tbody>
        </table>
        {more && <More {...more} />}
      </div>
    </div>
  )
}

const Gap = ({ span, height }: { span: number; height: number }) => (
  <tr>
    <td className="pad" colSpan={span} style={{ height }} />
  </tr>
)

const More = ({ load, loading }: { load: () => void; loading: boolean }) => (
  <div className="more">
    <Button look="quiet" size="small" busy={loading} onClick={load}>
      {loading ? 'Loading more' : 'Load more'}
    </Button>
  </div>
)

/** Stands above a table while rows are picked: how many, what can be done with them, and how to let go. */
export function BulkBar({ count, onClear, children }: { count: ReactNode; onClear: () => void; children: ReactNode }) {
  return (
    <section className="bulk" aria-label="Picked rows">
      <strong className="num">{count} picked</strong>
      <span className="grow" />
      {children}
      <Button look="quiet" size="small" onClick={onClear}>
        Clear
      </Button>
    </section>
  )
}
