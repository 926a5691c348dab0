import './effects.css'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { confirm } from '../../ui/confirm.ts'
import { DateText } from '../../ui/date-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { StateDot } from '../../ui/marks.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { Toolbar } from '../../ui/search-input.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { type Column, LongTable } from '../../ui/table.tsx'
import { toast } from '../../ui/toast.ts'
import type { Show, View } from './show.ts'
import { type Effect, hostOf, type Line, stateOf } from './words.ts'

const route = getRouteApi('/frame/effects')
const dash = <span className="faint">–</span>

const nothing: Readonly<Record<Show, string>> = {
  all: 'No flow has called or told anybody yet.',
  waiting: 'Nothing waits.',
  done: 'Nothing got through yet.',
  failed: 'Nothing failed.',
  cancelled: 'Nothing was taken back.',
}

/** What leaves beside mail: calls of web addresses, notes to colleagues, and who waits in the line of a step. */
export function EffectsPage() {
  const { view = 'calls', show = 'all' } = route.useSearch()
  const navigate = useNavigate()
  const look = (search: { view?: View | undefined; show?: Show | undefined }) => void navigate({ to: '/effects', search, replace: true })
  const status = useQuery(api.effects.status.queryOptions(undefined, { refetchInterval: 15_000 }))
  const kind = view === 'notes' ? 'notify' : 'webhook'
  const failed = status.data?.counts.find((it) => it.kind === kind && it.status === 'failed')?.count ?? 0
  return (
    <div className="page">
      <TopBar crumbs={['Web calls']} />
      <Toolbar>
        <Segmented
          label="What to look at"
          size="small"
          value={view}
          onChange={(next) => look(next === 'calls' ? {} : { view: next })}
          options={[
            { value: 'calls', label: 'Calls' },
            { value: 'notes', label: 'Notes to colleagues' },
            { value: 'lines', label: 'People in line' },
          ]}
        />
        {view !== 'lines' && (
          <Segmented
            label="Which of them"
            size="small"
            value={show}
            onChange={(next) => look({ ...(view === 'calls' ? {} : { view }), ...(next === 'all' ? {} : { show: next }) })}
            options={[
              { value: 'all', label: 'All' },
              { value: 'waiting', label: 'Waiting' },
              { value: 'done', label: view === 'notes' ? 'Told' : 'Answered' },
              { value: 'failed', label: failed > 0 ? `Failed (${fullNumber(failed)})` : 'Failed' },
              { value: 'cancelled', label: 'Taken back' },
            ]}
          />
        )}
      </Toolbar>
      {view === 'lines' ? (
        status.data ? (
          <Lines lines={status.data.lines} />
        ) : (
          <SkeletonRows height={40} />
        )
      ) : (
        <Effects kind={kind} show={show} />
      )}
    </div>
  )
}

const columns = (kind: 'webhook' | 'notify'): readonly Column<Effect>[] => [
  {
    id: 'state',
    head: 'State',
    width: 150,
    cell: (effect) => {
      const { tone, words } = stateOf(effect)
      return <StateDot tone={tone}>{words}</StateDot>
    },
  },
  {
    id: 'about',
    head: kind === 'webhook' ? 'Address' : 'Note',
    cell: ({ about, error, answered, status, attempts }) => (
      <div className={kind === 'webhook' ? 'effect-about' : undefined}>
        <p className="name clip" title={about ?? undefined}>
          {about === null ? dash : kind === 'webhook' ? hostOf(about) : about}
        </p>
        {(error !== null || answered !== null) && (
          <p className="second clip" title={error ?? undefined}>
            {error ?? (status === 'done' ? `Answered ${answered}` : '')}
            {attempts > 1 && ` ${fullNumber(attempts)} tries.`}
          </p>
        )}
      </div>
    ),
  },
  {
    id: 'person',
    head: 'Person',
    width: 180,
    cell: ({ contactId, contactKey }) =>
      contactKey === null ? (
        <span className="muted">Deleted person</span>
      ) : (
        <Link to="/contacts/$contactId" params={{ contactId: String(contactId) }} className="clip">
          {contactKey}
        </Link>
      ),
  },
  { id: 'flow', head: 'Flow', width: 140, cell: ({ flowName }) => <span className="clip">{flowName ?? dash}</span> },
  {
    id: 'when',
    head: 'When',
    width: 140,
    cell: ({ status, at, endedAt, nextAttemptAt, attempts }) =>
      status === 'queued' && attempts > 0 && nextAttemptAt !== null ? (
        <span>
          again <DateText at={nextAttemptAt} />
        </span>
      ) : (
        <DateText at={endedAt ?? at} />
      ),
  },
]

