import type { AgreementContent, Catalog } from '@baton/engine'
import { type ThresholdPoint, thresholdCurve } from '@baton/leads'
import { useState } from 'react'
import { Callout } from '../../ui/callout.tsx'
import { ChartFrame } from '../../ui/chart-frame.tsx'
import { Select } from '../../ui/fields.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { Curve } from './curve.tsx'
import { useHistory } from './use-history.ts'
import { rate, shareWords } from './words.ts'

const WEEKS = 26

type Props = { agreementId: string; catalog: Catalog; content: AgreementContent }

/** A slider over the threshold of one score: what each place would have meant in the last half year. */
export function ThresholdHistory({ agreementId, catalog, content }: Props) {
  const [dimension, setDimension] = useState(content.thresholds[0]?.dimension ?? catalog.dimensions[0]?.id ?? '')
  const [chosen, setChosen] = useState<number | null>(null)
  const history = useHistory(agreementId, dimension, WEEKS)
  const name = catalog.dimensions.find((it) => it.id === dimension)?.name ?? dimension
  const now = content.thresholds.find((it) => it.dimension === dimension)?.atLeast ?? null
  const scores = history ? [...history.handed.map((it) => it.score), ...history.left.map((it) => it.score)] : []
  const top = Math.max(10, now ?? 0, ...scores) + 1
  const curve = history
    ? thresholdCurve({ weeks: WEEKS, ...history, lowest: now ?? Math.min(top, ...history.handed.map((it) => it.score)) }, 1, top)
    : []
  const at = Math.min(top, chosen ?? Math.max(1, Math.ceil(now ?? 1)))
  return (
    <section aria-labelledby="another">
      <h2 id="another">Another threshold</h2>
      <p className="small muted agreement-prose">
        The last {WEEKS} weeks as recorded: leads by the score they were handed over with, everybody else by the highest score they came to
        while they meet the other criteria as they are today. Who was never handed over was never answered: below the threshold that stood,
        nobody can say how many sales would have accepted.
      </p>
      <div className="row agreement-slider">
        <Select
          aria-label="Which score"
          data={catalog.dimensions.map(({ id, name: words }) => ({ value: id, label: `${words} score` }))}
          value={dimension}
          allowDeselect={false}
          onChange={(it) => {
            setDimension(it ?? dimension)
            setChosen(null)
          }}
        />
        <input
          type="range"
          min={1}
          max={top}
          value={at}
          aria-label={`Threshold of the ${name} score`}
          onChange={(event) => setChosen(event.currentTarget.valueAsNumber)}
        />
        <output className="num">at least {at}</output>
      </div>
      {history?.failed && <Callout tone="danger" title="The history could not be read to its end. Reload the page to try again." />}
      {history && history.share < 1 && !history.failed && (
        <ProgressBar label="Looking at who was not handed over" done={Math.round(history.share * 100)} total={100} unit="%" />
      )}
      {history && scores.length === 0 && history.share === 1 && (
        <p className="muted">Nobody has come to any {name} score in this time, so there is nothing to weigh.</p>
      )}
      {scores.length > 0 && <Reading curve={curve} at={at} now={now} estimated={(history?.share ?? 1) < 1} />}
      {scores.length > 0 && <Charts curve={curve} at={at} now={now} name={name} onChoose={setChosen} />}
    </section>
  )
}

const missed = (it: ThresholdPoint) => `${rate(it.winsMissed)} of ${rate(it.wins)}`
const acceptance = (it: ThresholdPoint) => (it.acceptance ? shareWords({ share: it.acceptance }) : 'nobody can say')

/** The chosen place against the one that stands, in a sentence. */
function Reading({ curve, at, now, estimated }: { curve: readonly ThresholdPoint[]; at: number; now: number | null; estimated: boolean }) {
  const here = curve.find((it) => it.at === at)
  const stands = now === null ? undefined : curve.find((it) => it.at === Math.ceil(now))
  if (!here) return null
  const other = stands && stands.at !== here.at ? stands : undefined
  return (
    <p className="agreement-reading" aria-live="polite">
      {estimated && 'About: '}
      <b>{rate(here.perWeek)}</b> leads in a week{other && ` instead of ${rate(other.perWeek)}`}, accepted: <b>{acceptance(here)}</b>
      {other && ` instead of ${acceptance(other)}`}, customers missed: <b>{missed(here)}</b>
      {other && ` instead of ${rate(other.winsMissed)}`}.
      {here.newPerWeek > 0 && ` ${rate(here.newPerWeek)} a week of them were not handed over then.`}
    </p>
  )
}

type ChartProps = { curve: readonly ThresholdPoint[]; at: number; now: number | null; name: string; onChoose: (at: number) => void }

/** The same three figures over all thresholds, one below the other on one scale. */
function Charts({ curve, at, now, name, onChoose }: ChartProps) {
  const table = {
    head: [`${name} at least`, 'Leads in a week', 'Accepted', 'Customers missed'],
    rows: curve.map((it) => [String(it.at), rate(it.perWeek), acceptance(it), missed(it)]),
  }
  const shared = { points: curve, at, now, onChoose }
  return (
    <ChartFrame title={`What each threshold of the ${name} score would have meant`} table={table}>
      <div className="agreement-curves">
        <Curve {...shared} title="Leads in a week" of={(it) => it.perWeek} said={rate} />
        <Curve
          {...shared}
          title="Accepted of those answered"
          of={(it) => (it.acceptance ? it.acceptance.share * 100 : null)}
          band={(it) => (it.acceptance ? [it.acceptance.low * 100, it.acceptance.high * 100] : null)}
          most={100}
          said={(it) => `${Math.round(it)}%`}
        />
        <Curve {...shared} title="Customers missed" of={(it) => it.winsMissed} said={rate} />
      </div>
    </ChartFrame>
  )
}
