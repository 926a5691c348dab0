import type { Answers } from '../../shell/api.ts'
import { spanWords } from '../../ui/date-words.ts'
import { NumberText } from '../../ui/number-text.tsx'
import { fullNumber, percent } from '../../ui/numbers.ts'

type Month = Answers['home']['look']['month']

/** From name to lead in the last 30 days: what marketing brought, and what sales made of it. */
export function Strip({ month }: { month: Month }) {
  const { people, mails, handedOver, accepted, rejected, answerMs } = month
  const answered = accepted + rejected
  const stages: readonly (readonly [name: string, value: number, below: string])[] = [
    ['New people', people, 'came in'],
    ['Mails', mails, 'went out'],
    ['Handed over', handedOver, handedOver > answered ? `${fullNumber(handedOver - answered)} without an answer yet` : 'to sales'],
    ['Accepted', accepted, `${percent(accepted, answered)} of those answered`],
    ['Rejected', rejected, answerMs === null ? 'nobody answered yet' : `half of the answers within ${spanWords(answerMs)}`],
  ]
  return (
    <section className="strip" aria-labelledby="strip">
      <header>
        <h2 id="strip">From name to lead</h2>
        <span className="small faint">the last 30 days</span>
      </header>
      <div className="strip-own" aria-hidden="true">
        <span>Marketing owns</span>
        <span>Sales owns</span>
      </div>
      <div className="stages">
        {stages.map(([name, value, below]) => (
          <dl key={name} className="stage">
            <dt>{name}</dt>
            <dd>
              <NumberText value={value} fold />
            </dd>
            <dd className="small">{below}</dd>
          </dl>
        ))}
      </div>
    </section>
  )
}
