import './trouble.css'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Select } from '../../ui/fields.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { Toolbar } from '../../ui/search-input.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { Groups } from './groups.tsx'
import { kinds } from './kinds.ts'
import type { Look } from './routes.tsx'
import { TroubleList } from './trouble-list.tsx'
import { type Group, kindWords } from './words.ts'

const route = getRouteApi('/frame/trouble')
/** The list changes while somebody works it off. */
const LIVE = { refetchInterval: 5_000 }

/** What went wrong for good, in one place: nothing happens to it any more unless somebody decides. */
export function TroublePage() {
  const { kind, flow, error } = route.useSearch()
  const navigate = useNavigate()
  const may = useMay('admin', 'marketer')
  const look = (search: Look) => void navigate({ to: '/trouble', search, replace: true })
  const counts = useQuery(api.trouble.counts.queryOptions(undefined, LIVE))
  const groups = useQuery(api.trouble.groups.queryOptions({ kind }, LIVE))
  const list = useInfiniteQuery(
    api.trouble.list.infiniteQueryOptions({ kind, flowId: flow, same: error }, { getNextPageParam: (page) => page.next, ...LIVE }),
  )
  const all = counts.data ? Object.values(counts.data).reduce((sum, n) => sum + n, 0) : 0
  const flows = new Map((groups.data ?? []).flatMap((it) => (it.flowName === null ? [] : [[it.flowId, it.flowName] as const])))
  const shown = (groups.data ?? []).filter((it) => flow === undefined || it.flowId === flow)
  const chosen = error === undefined ? undefined : shown.find((it) => it.kind === kind && it.same === error)
  const choose = (group: Group | undefined) =>
    look(group ? { kind: group.kind, flow: group.flowId, error: group.same } : { ...(kind ? { kind } : {}) })
  const rows = list.data?.pages.flatMap((page) => page.rows)
  const failed = counts.error ?? groups.error ?? list.error
  const more = list.hasNextPage ? { load: () => void list.fetchNextPage(), loading: list.isFetchingNextPage } : undefined
  return (
    <div className="page">
      <TopBar crumbs={['Trouble']} />
      <Toolbar>
        <Segmented
          label="Which trouble"
          size="small"
          value={kind ?? 'all'}
          onChange={(next) => look(next === 'all' ? {} : { kind: next })}
          options={[
            { value: 'all' as const, label: all > 0 ? `All (${fullNumber(all)})` : 'All' },
            ...kinds.map((one) => {
              const n = counts.data?.[one] ?? 0
              return { value: one, label: n > 0 ? `${kindWords[one].all} (${fullNumber(n)})` : kindWords[one].all }
            }),
          ]}
        />
        {flows.size > 0 && (
          <Select
            aria-label="Flow"
            placeholder="All flows"
            clearable
            searchable
            w={200}
            data={[...flows].map(([value, label]) => ({ value, label }))}
            value={flow ?? null}
            onChange={(next) => look({ ...(kind ? { kind } : {}), ...(next === null ? {} : { flow: next }) })}
          />
        )}
      </Toolbar>
      {failed ? (
        <FailedFrame
          what="The list"
          error={failed}
          onRetry={() => void Promise.all([counts.refetch(), groups.refetch(), list.refetch()])}
        />
      ) : !rows || !groups.data ? (
        <SkeletonRows height={47} />
      ) : rows.length === 0 ? (
        <Nothing narrowed={kind !== undefined || flow !== undefined} onAll={() => look({})} />
      ) : (
        <div className="trouble">
          <Groups groups={shown} chosen={chosen} onChoose={choose} />
          <TroubleList key={JSON.stringify([kind, flow, error])} rows={rows} group={chosen} may={may} more={more} />
        </div>
      )}
    </div>
  )
}

function Nothing({ narrowed, onAll }: { narrowed: boolean; onAll: () => void }) {
  return narrowed ? (
    <EmptyState title="Nothing of this sort is in trouble." actions={<Button onClick={onAll}>Show all</Button>} />
  ) : (
    <EmptyState title="Nothing is in trouble.">
      What fails for good stands here: mails, web calls, notes, and people who stand still with an error. What fails for now is tried again
      by itself.
    </EmptyState>
  )
}
