import type { Intake } from '@baton/engine'

type Props = {
  intake: readonly Intake[]
  /** As they are by themselves: only by a segment is it known who matches, only of some events how often they happen. */
  starts: readonly Intake[]
  nameOf: (node: string) => string
  onChange: (intake: readonly Intake[]) => void
}

const HOW: readonly (readonly [Intake['how'], string])[] = [
  ['matching', 'who matches now'],
  ['happening', 'as it happens'],
  ['everybody', 'everybody, over'],
  ['rate', 'each week'],
]

/** How people come in at each start that does not let in by time. */
export function IntakeChoice({ intake, starts, nameOf, onChange }: Props) {
  const fits = (node: string, how: Intake['how']) =>
    (how !== 'matching' && how !== 'happening') || starts.some((it) => it.node === node && it.how === how)
  const put = (next: Intake) => onChange(intake.map((it) => (it.node === next.node ? next : it)))
  return (
    <ul className="forecast-intake">
      {intake.map((it) => (
        <li key={it.node}>
          <span className="clip" title={nameOf(it.node)}>
            {nameOf(it.node)}
          </span>
          <div className="row">
            <select
              className="field-input"
              aria-label={`Who comes in by ${nameOf(it.node)}`}
              value={it.how}
              onChange={(event) => {
                const how = HOW.find(([id]) => id === event.currentTarget.value)?.[0]
                if (how === 'matching' || how === 'happening') put({ node: it.node, how })
                if (how === 'everybody') put({ node: it.node, how, days: 28 })
                if (how === 'rate') put({ node: it.node, how, perWeek: 0.01 })
              }}
            >
              {HOW.filter(([id]) => fits(it.node, id)).map(([id, words]) => (
                <option key={id} value={id}>
                  {words}
                </option>
              ))}
            </select>
            {it.how === 'everybody' && (
              <label className="row">
                <span className="unseen">Days</span>
                <input
                  className="field-input num"
                  type="number"
                  min={0}
                  max={366}
                  value={it.days}
                  onChange={(event) => put({ ...it, days: Math.min(366, Math.max(0, Number(event.currentTarget.value))) })}
                />
                days
              </label>
            )}
            {it.how === 'rate' && (
              <label className="row">
                <span className="unseen">Per cent of people</span>
                <input
                  className="field-input num"
                  type="number"
                  min={0}
                  max={100}
                  step={0.1}
                  value={Number((it.perWeek * 100).toFixed(2))}
                  onChange={(event) => put({ ...it, perWeek: Math.max(0, Number(event.currentTarget.value)) / 100 })}
                />
                % of people
              </label>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
