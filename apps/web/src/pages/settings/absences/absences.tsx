import '../../../ui/charts.css'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../shell/api.ts'
import { useMay } from '../../../shell/person.ts'
import { spanWords } from '../../../ui/date-words.ts'
import { percent } from '../../../ui/numbers.ts'
import { SettingsHead } from '../settings-head.tsx'
import { AbsencePlan } from './absence-plan.tsx'

/** When people are away: a rep the own days, managers everybody's. */
export function Absences() {
  const manager = useMay('admin', 'sales_manager')
  return (
    <>
      <SettingsHead title="Absences">
        {manager
          ? 'Who is away when. Everybody in a team writes down the own days; you may for all.'
          : 'When you are away. You get no new leads then.'}
      </SettingsHead>
      {!manager && <MyNumbers />}
      <AbsencePlan teamId={null} />
    </>
  )
}

/** A rep's own figures, as the manager's board has them. */
function MyNumbers() {
  const mine = useQuery(api.board.mine.queryOptions({ days: 30 })).data
  if (!mine) return null
  const { now, period, onTime, contactMs } = mine
  const facts: readonly (readonly [string, string])[] = [
    ['Open now', String(now.open)],
    ['Given, 30 days', String(period.given)],
    ['Accepted', percent(period.accepted, period.accepted + period.rejected)],
    ['On time', percent(onTime.kept, onTime.of)],
    ['First contact', contactMs === null ? '–' : spanWords(contactMs)],
  ]
  return (
    <section className="my-numbers" aria-label="Your figures of the last 30 days">
      {facts.map(([name, value]) => (
        <dl key={name} className="figure">
          <dt className="muted">{name}</dt>
          <dd>
            <b>{value}</b>
          </dd>
        </dl>
      ))}
    </section>
  )
}
