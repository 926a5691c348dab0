import { callOf, parseNode } from '@baton/engine'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { heldBecause } from '../../pages/contacts/reasons/held.ts'
import { api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Avatar } from '../../ui/marks.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { wordsOf } from '../canvas/step-card.tsx'
import { useEditor } from '../store.ts'
import type { Who } from './live-click.ts'

type Props = { flowId: string; node: string; who: Who; onWho: (who: Who) => void; onClose: () => void }

const nobody: Record<Who, string> = {
  here: 'Nobody is here now.',
  parked: 'Nobody stands still with an error.',
  passed: 'Nobody came here yet.',
}

/** The people behind a count, fifty at a time. A name leads to the person's page. */
export function PeopleDrawer({ flowId, node, who, onWho, onClose }: Props) {
  const router = useRouter()
  const step = useEditor((state) => state.history.present.nodes.find((it) => it.id === node))
  const catalog = useEditor((state) => state.catalog)
  const count = useEditor((state) => state.counts?.get(node))
  const people = useInfiniteQuery(api.live.people.infiniteQueryOptions({ flowId, node, who }, { getNextPageParam: (page) => page.next }))
  const read = step && parseNode(step)
  const words = step ? wordsOf(step, read && 'ok' in read ? read.ok : undefined, catalog) : undefined
  const rows = people.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <Drawer title={words?.name ?? words?.text ?? 'This step'} open onClose={onClose}>
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
        {people.isPending && <SkeletonRows rows={8} height={47} />}
        {people.isError && <FailedFrame what="The list" error={people.error} onRetry={() => void people.refetch()} />}
        {people.isSuccess && rows.length === 0 && <EmptyState title={nobody[who]} />}
        <ul>
          {rows.map((it) => (
            <li key={it.enrolmentId}>
              <Avatar name={it.name} quiet />
              <div className="grow">
                <a
                  href={`/contacts/${it.contactId}`}
                  className="name clip"
                  onClick={(event) => {
                    if (event.ctrlKey || event.metaKey || event.shiftKey) return
                    event.preventDefault()
                    router.history.push(`/contacts/${it.contactId}`)
                  }}
                >
                  {it.name}
                </a>
                <p className="small muted clip">
                  {it.parked
                    ? it.parked.message
                    : it.held
                      ? `Held back: ${heldBecause(it.held.because)}`
                      : [it.company, it.name === it.key ? null : it.key].filter(Boolean).join(' · ')}
                </p>
              </div>
              <div className="when small muted">
                {it.ended !== null ? (
                  'left the flow'
                ) : callOf(it.node) !== callOf(node) ? (
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
              </div>
            </li>
          ))}
        </ul>
        {people.hasNextPage && (
          <Button look="quiet" size="small" busy={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
            Load more
          </Button>
        )}
      </div>
    </Drawer>
  )
}
