import './desk.css'
import './lead.css'
import './narrow.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { useKeys } from '../../shell/keys.ts'
import { useMay } from '../../shell/person.ts'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { Inbox } from './inbox.tsx'
import { listQuery } from './queries.ts'
import { neighbour } from './sections.ts'

const route = getRouteApi('/frame/desk')

/** The leads at the left, the chosen one beside. */
export function DeskPage() {
  const { rep } = route.useSearch()
  const manager = useMay('admin', 'sales_manager')
  const { leadId } = useParams({ strict: false })
  const chosen = leadId === undefined ? undefined : Number(leadId)
  const navigate = useNavigate()
  const list = useQuery(listQuery(manager ? rep : undefined))
  const go = (step: 1 | -1) => () => {
    const to = neighbour(list.data?.leads ?? [], chosen, step, Date.now())
    if (to) void navigate({ to: '/desk/$leadId', params: { leadId: String(to.id) }, search: { rep } })
  }
  useKeys([
    ['j', go(1)],
    ['k', go(-1)],
    ['ArrowDown', go(1)],
    ['ArrowUp', go(-1)],
  ])
  return (
    <div className={chosen === undefined ? 'desk' : 'desk has-lead'}>
      <aside className="panel l inbox" aria-label={manager ? 'Leads' : 'Leads handed to you'}>
        {list.data ? (
          <Inbox leads={list.data.leads} counts={list.data.counts} chosen={chosen} manager={manager} rep={rep} />
        ) : list.error ? (
          <FailedFrame what="The list" error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <SkeletonRows rows={8} height={54} />
        )}
      </aside>
      <Outlet />
    </div>
  )
}
