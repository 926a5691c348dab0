import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { FlowEditor } from '../../editor/flow-editor.tsx'
import { settled } from '../../editor/use-saver.ts'
import { api, client } from '../../shell/api.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'

const route = getRouteApi('/frame/flows/$flowId')

/** One flow: drawing it, and looking at its people. */
export function FlowPage() {
  const { flowId } = route.useParams()
  const { mode } = route.useSearch()
  const navigate = route.useNavigate()
  // Always asked anew when the page opens: a draft from the cache would be saved on top of a revision that is gone.
  const flow = useQuery({
    queryKey: api.flows.get.queryKey({ id: flowId }),
    queryFn: async () => {
      await settled(flowId)
      return client.flows.get.query({ id: flowId })
    },
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
  })
  const catalog = useQuery(api.flows.catalog.queryOptions())
  const name = flow.data?.name
  useEffect(() => {
    if (name !== undefined) document.title = `${name} · Baton`
  }, [name])
  if (flow.data && flow.isFetchedAfterMount && catalog.data) {
    return (
      <FlowEditor
        key={flowId}
        flow={flow.data}
        catalog={catalog.data}
        mode={mode ?? 'edit'}
        onMode={(next) => void navigate({ search: { mode: next === 'edit' ? undefined : next }, replace: true })}
      />
    )
  }
  const error = flow.error ?? catalog.error
  return (
    <div className="page">
      <TopBar
        crumbs={[
          <Link key="flows" to="/flows">
            Flows
          </Link>,
          name ?? '…',
        ]}
      />
      {error && <FailedFrame what="This flow" error={error} onRetry={() => void Promise.all([flow.refetch(), catalog.refetch()])} />}
    </div>
  )
}
