import '../../companies/companies.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../../shell/api.ts'
import { useMay } from '../../../shell/person.ts'
import { problemWords } from '../../../shell/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { confirm } from '../../../ui/confirm.ts'
import { DateText } from '../../../ui/date-text.tsx'
import { FailedFrame } from '../../../ui/error-frame.tsx'
import { fullNumber } from '../../../ui/numbers.ts'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { toast } from '../../../ui/toast.ts'
import { knownWords, shown } from '../../companies/values.ts'
import { JoinDialog } from './join-dialog.tsx'
import type { HandKind, RelatedRecord } from './record.ts'
import { RecordDialog } from './record-dialog.tsx'

const words = {
  opportunity: { head: 'Opportunities', one: 'opportunity', at: 'Opened', none: 'No opportunity is known.' },
  purchase: { head: 'Purchases', one: 'purchase', at: 'Bought', none: 'No purchase is known.' },
} as const

const valuesOf = ({ data }: RelatedRecord) => knownWords(Object.fromEntries(Object.entries(data).filter(([name]) => name !== 'name')))

const valuesCell = (record: RelatedRecord) => <span className="clip muted">{valuesOf(record)}</span>

const cellOf = (name: string) => {
  const cell = ({ data }: RelatedRecord) => (data[name] === undefined ? <span className="faint">–</span> : shown(data[name]))
  return cell
}

/** What every opportunity says of itself, each in its own column. */
const dealColumns: readonly Column<RelatedRecord>[] = [
  { id: 'stage', head: 'Stage', width: 120, cell: cellOf('stage') },
  {
    id: 'amount',
    head: 'Amount',
    num: true,
    width: 110,
    cell: ({ data }) => (typeof data.amount === 'number' ? fullNumber(data.amount) : <span className="faint">–</span>),
  },
  { id: 'owner', head: 'Owner', width: 140, cell: cellOf('owner') },
  { id: 'close', head: 'Closes', width: 110, cell: cellOf('close_date') },
]

/** What a person belongs to, might buy and has bought. Conditions and messages use it. */
export function Related({ contactId }: { contactId: number }) {
  const records = useQuery(api.companies.ofContact.queryOptions({ contactId }, { refetchInterval: 5_000 }))
  const queries = useQueryClient()
  const may = useMay('admin', 'marketer')
  const [joining, setJoining] = useState(false)
  const [edited, setEdited] = useState<{ kind: HandKind; record: RelatedRecord | null } | null>(null)
  const remove = useMutation(
    api.companies.removeRecord.mutationOptions({
      onError: (error) => toast({ words: problemWords(error), bad: true }),
      onSuccess: () => toast({ words: 'It goes now.' }),
      onSettled: () => queries.invalidateQueries(api.companies.ofContact.pathFilter()),
    }),
  )
  if (records.error) return <FailedFrame what="This part" error={records.error} onRetry={() => void records.refetch()} />
  if (!records.data) return <SkeletonRows rows={4} />
  const company = records.data.find((it) => it.kind === 'company')
  const drop = async (record: RelatedRecord, title: string) => {
    if (await confirm({ title, text: 'Flows and segments that ask for it hear of that.', deed: 'Remove' })) {
      remove.mutate({ contactId, kind: record.kind, id: record.id })
    }
  }
  const columns = (kind: HandKind): readonly Column<RelatedRecord>[] => [
    {
      id: 'name',
      head: kind === 'purchase' ? 'Purchase' : 'Opportunity',
      width: 240,
      cell: ({ id, data }) => <span className="name clip">{data.name === undefined ? id : shown(data.name)}</span>,
    },
    ...(kind === 'opportunity' ? dealColumns : [{ id: 'values', head: 'Known', cell: valuesCell }]),
    { id: 'at', head: words[kind].at, width: 120, cell: ({ at }) => <DateText at={at} style="day" /> },
  ]
  return (
    <>
      <section className="related-part">
        <header>
          <h3>Company</h3>
          {may && company && (
            <Button size="small" look="quiet" onClick={() => void drop(company, 'Take this person out of the company?')}>
              Take out…
            </Button>
          )}
          {may && (
            <Button size="small" onClick={() => setJoining(true)}>
              {company ? 'Another company…' : 'Choose…'}
            </Button>
          )}
        </header>
        {company ? (
          <p>
            <Link to="/companies/$companyId" params={{ companyId: company.id }} className="name">
              {shown(company.data.name ?? company.id)}
            </Link>{' '}
            <span className="values small">{valuesOf(company)}</span>
          </p>
        ) : (
          <p className="small muted">No company is known.</p>
        )}
      </section>
      {(['opportunity', 'purchase'] as const).map((kind) => {
        const rows = records.data.filter((it) => it.kind === kind)
        return (
          <section className="related-part" key={kind}>
            <header>
              <h3>{words[kind].head}</h3>
              {may && (
                <Button size="small" onClick={() => setEdited({ kind, record: null })}>
                  Add…
                </Button>
              )}
            </header>
            {rows.length === 0 ? (
              <p className="small muted">{words[kind].none}</p>
            ) : (
              <Table
                label={words[kind].head}
                rows={rows}
                rowKey={(row) => row.id}
                columns={columns(kind)}
                onOpen={may ? (record) => setEdited({ kind, record }) : undefined}
                actions={
                  may
                    ? (record) => (
                        <Button size="small" look="danger-quiet" onClick={() => void drop(record, `Remove this ${words[kind].one}?`)}>
                          Remove…
                        </Button>
                      )
                    : undefined
                }
              />
            )}
          </section>
        )
      })}
      <JoinDialog contactId={contactId} open={joining} onClose={() => setJoining(false)} />
      <RecordDialog contactId={contactId} edited={edited} onClose={() => setEdited(null)} />
    </>
  )
}
