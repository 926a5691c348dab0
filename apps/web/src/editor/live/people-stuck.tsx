import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { JobLine } from '../../pages/contacts/jobs.tsx'
import { faceOf } from '../../pages/contacts/passage-steps.ts'
import { api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { useEditor } from '../store.ts'
import { MoveDialog, usePeopleDeeds } from './people-deeds.tsx'
import { PersonRow } from './people-row.tsx'

/** Rows at a time: more are looked for when they are asked for. */
const ENOUGH = 50

type Props = { flowId: string; total: number; mayEdit: boolean; onClose: () => void }

/** Everybody who stands still with an error, at whatever step, and what can be done: one by one, or all. */
export function StuckDrawer({ flowId, total, mayEdit, onClose }: Props) {
  const graph = useEditor((state) => state.history.present)
  const catalog = useEditor((state) => state.catalog)
  const deeds = usePeopleDeeds(flowId)
  const stuck = useInfiniteQuery(
    api.live.standStill.infiniteQueryOptions({ flowId }, { getNextPageParam: (page) => page.next, staleTime: 0 }),
  )
  const rows = stuck.data?.pages.flatMap((page) => page.rows) ?? []
  const pages = stuck.data?.pages.length ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = stuck
  // A stretch of passages may hold nobody who stands still: on to the next until there is something to show.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && rows.length < ENOUGH && rows.length < total && pages < 500) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, rows.length, total, pages])
  const nodes = { flowId, version: 0, nodes: graph.nodes }
  const all = { flowId, node: null, parked: true }
  return (
    <Drawer title="Standing still with an error" open onClose={onClose}>
      <div className="people">
        {deeds.job !== null && (
          <div className="people-job">
            <JobLine id={deeds.job} onClose={deeds.closeJob} />
          </div>
        )}
        {mayEdit && rows.length > 0 && (
          <div className="people-head row">
            <Button size="small" busy={deeds.busy} onClick={() => deeds.all('retry', all, total)}>
              Try all again
            </Button>
            <Button size="small" look="quiet" onClick={() => deeds.all('move', all, total)}>
              Move all…
            </Button>
            <Button size="small" look="danger-quiet" onClick={() => deeds.all('leave', all, total)}>
              Take all out…
            </Button>
          </div>
        )}
        {stuck.isPending && <SkeletonRows rows={6} height={47} />}
        {stuck.isError && <FailedFrame what="The list" error={stuck.error} onRetry={() => void stuck.refetch()} />}
        {stuck.isSuccess && rows.length === 0 && !hasNextPage && <EmptyState title="Nobody stands still with an error." />}
        <ul>
          {rows.map((it) => (
            <PersonRow key={it.enrolmentId} person={it} onDeed={mayEdit ? deeds.one : undefined}>
              <p className="clip">{faceOf(nodes, it.node.split('/')[0] ?? it.node, catalog).name}</p>
              <DateText at={it.parked.at} />
            </PersonRow>
          ))}
        </ul>
        {hasNextPage && rows.length >= ENOUGH && (
          <Button look="quiet" size="small" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Load more
          </Button>
        )}
      </div>
      <MoveDialog deeds={deeds} />
    </Drawer>
  )
}
