import './sales-days.css'
import type { FlowForecast } from '@baton/engine'
import { ChartFrame } from '../../../ui/chart-frame.tsx'
import { dayWords, figure, shareWords } from './words.ts'

type Rep = FlowForecast['reps'][number]
type Props = { forecast: FlowForecast; at: number }

const DAY = 86_400_000
const WIDTH = 340
const TALL = 26
const FOOT = 3
/** More rows than these are no picture any more: then those with most leads are drawn, and the table tells of all. */
const ROWS = 12

const AT_WORK: Readonly<Record<Rep['atWork'][number], string>> = { works: '', away: 'away', off: 'no working time' }

/** The day whose end the canvas shows. */
const dayAt = ({ stretch, days }: FlowForecast, at: number) => Math.min(days, ((at + 1) * stretch) / DAY)

/** What each rep gets on which day, when they do not work, and when they had no room for more. */
export function RepDays({ forecast, at }: Props) {
  const { from, days } = forecast
  const busy = forecast.reps.filter((it) => it.leads.p90 > 0)
  if (busy.length === 0) return null
  const drawn = busy.length <= ROWS ? busy : [...busy].sort((a, b) => b.leads.mid - a.leads.mid).slice(0, ROWS)
  const most = Math.max(...drawn.flatMap((it) => it.byDay))
  return (
    <ChartFrame
      title="Leads by rep and day"
      right={drawn.length < busy.length ? `mean, the ${ROWS} busiest of ${busy.length}` : 'mean of the draws'}
      table={{
        head: ['Day', ...drawn.map((it) => it.name)],
        rows: Array.from({ length: days }, (_, day) => [dayWords(from, day), ...drawn.map((it) => dayOf(it, day))]),
      }}
    >
      <ul className="rep-days">
        {drawn.map((it) => (
          <li key={`${it.teamId} ${it.repId}`}>
            <span className="small clip">{it.name}</span>
            <Strip rep={it} most={most} from={from} day={dayAt(forecast, at)} />
          </li>
        ))}
      </ul>
      <Days from={from} days={days} />
      <p className="rep-days-key small muted">
        <i className="off" /> no working time
        {drawn.some((it) => it.atWork.includes('away')) && (
          <>
            <i className="away" /> away
          </>
        )}
        {drawn.some((it) => it.fullByDay.some((full) => full > MOSTLY)) && (
          <>
            <i className="full" /> no room for more
          </>
        )}
      </p>
    </ChartFrame>
  )
}

/** Whoever had no room for more than so much of a day is marked on it. */
const MOSTLY = 0.5

function dayOf({ byDay, fullByDay, atWork }: Rep, day: number): string {
  const full = fullByDay[day] ?? 0
  const more = [AT_WORK[atWork[day] ?? 'works'], full > 0.01 ? `full ${shareWords(full)}` : ''].filter((it) => it !== '')
  return [figure(byDay[day] ?? 0), ...more].join(', ')
}

function Strip({ rep, most, from, day: chosen }: { rep: Rep; most: number; from: number; day: number }) {
  const each = WIDTH / rep.byDay.length
  const gap = each > 4 ? 1 : 0
  return (
    <svg viewBox={`0 0 ${WIDTH} ${TALL}`} width="100%" height={TALL} preserveAspectRatio="none" role="presentation">
      {rep.byDay.map((leads, day) => {
        const tall = leads === 0 ? 0 : Math.max(2, ((TALL - FOOT - 1) * leads) / most)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a day is its place in time
          <g key={day}>
            <title>{`${dayWords(from, day)}: ${dayOf(rep, day)}`}</title>
            <rect className={rep.atWork[day] ?? 'works'} x={day * each} y={0} width={each} height={TALL} />
            <rect className="leads" x={day * each + gap / 2} y={TALL - FOOT - tall} width={Math.max(0.5, each - gap)} height={tall} />
            {(rep.fullByDay[day] ?? 0) > MOSTLY && (
              <rect className="full" x={day * each} y={TALL - FOOT + 1} width={each} height={FOOT - 1} />
            )}
          </g>
        )
      })}
      <line className="chosen" x1={chosen * each} x2={chosen * each} y1={0} y2={TALL} />
    </svg>
  )
}

function Days({ from, days }: { from: number; days: number }) {
  return (
    <p className="rep-days-axis small muted num">
      <span>{dayWords(from, 0)}</span>
      <span>{dayWords(from, Math.floor((days - 1) / 2))}</span>
      <span>{dayWords(from, days - 1)}</span>
    </p>
  )
}

const HEIGHT = 64
const TOP = 6

/** How many leads wait for somebody, with what that lies between. Not drawn where nobody ever waits. */
export function QueueOver({ forecast, at }: Props) {
  const { queueOver, from, stretch, days } = forecast
  const most = Math.max(0, ...queueOver.map((it) => it.p90))
  if (most === 0) return null
  const x = (end: number) => Math.min(WIDTH, (end * stretch * WIDTH) / (days * DAY))
  const y = (count: number) => TOP + (1 - count / most) * (HEIGHT - TOP - 1)
  const line = (of: 'p10' | 'mid' | 'p90') => queueOver.map((it, i) => `${x(i + 1).toFixed(1)} ${y(it[of]).toFixed(1)}`)
  const start = `0 ${y(0).toFixed(1)}`
  const area = `M${[start, ...line('p90'), ...line('p10').toReversed()].join('L')}Z`
  const last = (i: number) => dayWords(from, Math.round(Math.min(days * DAY, (i + 1) * stretch) / DAY) - 1)
  return (
    <ChartFrame
      title="Leads that wait for somebody"
      right={`at most ${figure(most)}`}
      table={{
        head: ['At the end of', 'Middle', 'Between'],
        rows: queueOver.map((it, i) => [last(i), figure(it.mid), `${figure(it.p10)} and ${figure(it.p90)}`]),
      }}
    >
      <svg
        className="queue-over"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width="100%"
        height={HEIGHT}
        preserveAspectRatio="none"
        role="presentation"
      >
        <path className="band" d={area} />
        <path className="line" d={`M${[start, ...line('mid')].join('L')}`} />
        <line className="foot" x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
        <line className="chosen" x1={x(at + 1)} x2={x(at + 1)} y1={0} y2={HEIGHT} />
      </svg>
      <Days from={from} days={days} />
    </ChartFrame>
  )
}
