import '../../ui/table.css'
import { ChartFrame } from '../../ui/chart-frame.tsx'
import { Meter } from '../../ui/meter.tsx'
import { fullNumber, percent } from '../../ui/numbers.ts'
import { Keys } from './period-chart.tsx'
import { type Figures, moneyWords, spanOrDash, type Week } from './words.ts'

type Count = Exclude<keyof Figures, 'contactMs'>

/** `worse`: more of it is bad news. */
const FIGURES: readonly { key: Count; words: string; worse?: true }[] = [
  { key: 'handedOver', words: 'Handed over' },
  { key: 'accepted', words: 'Accepted' },
  { key: 'rejected', words: 'Rejected', worse: true },
  { key: 'breached', words: 'Too late', worse: true },
  { key: 'clawedBack', words: 'Taken back', worse: true },
  { key: 'noResponse', words: 'No response', worse: true },
  { key: 'won', words: 'Won' },
  { key: 'lost', words: 'Lost', worse: true },
  { key: 'revenue', words: 'Revenue' },
]

/** Change against the week before, with sign and word: never colour alone. */
function Change({ now, before, worse = false, show }: { now: number; before: number; worse?: boolean; show: (n: number) => string }) {
  if (now === before) return <span className="small muted">as before</span>
  const better = now > before !== worse
  return (
    <span className={better ? 'small ok' : 'small danger'}>
      {now > before ? '▲' : '▼'} {show(Math.abs(now - before))} <span className="muted">from {show(before)}</span>
    </span>
  )
}

/** The figures of the week, each with its change. */
export function WeekFigures({ week: { now, before } }: { week: Week }) {
  return (
    <section className="week-figures" aria-label="The week in figures">
      {FIGURES.map(({ key, words, worse }) => {
        const show = key === 'revenue' ? moneyWords : fullNumber
        return (
          <dl key={key} className="figure">
            <dt className="muted">{words}</dt>
            <dd>
              <b>{show(now[key])}</b>
            </dd>
            <dd>
              <Change now={now[key]} before={before[key]} worse={worse === true} show={show} />
            </dd>
          </dl>
        )
      })}
      <dl className="figure">
        <dt className="muted">First contact</dt>
        <dd>
          <b>{spanOrDash(now.contactMs)}</b>
        </dd>
        <dd className="small muted">{before.contactMs === null ? 'half of them within' : `before: ${spanOrDash(before.contactMs)}`}</dd>
      </dl>
    </section>
  )
}

const dayName = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' })
const DAY = 86_400_000

/** Day by day: handed over, accepted, too late. */
export function WeekDays({ week }: { week: Week }) {
  const most = Math.max(1, ...week.days.flatMap((it) => [it.handedOver, it.accepted, it.breached]))
  const names = week.days.map((_, i) => dayName.format(Date.parse(week.week.key) + i * DAY))
  return (
    <ChartFrame
      title="Day by day"
      right={<Keys given={week.now.handedOver} taken={week.now.accepted} missed={week.now.breached} />}
      table={{
        head: ['Day', 'Handed over', 'Accepted', 'Too late'],
        rows: week.days.map((it, i) => [names[i], it.handedOver, it.accepted, it.breached]),
      }}
    >
      <div className="week-days">
        {week.days.map((it, i) => (
          <div
            key={names[i]}
            className="week-day"
            title={`${names[i]}: ${it.handedOver} handed over, ${it.accepted} accepted, ${it.breached} too late`}
          >
            <span className="bars">
              <i style={{ height: `${(100 * it.handedOver) / most}%` }} />
              <i className="taken" style={{ height: `${(100 * it.accepted) / most}%` }} />
              {it.breached > 0 && <i className="missed" style={{ height: `${(100 * it.breached) / most}%` }} />}
            </span>
            <span className="small muted">{names[i]}</span>
          </div>
        ))}
      </div>
    </ChartFrame>
  )
}

/** Why leads were rejected, the most frequent first. */
export function WeekReasons({ week: { reasons } }: { week: Week }) {
  const most = Math.max(1, ...reasons.map((it) => it.n))
  return (
    <section className="week-part" aria-label="Why leads were rejected">
      <h3>Why leads were rejected</h3>
      {reasons.length === 0 && <p className="muted board-none">Nothing was rejected in these two weeks.</p>}
      {reasons.map(({ why, n, before }) => (
        <div key={why} className="reason-bar">
          <span className="clip">{why}</span>
          <Meter label={why} value={n} max={most} look="score" />
          <span className="num">
            {n} <span className="small faint">before {before}</span>
          </span>
        </div>
      ))}
    </section>
  )
}

type Row = Figures & { key: string; name: string }

/** The same figures for each rep or each flow. */
export function WeekTable({ title, first, given, rows }: { title: string; first: string; given: string; rows: readonly Row[] }) {
  return (
    <section className="week-part wide" aria-label={title}>
      <h3>{title}</h3>
      {rows.length === 0 ? (
        <p className="muted board-none">Nothing happened in this week.</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th>{first}</th>
              {[given, 'Accepted', 'Too late', 'Won', 'Revenue', 'First contact'].map((head) => (
                <th key={head} className="num">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <td>
                  <span className="clip">{row.name}</span>
                </td>
                <td className="num">{row.handedOver}</td>
                <td className="num" title={`${row.accepted} accepted, ${row.rejected} rejected`}>
                  {row.accepted} <span className="small faint">{percent(row.accepted, row.accepted + row.rejected)}</span>
                </td>
                <td className="num">{row.breached > 0 ? <span className="danger">{row.breached}</span> : 0}</td>
                <td className="num">{row.won}</td>
                <td className="num">{row.revenue === 0 ? <span className="faint">–</span> : moneyWords(row.revenue)}</td>
                <td className="num">{spanOrDash(row.contactMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
