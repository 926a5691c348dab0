import './scoring.css'
import { compileCondition, conditionSentence } from '@baton/engine'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ConditionBuilder, emptyCondition } from '../../condition/index.tsx'
import { api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Select } from '../../ui/fields.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { Lift } from './lift.tsx'
import { aucWords, type Report, shareText } from './report.ts'
import { Roc } from './roc.tsx'
import { ScoringTabs } from './scoring-tabs.tsx'

/** Holds a score against an outcome: whether those it happened to have the higher points. */
export function ReportPage() {
  const { data: catalog } = useSuspenseQuery(api.flows.catalog.queryOptions())
  const [dimension, setDimension] = useState(catalog.dimensions[0]?.id ?? '')
  const [outcome, setOutcome] = useState(emptyCondition)
  const [people, setPeople] = useState(emptyCondition)
  const report = useMutation(api.scores.report.mutationOptions())
  const whole = (it: typeof outcome) => !('issues' in compileCondition(it, catalog, 'segment'))
  const among = people.rules.length === 0 ? null : people
  const complete = dimension !== '' && whole(outcome) && (among === null || whole(among))
  const [asked, setAsked] = useState('')
  const ask = () => {
    setAsked(
      conditionSentence(outcome, catalog)
        .map((it) => it.text)
        .join(' '),
    )
    report.mutate({ dimension, outcome, people: among })
  }
  return (
    <div className="page">
      <TopBar crumbs={['Scoring']} middle={<ScoringTabs />}>
        <Button
          look="primary"
          busy={report.isPending}
          disabled={!complete}
          title={complete ? undefined : 'Say first what the outcome is'}
          onClick={ask}
        >
          {report.data ? 'Work it out again' : 'Work it out'}
        </Button>
      </TopBar>
      <div className="page-body score-main score-report">
        <section className="score-part" aria-label="What is asked">
          <div className="grade-sides">
            <Select
              label="Does this score"
              data={catalog.dimensions.map((it) => ({ value: it.id, label: it.name }))}
              value={dimension}
              allowDeselect={false}
              onChange={(it) => it && setDimension(it)}
            />
            <div>
              <span className="label">tell apart those of whom it is true that</span>
              <ConditionBuilder value={outcome} onChange={setOutcome} catalog={catalog} place="segment" />
            </div>
          </div>
          <details className="score-age" open={among !== null}>
            <summary>Only among some people</summary>
            <ConditionBuilder value={people} onChange={setPeople} catalog={catalog} place="segment" />
          </details>
        </section>
        {report.error && <Callout tone="danger" title={problemWords(report.error)} />}
        {report.data ? (
          <Answer report={report.data} words={asked} />
        ) : (
          !report.isPending && (
            <EmptyState title="Does the score know who will?">
              Choose an outcome that is known of people who are there: a field, a stage, something they did. From everybody’s points the
              page draws how well the score ranks them.
            </EmptyState>
          )
        )}
      </div>
    </div>
  )
}

function Answer({ report: { people, positive, ranking, lift, warnings }, words }: { report: Report; words: string }) {
  if (!ranking) {
    const none = positive === 0 ? 'It is true of nobody' : 'It is true of everybody'
    return <Callout title={`${none}, so there is nothing to tell apart.`}>{fullNumber(people)} people were looked at.</Callout>
  }
  const [first] = lift
  return (
    <>
      {warnings.map((it) => (
        <Callout key={it} tone="warn" title={it} />
      ))}
      <section className="score-figures" aria-label="The answer">
        <div>
          <b className="figure num">{ranking.auc.toFixed(3)}</b>
          <span className="small muted">
            area under the curve, {ranking.low.toFixed(3)}–{ranking.high.toFixed(3)}
          </span>
          <span className="small">{aucWords(ranking.auc)}</span>
        </div>
        <div>
          <b className="figure num">{shareText(positive / people)}</b>
          <span className="small muted">
            {fullNumber(positive)} of {fullNumber(people)} people
          </span>
          <span className="small clip">{words}</span>
        </div>
        {first && (
          <div>
            <b className="figure num">{first.lift.toFixed(1)}×</b>
            <span className="small muted">as often in the best tenth as over all</span>
            <span className="small">{shareText(first.found)} of all of them are in it</span>
          </div>
        )}
      </section>
      <div className="score-charts">
        <Roc ranking={ranking} />
        <Lift parts={lift} />
      </div>
      <details className="score-age">
        <summary>How this is worked out</summary>
        <p className="small muted prose">
          Everybody’s points as they count now, against whether the outcome is plainly true of them. The area is the share of all pairs of
          one it happened to and one it did not in which the first has more points, ties half (Mann–Whitney). Its bounds are those of 95 %
          by the variance of DeLong, DeLong and Clarke-Pearson (Biometrics 44, 1988). Tenths hold equally many people; where a boundary
          falls among people with the same points, each side has its share of them. Points that came after the outcome make a score look
          better than it is.
        </p>
      </details>
    </>
  )
}
