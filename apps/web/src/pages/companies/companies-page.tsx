import { IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { SearchInput, Toolbar } from '../../ui/search-input.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { type Column, LongTable } from '../../ui/table.tsx'
import { CompanyDialog } from './company-dialog.tsx'
import { knownWords } from './values.ts'

type Row = Answers['companies']['list']['companies'][number]

const route = getRouteApi('/frame/companies')

const columns: readonly Column<Row>[] = [
  {
    id: 'name',
    head: 'Company',
    cell: ({ name, domain }) => (
      <>
        <p className="name clip">{name}</p>
        <p className="second clip">{domain ?? 'no domain'}</p>
      </>
    ),
  },
  {
    id: 'known',
    head: 'Known',
    phone: 'not-shown',
    cell: ({ data }) => <span className="clip muted">{knownWords(Object.fromEntries(Object.entries(data).slice(0, 4)))}</span>,
  },
  { id: 'people', head: 'People', num: true, width: 90, phone: 70, cell: ({ people }) => fullNumber(people) },
  { id: 'changed', head: 'Changed', width: 120, phone: 'not-shown', cell: ({ updatedAt }) => <DateText at={updatedAt} /> },
]

/** Companies by name, with how many of their people are known. */
export function CompaniesPage() {
  const { find = '' } = route.useSearch()
  const navigate = useNavigate()
  const may = useMay('admin', 'marketer')
  const [making, setMaking] = useState(false)
  const list = useInfiniteQuery(
    api.companies.list.infiniteQueryOptions({ search: find }, { getNextPageParam: (page) => page.next, refetchInterval: 30_000 }),
  )
  const rows = list.data?.pages.flatMap((page) => page.companies)
  const go = (companyId: string) => void navigate({ to: '/companies/$companyId', params: { companyId } })
  const add = may ? (
    <Button look="primary" icon={<IconPlus size={14} stroke={1.75} />} onClick={() => setMaking(true)}>
      New company
    </Button>
  ) : undefined
  const more = list.hasNextPage ? { load: () => void list.fetchNextPage(), loading: list.isFetchingNextPage } : undefined
  return (
    <div className="page">
      <TopBar crumbs={['Companies']}>{add}</TopBar>
      <Toolbar>
        <SearchInput
          label="Find by name or domain"
          value={find}
          onChange={(next) => void navigate({ to: '/companies', search: next === '' ? {} : { find: next }, replace: true })}
        />
      </Toolbar>
      {list.error ? (
        <FailedFrame what="The list of companies" error={list.error} onRetry={() => void list.refetch()} />
      ) : !rows ? (
        <SkeletonRows rows={8} height={47} />
      ) : rows.length > 0 ? (
        <LongTable label="Companies" tall rows={rows} rowKey={(row) => row.id} columns={columns} onOpen={(row) => go(row.id)} more={more} />
      ) : find !== '' ? (
        <EmptyState title={`No company begins with “${find}”.`} />
      ) : (
        <EmptyState title="No company is known yet.">
          Your systems tell Baton of companies with a group call or POST /v1/companies, or add one by hand and put people into it.
        </EmptyState>
      )}
      <CompanyDialog company={making ? 'new' : null} onClose={() => setMaking(false)} onSaved={go} />
    </div>
  )
}