function Effects({ kind, show }: { kind: 'webhook' | 'notify'; show: Show }) {
  const queries = useQueryClient()
  const may = useMay('admin', 'marketer')
  const list = useInfiniteQuery(
    api.effects.list.infiniteQueryOptions({ kind, filter: show }, { getNextPageParam: (page) => page.next, refetchInterval: 15_000 }),
  )
  const settled = {
    onError: (error: unknown) => toast({ words: problemWords(error), bad: true }),
    onSettled: () => queries.invalidateQueries(api.effects.pathFilter()),
  }
  const retry = useMutation(api.effects.retry.mutationOptions({ ...settled, onSuccess: () => toast({ words: 'It is tried again now.' }) }))
  const cancel = useMutation(api.effects.cancel.mutationOptions(settled))
  const rows = list.data?.pages.flatMap((page) => page.rows)
  if (list.error) return <FailedFrame what="The list" error={list.error} onRetry={() => void list.refetch()} />
  if (!rows) return <SkeletonRows height={47} />
  if (rows.length === 0) {
    return (
      <EmptyState title={nothing[show]}>
        {show === 'all' ? 'Put a step into a flow that calls a web address or tells a colleague; what it does is listed here.' : undefined}
      </EmptyState>
    )
  }
  const ask = async ({ id, contactKey }: Effect) => {
    const text = kind === 'webhook' ? `${contactKey ?? 'The person'} goes on by the way “Failed”.` : 'Nobody is told.'
    if (await confirm({ title: kind === 'webhook' ? 'Take this call back?' : 'Take this note back?', text, deed: 'Take back' }))
      cancel.mutate({ id })
  }
  const more = list.hasNextPage ? { load: () => void list.fetchNextPage(), loading: list.isFetchingNextPage } : undefined
  return (
    <LongTable
      label={kind === 'webhook' ? 'Calls' : 'Notes'}
      tall
      rows={rows}
      rowKey={(row) => String(row.id)}
      columns={columns(kind)}
      actions={
        may
          ? (row) => (
              <>
                {(row.status === 'failed' || (row.status === 'queued' && row.attempts > 0)) && (
                  <Button size="small" look="quiet" onClick={() => retry.mutate({ id: row.id })}>
                    Try now
                  </Button>
                )}
                {row.status === 'queued' && (
                  <Button size="small" look="quiet" onClick={() => void ask(row)}>
                    Take back…
                  </Button>
                )}
              </>
            )
          : undefined
      }
      more={more}
    />
  )
}

const lineColumns: readonly Column<Line>[] = [
  { id: 'flow', head: 'Flow', cell: ({ flowName }) => <span className="name clip">{flowName ?? dash}</span> },
  { id: 'waiting', head: 'People in line', num: true, width: 130, cell: ({ waiting }) => fullNumber(waiting) },
  { id: 'since', head: 'The first since', width: 160, cell: ({ since }) => <DateText at={since} /> },
]

function Lines({ lines }: { lines: readonly Line[] }) {
  const navigate = useNavigate()
  if (lines.length === 0) {
    return <EmptyState title="Nobody waits in line.">Steps that let only so many people through at a time keep them here.</EmptyState>
  }
  return (
    <LongTable
      label="People in line"
      rows={lines}
      rowKey={(row) => `${row.flowId}/${row.node}`}
      columns={lineColumns}
      onOpen={(row) => void navigate({ to: '/flows/$flowId', params: { flowId: row.flowId } })}
    />
  )
}
