import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { toast } from '../../ui/toast.ts'
import { rowsWords } from './words.ts'

type Job = Answers['imports']['get']
type Reject = Answers['imports']['rejects'][number]

const columns: readonly Column<Reject>[] = [
  { id: 'line', head: 'Line', num: true, width: 80, cell: ({ line }) => fullNumber(line) },
  { id: 'why', head: 'Why it was not taken', cell: ({ reason }) => reason },
  { id: 'raw', head: 'As it stands in the file', cell: ({ raw }) => <code className="clip">{raw}</code> },
]

const titles = {
  uploaded: 'Not started',
  running: 'Taking people in',
  done: 'All rows are read',
  cancelled: 'Stopped. What came in stays.',
  failed: 'The import failed. What came in stays.',
} as const satisfies { [S in Job['status']]: string }

/** How far an import is, and what came of it: every row is in one of the four figures. */
export function Report({ job, onChanged }: { job: Job; onChanged: () => void }) {
  const { id, status, rowsRead, bytesRead, size, rejected } = job
  const queries = useQueryClient()
  const mayEdit = useMay('admin', 'marketer')
  const running = status === 'running'
  const deed = { onSuccess: onChanged, onError: (error: unknown) => toast({ words: problemWords(error), bad: true }) }
  const cancel = useMutation(api.imports.cancel.mutationOptions(deed))
  const goOn = useMutation(api.imports.goOn.mutationOptions(deed))
  useEffect(() => {
    if (!running) void queries.invalidateQueries({ queryKey: api.contacts.pathKey() })
  }, [running, queries])
  const total = bytesRead > 0 ? Math.max(rowsRead, Math.round((rowsRead * size) / bytesRead)) : undefined
  return (
    <>
      <section className="report-head">
        <h2>{titles[status]}</h2>
        <p className="muted">
          {job.byName === null ? '' : `${job.byName}, `}
          <DateText at={job.startedAt ?? job.createdAt} style="full" />. {rowsWords(rowsRead)} read.
        </p>
      </section>
      {running && (
        <ProgressBar
          label="Rows read"
          done={rowsRead}
          total={total}
          unit="rows"
          onCancel={() => cancel.mutate({ id })}
          cancelWords="Stop"
        />
      )}
      {job.error !== null && <Callout tone="danger" title={job.error} />}
      <div className="report-figures" aria-live="polite">
        <Figure n={job.created} words="new people" />
        <Figure n={job.updated} words="updated" />
        <Figure n={job.unchanged} words="unchanged" />
        <Figure n={rejected} words="rejected" bad={rejected > 0} />
      </div>
      {!running && (
        <div className="row">
          <ButtonLink look="primary" to="/contacts">
            Show the contacts
          </ButtonLink>
          {mayEdit && job.kept && (status === 'cancelled' || status === 'failed') && (
            <Button busy={goOn.isPending} onClick={() => goOn.mutate({ id })}>
              Go on where it stopped
            </Button>
          )}
          <ButtonLink to="/imports">Import another file</ButtonLink>
        </div>
      )}
      {rejected > 0 && <Rejects id={id} rejected={rejected} />}
    </>
  )
}

const Figure = ({ n, words, bad = false }: { n: number; words: string; bad?: boolean }) => (
  <p className={bad ? 'danger' : undefined}>
    <b className="num">{fullNumber(n)}</b> {words}
  </p>
)

function Rejects({ id, rejected }: { id: string; rejected: number }) {
  const rejects = useQuery(api.imports.rejects.queryOptions({ id }))
  const shown = rejects.data ?? []
  return (
    <section>
      <div className="row rejects-head">
        <h2 className="grow">Rejected rows</h2>
        <a className="btn" href={`/api/imports/${id}/rejected.csv`} download>
          <IconDownload size={14} stroke={1.75} aria-hidden="true" />
          Download rejected rows
        </a>
      </div>
      {shown.length > 0 && <Table label="Rejected rows" rows={shown} columns={columns} rowKey={(it) => String(it.line)} />}
      {rejected > shown.length && shown.length > 0 && (
        <p className="small muted">
          The first {fullNumber(shown.length)} of {rowsWords(rejected)}. All of them are in the file.
        </p>
      )}
    </section>
  )
}
