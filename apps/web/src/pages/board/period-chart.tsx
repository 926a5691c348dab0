import { ChartFrame } from '../../ui/chart-frame.tsx'
import { dayWords } from '../../ui/date-words.ts'
import type { Board } from './words.ts'

const DAY = 86_400_000

/** Leads handed over and accepted day by day, with those too late in red below: one scale for all. */
export function PeriodChart({ board, days }: { board: Board; days: number }) {
  const { now, zone } = board
  const from = now - days * DAY
  const all = Array.from(
    { length: days },
    (_, day) => board.days.find((it) => it.day === day) ?? { day, handedOver: 0, accepted: 0, breached: 0 },
  )
  const most = Math.max(4, ...all.map((it) => Math.max(it.handedOver, it.accepted)))
  const worst = Math.max(0, ...all.map((it) => it.breached))
  const step = 100 / days
  const HIGH = 56
  const LOW = worst === 0 ? 0 : 18
  const tall = (n: number) => (HIGH * n) / most
  const sum = (key: 'handedOver' | 'accepted' | 'breached') => all.reduce((total, it) => total + it[key], 0)
  const words = (day: number) => dayWords(from + (day + 1) * DAY - 1, { now, zone }, true)
  return (
    <ChartFrame
      title={`Day by day, ${days} days`}
      right={<Keys given={sum('handedOver')} taken={sum('accepted')} missed={sum('breached')} />}
      table={{
        head: ['Day', 'Handed over', 'Accepted', 'Too late'],
        rows: all
          .filter((it) => it.handedOver + it.accepted + it.breached > 0)
          .map((it) => [words(it.day), it.handedOver, it.accepted, it.breached]),
      }}
    >
      <svg className="period-chart" viewBox={`0 0 100 ${HIGH + LOW + 1}`} preserveAspectRatio="none" role="presentation">
        <line x1="0" x2="100" y1={HIGH} y2={HIGH} className="axis" />
        {all.map(({ day, handedOver, accepted, breached }) => (
          <g key={day}>
            <title>{`${words(day)}: ${handedOver} handed over, ${accepted} accepted, ${breached} too late`}</title>
            <rect
              className="given"
              x={day * step + step * 0.12}
              width={step * 0.76}
              y={HIGH - tall(handedOver)}
              height={tall(handedOver)}
            />
            <rect className="taken" x={day * step + step * 0.32} width={step * 0.36} y={HIGH - tall(accepted)} height={tall(accepted)} />
            {breached > 0 && (
              <rect
                className="missed"
                x={day * step + step * 0.32}
                width={step * 0.36}
                y={HIGH + 2}
                height={((LOW - 2) * breached) / worst}
              />
            )}
          </g>
        ))}
      </svg>
      <div className="period-ends small faint">
        <span>{dayWords(from, { now, zone }, true)}</span>
        <span>most on one day: {Math.max(0, ...all.flatMap((it) => [it.handedOver, it.accepted]))}</span>
        <span>today</span>
      </div>
    </ChartFrame>
  )
}

/** What the bars are, with their sums. */
export function Keys({ given, taken, missed }: { given: number; taken: number; missed: number }) {
  return (
    <>
      <i className="key" />
      {given} handed over
      <i className="key taken" />
      {taken} accepted
      <i className="key missed" />
      {missed} too late
    </>
  )
}
