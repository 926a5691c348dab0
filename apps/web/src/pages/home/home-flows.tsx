import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { type Sort, Table } from '../../ui/table.tsx'
import { columns, sorted } from '../flows/columns.tsx'
import { inTab } from '../flows/states.ts'
import { NewFlow } from './new-flow.tsx'

const tabs = [
  { value: 'all', words: 'All' },
  { value: 'live', words: 'Live' },
  { value: 'drafts', words: 'Drafts' },
  { value: 'paused', words: 'Paused' },
] as const
type Tab = (typeof tabs)[number]['value']

/** The flows as their own page lists them, without the archive. */
export function HomeFlows() {
  const navigate = useNavigate()
  const [tab, setTab] = useState<Tab>('all')
  const [sort, setSort] = useState<Sort>({ by: 'changed', down: true })
  const list = useQuery(api.flows.list.queryOptions(undefined, { refetchInterval: 15_000 }))
  const all = list.data
  const rows = sorted(all?.filter((flow) => inTab(flow, tab)) ?? [], sort)
  const count = (value: Tab) => all?.filter((flow) => inTab(flow, value)).length ?? 0
  return (
    <section className="flows home-flows" aria-labelledby="home-flows">
      <div className="home-head">
        <h2 id="home-flows">Flows</h2>
        {count('all') > 0 && (
          <Segmented
            label="Which flows"
            size="small"
            value={tab}
            onChange={setTab}
            options={tabs.map(({ value, words }) => ({ value, label: `${words} ${count(value)}` }))}
          />
        )}
      </div>
      {list.isPending && <SkeletonRows rows={6} height={47} />}
      {list.error && !all && <FailedFrame what="The list of flows" error={list.error} onRetry={() => void list.refetch()} />}
      {rows.length > 0 && (
        <Table
          label="Flows"
          tall
          rows={rows}
          columns={columns}
          rowKey={(flow) => flow.id}
          onOpen={(flow) => void navigate({ to: '/flows/$flowId', params: { flowId: flow.id } })}
          sort={sort}
          onSort={setSort}
        />
      )}
      {all && rows.length === 0 && (
        <EmptyState
          title={count('all') === 0 ? 'No flow yet.' : 'No flow is in this state.'}
          actions={count('all') === 0 ? <NewFlow look="default" /> : undefined}
        >
          {count('all') === 0
            ? 'A flow takes people from the moment they come in to the moment sales has them, or they leave.'
            : 'Choose All to see every flow.'}
        </EmptyState>
      )}
    </section>
  )
}
