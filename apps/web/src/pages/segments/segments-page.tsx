import './segments.css'
import { IconList, IconPlus, IconTrash, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button, ButtonLink, IconButton } from '../../ui/button.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { StateDot } from '../../ui/marks.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { type Column, LongTable } from '../../ui/table.tsx'
import { SentenceText } from '../contacts/sentence.tsx'
import { NewList } from './list-dialog.tsx'
import { useRemoveSegment } from './use-remove.ts'
import { UsedBy } from './used-by.tsx'

type Segment = Answers['segments']['list'][number]
const icon = { size: 14, stroke: 1.75 }

const columns: readonly Column<Segment>[] = [
  { id: 'name', head: 'Name', width: 220, cell: ({ name }) => <div className="name clip">{name}</div> },
  {
    id: 'who',
    head: 'Who is in it',
    cell: ({ sentence }) => (
      <span className="muted sentence">
        <SentenceText sentence={sentence} />
      </span>
    ),
  },
  { id: 'people', head: 'People', num: true, width: 110, cell: (it) => <People segment={it} /> },
  { id: 'uses', head: 'Used by', width: 200, cell: ({ id }) => <UsedBy id={id} /> },
  { id: 'changed', head: 'Changed', width: 120, cell: ({ updatedAt }) => <DateText at={updatedAt} /> },
]

/** How many are in it now; what was counted when it was built grows old. */
function People({ segment: { id, status, scan } }: { segment: Segment }) {
  const count = useQuery(
    api.contacts.count.queryOptions({ filter: { segmentId: id } }, { enabled: status !== 'building', staleTime: 30_000 }),
  )
  if (status === 'building') {
    const share = scan && scan.total > 0 ? `${Math.floor((100 * scan.done) / scan.total)}%` : ''
    return <StateDot tone="accent">Building {share}</StateDot>
  }
  if (!count.data) return <span className="faint">–</span>
  return `${count.data.exact ? '' : 'about '}${fullNumber(count.data.n)}`
}

/** Groups of people by a condition, with how many are in them and who uses them. */
export function SegmentsPage() {
  const mayEdit = useMay('admin', 'marketer')
  const navigate = useNavigate()
  const remove = useRemoveSegment()
  const [making, setMaking] = useState(false)
  const list = useQuery(
    api.segments.list.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.some((it) => it.status === 'building') ? 1000 : 30_000),
    }),
  )
  const newSegment = (
    <ButtonLink look="primary" to="/segments/$segmentId" params={{ segmentId: 'new' }} icon={<IconPlus {...icon} />}>
      New segment
    </ButtonLink>
  )
  return (
    <div className="page segments">
      <TopBar crumbs={['Segments']} beside={list.data && <span className="small faint num">{list.data.length}</span>}>
        {mayEdit && (
          <Button icon={<IconList {...icon} />} onClick={() => setMaking(true)}>
            New list
          </Button>
        )}
        {mayEdit && newSegment}
      </TopBar>
      <NewList open={making} onClose={() => setMaking(false)} />
      {list.isPending && <SkeletonRows rows={8} height={47} />}
      {list.isError && <FailedFrame what="The list of segments" error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.length === 0 && (
        <EmptyState title="No segment yet." actions={mayEdit ? newSegment : undefined}>
          A segment is a group of people by a condition. Whoever comes to match joins it by themselves, and flows can begin with that.
        </EmptyState>
      )}
      {list.data && list.data.length > 0 && (
        <LongTable
          label="Segments"
          tall
          rows={list.data}
          columns={columns}
          rowKey={(it) => it.id}
          onOpen={(it) => void navigate({ to: '/segments/$segmentId', params: { segmentId: it.id } })}
          actions={(it) => (
            <>
              <IconButton
                size="small"
                label={`Show the people of ${it.name}`}
                icon={<IconUsers {...icon} />}
                onClick={() => void navigate({ to: '/contacts', search: { segment: it.id } })}
              />
              {mayEdit && (
                <IconButton size="small" label={`Delete ${it.name}`} icon={<IconTrash {...icon} />} onClick={() => void remove(it)} />
              )}
            </>
          )}
        />
      )}
    </div>
  )
}
