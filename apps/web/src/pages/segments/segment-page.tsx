import './segments.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { isFinal, problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { ListPage } from './list-page.tsx'
import { SegmentEditor } from './segment-editor.tsx'

const route = getRouteApi('/frame/segments/$segmentId')

/** One segment: its condition, and who matches. */
export function SegmentPage() {
  const { segmentId } = route.useParams()
  const isNew = segmentId === 'new'
  const catalog = useQuery(api.flows.catalog.queryOptions())
  const segment = useQuery(
    api.segments.get.queryOptions(
      { id: segmentId },
      { enabled: !isNew, refetchInterval: ({ state }) => (state.data?.status === 'building' ? 800 : false) },
    ),
  )
  if (segment.data?.kind === 'list') return <ListPage key={segmentId} list={segment.data} />
  if (catalog.data && (isNew || segment.data)) {
    return <SegmentEditor key={segmentId} catalog={catalog.data} segment={isNew ? undefined : segment.data} />
  }
  const error = segment.error ?? catalog.error
  return (
    <div className="page">
      <TopBar
        crumbs={[
          <Link key="segments" to="/segments">
            Segments
          </Link>,
          '…',
        ]}
      />
      {error &&
        (isFinal(error) ? (
          <EmptyState title="This segment is not here" actions={<ButtonLink to="/segments">To the list</ButtonLink>}>
            {problemWords(error)}
          </EmptyState>
        ) : (
          <FailedFrame what="This segment" error={error} onRetry={() => void Promise.all([segment.refetch(), catalog.refetch()])} />
        ))}
    </div>
  )
}
