import type { Condition } from '@baton/engine'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { fullNumber, percent } from '../../ui/numbers.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { type ContactRow, nameOf, STAGES, titleAt } from '../contacts/people.ts'
import { type Counts, useCounts } from './use-counts.ts'
import { Why } from './why.tsx'

const columns: readonly Column<ContactRow>[] = [
  {
    id: 'who',
    head: 'Person',
    cell: (row) => (
      <>
        <div className="name clip">{nameOf(row)}</div>
        {nameOf(row) !== row.key && <div className="second clip">{row.key}</div>}
      </>
    ),
  },
  { id: 'about', head: 'Title and company', cell: (row) => <span className="muted clip">{titleAt(row) || '–'}</span> },
  { id: 'stage', head: 'Stage', cell: ({ stage }) => STAGES[stage] },
]

/** How many are shown by name; more of them can be chosen below. */
const SHOWN = 5

/** Who matches now: the counts with what is not known, some of them, and why one person does or does not. */
export function Preview({ condition, complete }: { condition: Condition; complete: boolean }) {
  const navigate = useNavigate()
  const [asked] = useDebouncedValue(condition, 300)
  const options = { enabled: complete, placeholderData: keepPreviousData, staleTime: 5000 }
  const { counts, query } = useCounts(asked, complete)
  const preview = useQuery(api.segments.preview.queryOptions({ condition: asked }, options))
  if (!complete) return <p className="muted">Complete the sentence to see who matches.</p>
  if (query.error) return <FailedFrame what="The count" error={query.error} onRetry={() => void query.refetch()} />
  const rows = preview.data && 'rows' in preview.data ? preview.data.rows : undefined
  return (
    <>
      <section aria-labelledby="who-matches" className="stack">
        <h2 id="who-matches">Who matches now</h2>
        {counts && <Figures {...counts} />}
        {rows && rows.length > 0 && (
          <div className="preview">
            <Table
              label="Some who match"
              tall
              rows={rows.slice(0, SHOWN)}
              columns={columns}
              rowKey={(row) => String(row.id)}
              onOpen={(row) => void navigate({ to: '/contacts/$contactId', params: { contactId: String(row.id) } })}
            />
          </div>
        )}
      </section>
      {rows && <Why condition={asked} rows={rows} />}
    </>
  )
}

function Figures({ matches, not, unknown, error, exact, progress }: Counts) {
  const about = exact ? '' : 'about '
  const all = matches + not + unknown
  const share = (n: number) => ({ width: `${all === 0 ? 0 : (100 * n) / all}%` })
  return (
    <div aria-live="polite">
      <div className="verdicts" aria-hidden="true">
        <span className="match" style={share(matches)} />
        <span className="unknown" style={share(unknown)} />
      </div>
      <div className="verdict-figures">
        <p>
          {about}
          <b className="num">{fullNumber(matches)}</b> {exact ? '' : `± ${fullNumber(error)} `}match{' '}
          <span className="muted">({percent(matches, all)})</span>
        </p>
        <p>
          {about}
          <b className="num">{fullNumber(not)}</b> do not
        </p>
        <p>
          {about}
          <b className="num">{fullNumber(unknown)}</b> not known
        </p>
      </div>
      {progress !== null && <ProgressBar label="Counting everybody" done={Math.round(progress * all)} total={all} unit="people" />}
      {unknown > 0 && (
        <p className="small muted prose">
          Not known: a value that the condition asks for is empty, so it is neither true nor false. These people are not in the segment.
        </p>
      )}
    </div>
  )
}
