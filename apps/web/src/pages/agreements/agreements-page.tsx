import './agreements.css'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Chip, StateDot } from '../../ui/marks.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { type Column, LongTable } from '../../ui/table.tsx'
import { SentenceText } from '../contacts/sentence.tsx'
import { NewAgreement } from './new-agreement.tsx'
import { dateOnly } from './words.ts'

type Row = Answers['agreements']['list'][number]

const columns: readonly Column<Row>[] = [
  {
    id: 'name',
    head: 'Name',
    width: 260,
    cell: ({ name, version, draft }) => (
      <div className="row">
        <span className="name clip">{name}</span>
        <Chip>v{version}</Chip>
        {draft && <Chip tone="accent">draft v{draft.version}</Chip>}
      </div>
    ),
  },
  { id: 'state', head: 'Signed', width: 190, cell: (row) => <Signed row={row} /> },
  {
    id: 'who',
    head: 'Who qualifies',
    cell: ({ sentence }) => (
      <span className="muted sentence">
        <SentenceText sentence={sentence} />
      </span>
    ),
  },
  {
    id: 'review',
    head: 'Review by',
    width: 150,
    cell: ({ reviewOn }) => (reviewOn ? dateOnly(reviewOn) : <span className="faint">–</span>),
  },
]

/** Whether both sides stand by it; else whose name is missing. */
function Signed({ row: { signed, sides } }: { row: Row }) {
  if (signed) return <StateDot tone="ok">by both sides</StateDot>
  if (sides.length === 0) return <StateDot tone="faint">by nobody</StateDot>
  return <StateDot tone="warn">{sides[0] === 'sales' ? 'marketing is missing' : 'sales is missing'}</StateDot>
}

/** What marketing and sales agreed on. */
export function AgreementsPage() {
  const mayEdit = useMay('admin', 'marketer', 'sales_manager')
  const navigate = useNavigate()
  const [making, setMaking] = useState(false)
  const list = useQuery(api.agreements.list.queryOptions())
  const fresh = (
    <Button look="primary" icon={<IconPlus size={14} stroke={1.75} />} onClick={() => setMaking(true)}>
      New agreement
    </Button>
  )
  return (
    <div className="page agreements">
      <TopBar crumbs={['Agreements']} beside={list.data && <span className="small faint num">{list.data.length}</span>}>
        {mayEdit && list.data?.length !== 0 && fresh}
      </TopBar>
      <NewAgreement open={making} onClose={() => setMaking(false)} />
      {list.isPending && <SkeletonRows rows={4} height={47} />}
      {list.isError && <FailedFrame what="The list of agreements" error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.length === 0 && (
        <EmptyState title="Nothing is agreed on yet." actions={mayEdit ? fresh : undefined}>
          An agreement says in numbers which leads sales wants, and what happens to those it gives back. Both sides sign it; flows hand over
          by it, and it is measured by what came of the leads.
        </EmptyState>
      )}
      {list.data && list.data.length > 0 && (
        <LongTable
          label="Agreements"
          tall
          rows={list.data}
          columns={columns}
          rowKey={(it) => it.id}
          onOpen={(it) => void navigate({ to: '/agreements/$agreementId', params: { agreementId: it.id } })}
        />
      )}
    </div>
  )
}
