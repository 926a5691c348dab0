import type { Answers } from '../../../shell/api.ts'
import { ChartFrame } from '../../../ui/chart-frame.tsx'
import { clockWords } from '../../../ui/date-words.ts'
import { secondsWords } from './machine-words.ts'

type Point = Answers['system']['machine']['lastHour'][number]

const WIDTH = 320
const HEIGHT = 84
const MINUTES = 60
/** Ends of the axis, seconds: round for whoever reads them. */
const ENDS = [10, 30, 60, 300, 900, 3600, 4 * 3600, 24 * 3600, 7 * 86_400]

/** How far behind the work was in the last hour, a bar a minute. */
export function LagChart({ points }: { points: readonly Point[] }) {
  const most = Math.max(0, ...points.map((it) => it.lagMs)) / 1000
  const end = ENDS.find((it) => it >= most) ?? most
  const step = WIDTH / MINUTES
  const last = points.at(-1)?.at ?? 0
  return (
    <ChartFrame
      title="Behind, last hour"
      right={points.length === 0 ? 'nothing measured yet' : `at most ${secondsWords(most * 1000)}`}
      table={{ head: ['At', 'Behind'], rows: points.map(({ at, lagMs }) => [clockWords(at), secondsWords(lagMs)]) }}
    >
      <svg className="lag-chart" width="100%" viewBox={`0 0 ${WIDTH + 48} ${HEIGHT + 22}`} role="img" aria-label="Behind, last hour">
        {[1, 0.5, 0].map((share) => (
          <g key={share}>
            <line x1={0} x2={WIDTH} y1={HEIGHT * (1 - share) + 4} y2={HEIGHT * (1 - share) + 4} />
            <text x={WIDTH + 6} y={HEIGHT * (1 - share) + 8}>
              {share === 0 ? '0' : secondsWords(end * share * 1000)}
            </text>
          </g>
        ))}
        {points.map(({ at, lagMs }) => {
          const tall = lagMs < 1_000 ? 1 : Math.max(2, (HEIGHT * lagMs) / 1000 / end)
          const ago = Math.round((last - at) / 60_000)
          return (
            <rect
              key={at}
              className={lagMs >= 60_000 ? 'late' : undefined}
              x={WIDTH - (ago + 1) * step}
              y={HEIGHT + 4 - tall}
              width={step - 1.4}
              height={tall}
              rx={1}
            />
          )
        })}
        <text x={0} y={HEIGHT + 19}>
          an hour ago
        </text>
        <text x={WIDTH} y={HEIGHT + 19} textAnchor="end">
          now
        </text>
      </svg>
    </ChartFrame>
  )
}
