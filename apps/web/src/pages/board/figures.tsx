import '../../ui/charts.css'
import { NumberText } from '../../ui/number-text.tsx'
import { percent } from '../../ui/numbers.ts'
import { type Board, moneyWords, spanOrDash } from './words.ts'

/** Of how many answers: they are counted by when they were given, so that there can be more of them than leads that came in the period. */
function answerWords({ accepted, rejected, handedOver }: Board['period']): string {
  const answers = accepted + rejected
  return `${accepted} of ${answers} answers${answers > handedOver ? ', with earlier or moved leads' : ''}`
}

/** What became of the leads of the period, in one strip. */
export function PeriodStrip({ board, days }: { board: Board; days: number }) {
  const { period, reps } = board
  const kept = reps.reduce((sum, it) => sum + it.onTime.kept, 0)
  const of = reps.reduce((sum, it) => sum + it.onTime.of, 0)
  const answered = period.accepted + period.rejected
  const parts: readonly (readonly [string, React.ReactNode, string])[] = [
    [
      'Handed over',
      <NumberText key="n" value={period.handedOver} fold />,
      period.overflow > 0 ? `${period.overflow} found nobody` : 'to sales',
    ],
    ['Accepted', percent(period.accepted, answered), answered === 0 ? 'nobody answered yet' : answerWords(period)],
    ['On time', percent(kept, of), of === 0 ? 'no deadline came yet' : `${kept} of ${of}, ${period.breached} too late`],
    ['First contact', spanOrDash(period.contactMs), 'half of them within'],
    [
      'Won',
      <NumberText key="n" value={period.won} fold />,
      period.won === 0 ? `${period.lost} lost` : `${moneyWords(period.revenue)}, ${period.lost} lost`,
    ],
  ]
  return (
    <section className="board-strip" aria-label={`The last ${days} days`}>
      {parts.map(([name, value, below]) => (
        <dl key={name} className="figure">
          <dt className="muted">{name}</dt>
          <dd>
            <b>{value}</b>
          </dd>
          <dd className="small muted">{below}</dd>
        </dl>
      ))}
    </section>
  )
}
