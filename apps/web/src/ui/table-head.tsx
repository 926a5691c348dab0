import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { nextSort } from './table-keys.ts'
import { cellClass, type TableProps } from './table-types.ts'

const css = (width: number | string | undefined) => (typeof width === 'number' ? `${width}px` : width)

/** Heads of the columns; pressing one sorts. */
export function TableHead<Row>({
  columns,
  rows,
  rowKey,
  sort,
  onSort,
  picked,
  onPick,
  actions,
}: Pick<TableProps<Row>, 'columns' | 'rows' | 'rowKey' | 'sort' | 'onSort' | 'picked' | 'onPick' | 'actions'>) {
  const here = picked ? rows.filter((row) => picked.has(rowKey(row))).length : 0
  const all = here > 0 && here === rows.length
  return (
    <thead>
      <tr>
        {picked && onPick && (
          <th className="pick" scope="col">
            <input
              type="checkbox"
              className="check"
              aria-label="Pick all shown"
              checked={all}
              ref={(box) => {
                if (box) box.indeterminate = here > 0 && !all
              }}
              onChange={() => onPick(new Set(all ? [] : rows.map(rowKey)))}
            />
          </th>
        )}
        {columns.map((column) => {
          const { id, head, width, sorts, phone } = column
          const sorted = sort?.by === id ? (sort.down ? 'descending' : 'ascending') : 'none'
          const Arrow = sort?.down === true ? IconArrowDown : IconArrowUp
          return (
            <th
              key={id}
              scope="col"
              className={cellClass(column)}
              style={{ '--width': css(width), '--on-phone': phone === 'not-shown' ? undefined : css(phone) }}
              aria-sort={sorts && onSort ? sorted : undefined}
            >
              {sorts && onSort ? (
                <button type="button" onClick={() => onSort(nextSort(sort, id, sorts === 'down'))}>
                  {head}
                  {sort?.by === id && <Arrow size={12} stroke={2} aria-hidden="true" />}
                </button>
              ) : (
                head
              )}
            </th>
          )
        })}
        {actions && (
          <th scope="col">
            <span className="unseen">Actions</span>
          </th>
        )}
      </tr>
    </thead>
  )
}
