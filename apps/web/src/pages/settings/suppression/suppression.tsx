import './suppression.css'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { api } from '../../../shell/api.ts'
import { Button } from '../../../ui/button.tsx'
import { DateText } from '../../../ui/date-text.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FailedFrame } from '../../../ui/error-frame.tsx'
import { Select } from '../../../ui/fields.tsx'
import { fullNumber } from '../../../ui/numbers.ts'
import { SearchInput, Toolbar } from '../../../ui/search-input.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { SettingsHead } from '../settings-head.tsx'
import { AddDialog } from './add-dialog.tsx'
import { reasons, reasonWords, type Suppressed } from './reasons.ts'
import { RemoveDialog } from './remove-dialog.tsx'

const columns: readonly Column<Suppressed>[] = [
  {
    id: 'value',
    head: 'Address',
    cell: ({ value, contactId }) =>
      contactId === null ? (
        <span className="name">{value.startsWith('erased:') ? 'An address of somebody erased' : value}</span>
      ) : (
        <Link className="name" to="/contacts/$contactId" params={{ contactId: String(contactId) }}>
          {value}
        </Link>
      ),
  },
  {
    id: 'reason',
    head: 'Why',
    cell: ({ reason, note }) => (
      <>
        {reasonWords(reason)}
        {note !== '' && <p className="small muted clip">{note}</p>}
      </>
    ),
  },
  { id: 'by', head: 'By', width: 150, cell: ({ by }) => by },
  { id: 'at', head: 'Since', width: 120, cell: ({ at }) => <DateText at={at} /> },
]

/** Addresses that get no mail, whoever has them. */
export function Suppression() {
  const [search, setSearch] = useState('')
  const [reason, setReason] = useState<Suppressed['reason'] | null>(null)
  const [adding, setAdding] = useState(false)
  const [removed, setRemoved] = useState<string | null>(null)
  const wanted = useDeferredValue(search)
  const counts = useQuery(api.suppression.counts.queryOptions())
  const list = useInfiniteQuery(
    api.suppression.list.infiniteQueryOptions({ search: wanted, reason }, { getNextPageParam: (page) => page.next ?? undefined }),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const total = counts.data?.reduce((sum, it) => sum + it.n, 0)
  const narrowed = wanted !== '' || reason !== null
  return (
    <>
      <SettingsHead
        title="Suppressed addresses"
        deed={
          <Button look="primary" onClick={() => setAdding(true)}>
            Add addresses…
          </Button>
        }
      >
        These get no mail at all, whoever has them now or later. Addresses that bounce for good, or whose owner reports a mail as spam, come
        here by themselves.
      </SettingsHead>
      <Toolbar>
        <SearchInput label="Find an address" value={search} onChange={setSearch} />
        <Select
          aria-label="Why"
          placeholder="Any reason"
          clearable
          w={200}
          data={reasons.map(({ value, words }) => {
            const n = counts.data?.find((it) => it.reason === value)?.n ?? 0
            return { value, label: `${words} ${fullNumber(n)}` }
          })}
          value={reason}
          onChange={(value) => setReason(reasons.find((it) => it.value === value)?.value ?? null)}
        />
        {total !== undefined && <span className="small muted">{fullNumber(total)} in all</span>}
      </Toolbar>
      {list.isPending && <SkeletonRows rows={6} height={47} />}
      {list.isError && <FailedFrame what="The list" error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState title={narrowed ? 'No address is like this' : 'No address is suppressed'}>
          {narrowed ? 'Change what you look for.' : 'Mail goes to everybody who may get it.'}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <Table
          label="Suppressed addresses"
          tall
          rows={rows}
          rowKey={(row) => row.value}
          columns={columns}
          actions={(row) => (
            <Button size="small" look="quiet" onClick={() => setRemoved(row.value)}>
              Let mail through…
            </Button>
          )}
          more={list.hasNextPage ? { load: () => void list.fetchNextPage(), loading: list.isFetchingNextPage } : undefined}
        />
      )}
      <AddDialog open={adding} onClose={() => setAdding(false)} />
      <RemoveDialog value={removed} onClose={() => setRemoved(null)} />
    </>
  )
}
