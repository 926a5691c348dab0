import './imports.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { api } from '../../shell/api.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { StateDot } from '../../ui/marks.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { DropZone } from './drop-zone.tsx'
import { type Job, STATES, sizeWords } from './words.ts'

const count = (id: 'created' | 'updated' | 'unchanged' | 'rejected', head: string): Column<Job> => ({
  id,
  head,
  num: true,
  width: 90,
  cell: (job) => <span className={id === 'rejected' && job.rejected > 0 ? 'danger' : undefined}>{fullNumber(job[id])}</span>,
})

const columns: readonly Column<Job>[] = [
  {
    id: 'file',
    head: 'File',
    cell: ({ fileName, size, byName }) => (
      <>
        <div className="name clip">{fileName}</div>
        <div className="second clip">
          {sizeWords(size)}
          {byName === null ? '' : `, by ${byName}`}
        </div>
      </>
    ),
  },
  {
    id: 'state',
    head: 'State',
    width: 120,
    cell: ({ status }) => <StateDot tone={STATES[status][0]}>{STATES[status][1]}</StateDot>,
  },
  count('created', 'New'),
  count('updated', 'Updated'),
  count('unchanged', 'Unchanged'),
  count('rejected', 'Rejected'),
  { id: 'at', head: 'When', width: 140, cell: ({ createdAt }) => <DateText at={createdAt} /> },
]

/** Brings people in from files; what came in before. */
export function ImportsPage() {
  const navigate = useNavigate()
  const open = useCallback((id: string) => void navigate({ to: '/imports/$importId', params: { importId: id } }), [navigate])
  const list = useQuery(
    api.imports.list.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.some((it) => it.status === 'running') ? 1000 : false),
    }),
  )
  return (
    <div className="page">
      <TopBar
        crumbs={[
          <Link key="contacts" to="/contacts">
            Contacts
          </Link>,
          'Import',
        ]}
      />
      <div className="page-body">
        <div className="imports-top">
          <DropZone onMade={open} />
        </div>
        {list.isPending && <SkeletonRows rows={4} height={47} />}
        {list.isError && <FailedFrame what="The list of imports" error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && list.data.length > 0 && (
          <section className="imports-before" aria-labelledby="before">
            <h2 id="before">Imports before</h2>
            <Table label="Imports" tall rows={list.data} columns={columns} rowKey={(it) => it.id} onOpen={(it) => open(it.id)} />
          </section>
        )}
      </div>
    </div>
  )
}
