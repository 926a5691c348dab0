import './outbox.css'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Toolbar } from '../../ui/search-input.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { LongTable } from '../../ui/table.tsx'
import { mailColumns, testColumns } from './columns.tsx'
import { MailDrawer } from './mail-drawer.tsx'
import type { Show } from './show.ts'
import { StatusNotes } from './status-notes.tsx'

const route = getRouteApi('/frame/outbox')

const empty: Readonly<Record<Show, string>> = {
  all: 'No flow has sent a mail yet.',
  waiting: 'No mail waits.',
  sent: 'No mail was sent yet.',
  trouble: 'No mail failed, and the fate of every mail is known.',
  withdrawn: 'No mail was withdrawn.',
  tests: 'No test was sent yet.',
}

/** Every mail that was asked for, and exactly what is in it. */
export function OutboxPage() {
  const { show = 'all', mail } = route.useSearch()
  const navigate = useNavigate()
  const look = (search: { show?: Show | undefined; mail?: string | undefined }) => void navigate({ to: '/outbox', search, replace: true })
  const narrowed = show === 'all' ? undefined : show
  const status = useQuery(api.outbox.status.queryOptions(undefined, { refetchInterval: 15_000 }))
  const trouble = (status.data?.counts.failed ?? 0) + (status.data?.counts.unknown ?? 0)
  return (
    <div className="page">
      <TopBar crumbs={['Outbox']} />
      {status.data && <StatusNotes status={status.data} />}
      <Toolbar>
        <Segmented
          label="Which mails"
          size="small"
          value={show}
          onChange={(next) => look({ show: next === 'all' ? undefined : next })}
          options={[
            { value: 'all', label: 'All' },
            { value: 'waiting', label: 'Waiting' },
            { value: 'sent', label: 'Sent' },
            { value: 'trouble', label: trouble > 0 ? `Needs you (${trouble})` : 'Needs you' },
            { value: 'withdrawn', label: 'Withdrawn' },
            { value: 'tests', label: 'Tests' },
          ]}
        />
      </Toolbar>
      {show === 'tests' ? (
        <Tests onOpen={(id) => look({ show: narrowed, mail: id })} />
      ) : (
        <Mails show={show} onOpen={(id) => look({ show: narrowed, mail: id })} />
      )}
      <MailDrawer mail={mail} onClose={() => look({ show: narrowed })} />
    </div>
  )
}

type ListProps = { onOpen: (id: string) => void }

function Mails({ show, onOpen }: ListProps & { show: Exclude<Show, 'tests'> }) {
  const list = useInfiniteQuery(
    api.outbox.list.infiniteQueryOptions({ filter: show }, { getNextPageParam: (page) => page.next, refetchInterval: 15_000 }),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows)
  if (list.error) return <FailedFrame what="The list" error={list.error} onRetry={() => void list.refetch()} />
  if (!rows) return <SkeletonRows height={47} />
  if (rows.length === 0) return <Nothing show={show} />
  const more = list.hasNextPage ? { load: () => void list.fetchNextPage(), loading: list.isFetchingNextPage } : undefined
  return (
    <LongTable
      label="Mails"
      tall
      rows={rows}
      rowKey={(row) => String(row.id)}
      columns={mailColumns}
      onOpen={(row) => onOpen(String(row.id))}
      more={more}
    />
  )
}

function Tests({ onOpen }: ListProps) {
  const tests = useQuery(api.outbox.tests.queryOptions())
  if (tests.error) return <FailedFrame what="The list" error={tests.error} onRetry={() => void tests.refetch()} />
  if (!tests.data) return <SkeletonRows height={47} />
  if (tests.data.length === 0) return <Nothing show="tests" />
  return <LongTable label="Tests" tall rows={tests.data} rowKey={(row) => row.id} columns={testColumns} onOpen={(row) => onOpen(row.id)} />
}

function Nothing({ show }: { show: Show }) {
  if (show === 'tests')
    return (
      <EmptyState title={empty.tests} actions={<ButtonLink to="/templates">Messages</ButtonLink>}>
        Open a message and press “Send me a test”. Tests are counted nowhere.
      </EmptyState>
    )
  return (
    <EmptyState title={empty[show]}>
      {show === 'all' ? 'Publish a flow with a step that sends; its mails are listed here.' : undefined}
    </EmptyState>
  )
}
