import '../../ui/table.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { DateText } from '../../ui/date-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonText } from '../../ui/skeleton.tsx'
import { CriteriaTable } from './criteria-table.tsx'
import { FigureBox } from './figure-box.tsx'
import { AgreementHead, type TabProps } from './head.tsx'
import { Suggestions } from './suggestions.tsx'
import { ThresholdHistory } from './threshold-history.tsx'
import { rate, shareWords } from './words.ts'

type Measured = Answers['agreements']['measured']

const PERIODS = [
  { value: 'quarter', label: 'This quarter' },
  { value: 'last-quarter', label: 'Last quarter' },
  { value: 'year', label: '12 months' },
  { value: 'all', label: 'Ever since' },
] as const
type Period = (typeof PERIODS)[number]['value']

/** What came of the leads, what another threshold would have meant, and what the record suggests. */
export function MeasureTab({ agreement, catalog, middle }: TabProps) {
  const [period, setPeriod] = useState<Period>('quarter')
  const measured = useQuery(api.agreements.measured.queryOptions({ id: agreement.id, period }, { placeholderData: keepPreviousData }))
  const data = measured.data
  const deciding = agreement.versions.find((it) => it.version === agreement.deciding)
  return (
    <div className="page">
      <AgreementHead agreement={agreement} middle={middle} />
      <div className="page-body agreement-measure">
        <div className="row">
          <Segmented label="Period" value={period} options={PERIODS} onChange={setPeriod} />
          {data?.before && (
            <span className="small muted">
              against <DateText at={data.before.from} style="day" zone={catalog.workspaceZone} /> to{' '}
              <DateText at={data.before.to - 1} style="day" zone={catalog.workspaceZone} />
            </span>
          )}
        </div>
        {measured.isPending && <SkeletonText lines={6} />}
        {measured.isError && <FailedFrame what="The figures" error={measured.error} onRetry={() => void measured.refetch()} />}
        {data && data.tally.handed === 0 && (
          <EmptyState title="Nobody was handed over by it in this time.">
            Choose it in a step “Hand to sales”: from then on every lead counts here, by the version it was handed over by.
          </EmptyState>
        )}
        {data && data.tally.handed > 0 && (
          <>
            <Key data={data} />
            <div className="agreement-two">
              <Became data={data} />
              <Reasons data={data} />
            </div>
            <ByVersion data={data} />
            <CriteriaTable agreementId={agreement.id} period={period} />
          </>
        )}
        {deciding && catalog.dimensions.length > 0 && (
          <ThresholdHistory agreementId={agreement.id} catalog={catalog} content={deciding.content} />
        )}
        <Suggestions agreement={agreement} catalog={catalog} />
      </div>
    </div>
  )
}

/** Both errors side by side: leads that sales did not want, and customers whom nobody handed over. */
function Key({ data }: { data: Measured }) {
  return (
    <div className="agreement-figures">
      <FigureBox
        title="Accepted by sales"
        said="of those answered"
        hint="Low: too loose, it wastes the time of sales."
        figure={data.accepted}
      />
      <FigureBox title="Won" said="of those that came to an end" figure={data.won} />
      {data.foundBefore && (
        <FigureBox
          title="Customers handed over before"
          said="of the new customers"
          hint={`Low: too strict, sales finds them without it. ${fullNumber(data.byThis)} by this agreement.`}
          figure={data.foundBefore}
        />
      )}
      <div className="figure-box">
        <h3>Leads in a week</h3>
        <b>{rate(data.perWeek)}</b>
        <p className="small">{fullNumber(data.tally.handed)} handed over</p>
        {data.perWeekBefore !== null && <p className="small muted">{rate(data.perWeekBefore)} in a week before</p>}
      </div>
    </div>
  )
}

/** Each lead once: where it stands or how it ended. */
function Became({ data: { tally } }: { data: Measured }) {
  const rows = [
    ['Won', tally.won],
    ['Lost', tally.ended - tally.won - tally.rejected - tally.noResponse],
    ['Rejected', tally.rejected],
    ['Nobody answered', tally.noResponse],
    ['No rep had room', tally.overflow],
    ['Still with sales', tally.open],
  ] as const
  return <Bars title="What became of them" of={tally.handed} rows={rows} />
}

function Reasons({ data: { reasons, tally } }: { data: Measured }) {
  if (reasons.length === 0)
    return (
      <section>
        <h2>Why they were rejected</h2>
        <p className="muted">Nobody was rejected in this time.</p>
      </section>
    )
  const rows = reasons.map(({ reason, n }) => [reason === '' ? 'No reason kept' : reason, n] as const)
  return <Bars title="Why they were rejected" of={tally.rejected} rows={rows} />
}

/** Counts as bars, with their share of the whole. */
function Bars({ title, of, rows }: { title: string; of: number; rows: readonly (readonly [string, number])[] }) {
  return (
    <section>
      <h2>
        {title} <span className="small faint num">{fullNumber(of)}</span>
      </h2>
      <ul className="agreement-bars">
        {rows.map(([words, n]) => (
          <li key={words}>
            <span className="clip" title={words}>
              {words}
            </span>
            <span className="track" aria-hidden="true">
              <i style={{ width: `${of > 0 ? Math.max(n > 0 ? 1 : 0, (100 * n) / of) : 0}%` }} />
            </span>
            <span className="num">{fullNumber(n)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function ByVersion({ data: { versions } }: { data: Measured }) {
  return (
    <section>
      <h2>By version</h2>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col" className="num">
              Handed over
            </th>
            <th scope="col" className="num">
              Accepted
            </th>
            <th scope="col" className="num">
              Of the answered
            </th>
            <th scope="col" className="num">
              Won
            </th>
            <th scope="col" className="num">
              Of the ended
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map(({ tally, accepted, won }) => (
            <tr key={tally.version}>
              <th scope="row">v{tally.version}</th>
              <td className="num">{fullNumber(tally.handed)}</td>
              <td className="num">
                {fullNumber(accepted.n)} of {fullNumber(accepted.of)}
              </td>
              <td className="num">{shareWords(accepted)}</td>
              <td className="num">
                {fullNumber(won.n)} of {fullNumber(won.of)}
              </td>
              <td className="num">{shareWords(won)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
