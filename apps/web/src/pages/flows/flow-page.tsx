import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { FlowEditor } from '../../editor/flow-editor.tsx'
import { useEntry, useSeat } from '../../editor/together/use-seat.ts'
import { api, client } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { statusOf } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'

const route = getRouteApi('/frame/flows/$flowId')

/** One flow: drawing it, and looking at its people. */
export function FlowPage() {
  const { flowId } = route.useParams()
  const { mode } = route.useSearch()
  const navigate = route.useNavigate()
  const mayEdit = useMay('admin', 'marketer')
  const entry = useEntry(flowId, mayEdit)
  // Always asked anew when the page opens: a draft from the cache would be saved on top of a revision that is gone.
  const flow = useQuery({
    queryKey: api.flows.get.queryKey({ id: flowId }),
    queryFn: () => client.flows.get.query({ id: flowId }),
    // Only once it is known who draws: what the one before saves last is in it then.
    enabled: entry.data !== undefined,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
  })
  const catalog = useQuery(api.flows.catalog.queryOptions())
  const fresh = flow.isFetchedAfterMount ? flow.data : undefined
  const seat = useSeat(flowId, mayEdit, entry.data, fresh?.draftRev)
  const name = flow.data?.name
  useEffect(() => {
    if (name !== undefined) document.title = `${name} · Baton`
  }, [name])
  if (fresh && seat && catalog.data) {
    return (
      <FlowEditor
        key={flowId}
        flow={fresh}
        seat={seat}
        catalog={catalog.data}
        mode={mode ?? 'edit'}
        onMode={(next) => void navigate({ search: { mode: next === 'edit' ? undefined : next }, replace: true })}
      />
    )
  }
  const error = entry.error ?? flow.error ?? catalog.error
  const again = () => void Promise.all([entry.error ? entry.refetch() : flow.refetch(), catalog.refetch()])
  return (
    <div className="page">
      <TopBar
        crumbs={[
          <Link key="flows" to="/flows">
            Flows
          </Link>,
          name ?? (statusOf(error) === 404 ? 'Not there' : '…'),
        ]}
      />
      {statusOf(error) === 404 ? (
        <EmptyState
          title="There is no flow at this address"
          actions={
            <ButtonLink to="/flows" look="primary">
              All flows
            </ButtonLink>
          }
        >
          It was deleted, or the address is not whole.
        </EmptyState>
      ) : (
        error && <FailedFrame what="This flow" error={error} onRetry={again} />
      )}
    </div>
  )
}
