import { parseNode } from '@baton/engine'
import { useInfiniteQuery } from '@tanstack/react-query'
import { JobLine } from '../../pages/contacts/jobs.tsx'
import { heldBecause } from '../../pages/contacts/reasons/held.ts'
import { api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { undecidedWords, wordsOf } from '../canvas/card-words.ts'
import { useEditor } from '../store.ts'
import { Comparison } from './comparison.tsx'
import type { Who } from './live-click.ts'
import { MoveDialog, usePeopleDeeds } from './people-deeds.tsx'
import { isAt, PersonRow } from './people-row.tsx'

type Props = { flowId: string; node: string; who: Who; mayEdit: boolean; onWho: (who: Who) => void; onClose: () => void }

const nobody: Record<Who, string> = {
  here: 'Nobody is here now.',
  parked: 'Nobody stands still with an error.',
  passed: 'Nobody came here yet.',
}

/** The people behind a count, fifty at a time. A name leads to the person's page. */
export function PeopleDrawer({ flowId, node, who, mayEdit, onWho, onClose }: Props) {
  const deeds = usePeopleDeeds(flowId)
  const step = useEditor((state) => state.history.present.nodes.find((it) => it.id === node))
  const catalog = useEditor((state) => state.catalog)
  const count = useEditor((state) => state.counts?.get(node))
  const people = useInfiniteQuery(api.live.people.infiniteQueryOptions({ flowId, node, who }, { getNextPageParam: (page) => page.next }))
  const read = step && parseNode(step)
  const words = step ? wordsOf(step, read && 'ok' in read ? read.ok : undefined, catalog) : undefined
  const rows = people.data?.pages.flatMap((page) => page.rows) ?? []
  const place = { flowId, node, parked: who === 'parked' }
  const many = Math.max(rows.length, (who === 'parked' ? count?.parked : count?.here) ?? 0)
  return (
    <Drawer title={words?.name ?? words?.text ?? 'This step'} open onClose={onClose}>
      {read && 'ok' in read && read.ok.kind.compares && <Comparison flowId={flowId} node={node} />}
      <div className="people">
        <div className="people-head">
          <Segmented
            label="Which people"
            size="small"
            value={who}
            onChange={onWho}
            options={[
              { value: 'here', label: `Here now ${count?.here ?? 0}` },
              { value: 'passed', label: `Came here ${count?.passed ?? 0}` },
              { value: 'parked', label: `Parked ${count?.parked ?? 0}` },
            ]}
          />
        </div>
        {count !== undefined && count.undecided > 0 && <p className="people-head small muted">{undecidedWords(count.undecided)}.</p>}
        {deeds.job !== null && (
          <div className="people-job">
            <JobLine id={deeds.job} onClose={deeds.closeJob} />
          </div>
        )}
        {mayEdit && who !== 'passed' && rows.length > 0 && (
          <div className="people-head row">
            {who === 'parked' && (
              <Button size="small" busy={deeds.busy} onClick={() => deeds.all('retry', place, many)}>
                Try all again
              </Button>
            )}
            <Button size="small" look="quiet" onClick={() => deeds.all('move', place, many)}>
              Move all…
            </Button>
            <Button size="small" look="danger-quiet" onClick={() => deeds.all('leave', place, many)}>
              Take all out…
            </Button>
          </div>
        )}
        {people.isPending && <SkeletonRows rows={8} height={47} />}
        {people.isError && <FailedFrame what="The list" error={people.error} onRetry={() => void people.refetch()} />}
        {people.isSuccess && rows.length === 0 && <EmptyState title={nobody[who]} />}
        <ul>
          {rows.map((it) => (
            <PersonRow
              key={it.enrolmentId}
              person={it}
              note={it.held ? `Held back: ${heldBecause(it.held.because)}` : undefined}
              onDeed={mayEdit && it.ended === null && isAt(it, node) ? deeds.one : undefined}
            >
              {it.ended !== null ? (
                'left the flow'
              ) : !isAt(it, node) ? (
                'went on'
              ) : (
                <>
                  since <DateText at={it.since} />
                  {it.dueAt !== null && (
                    <p>
                      until <DateText at={it.dueAt} />
                    </p>
                  )}
                </>
              )}
            </PersonRow>
          ))}
        </ul>
        {people.hasNextPage && (
          <Button look="quiet" size="small" busy={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
            Load more
          </Button>
        )}
      </div>
      <MoveDialog deeds={deeds} />
    </Drawer>
  )
}
