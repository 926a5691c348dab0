import { ChartFrame } from '../../ui/chart-frame.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import type { Preview } from './model.ts'

const WIDTH = 300
const HEIGHT = 84
const FOOT = 16

/** How many people have how many points: now as an outline, under the draft as bars. */
export function Histogram({ of }: { of: Preview['distributions'][number] }) {
  const { name, from, width, before, after } = of
  const most = Math.max(1, ...before, ...after)
  const each = WIDTH / after.length
  const y = (count: number) => HEIGHT - FOOT - (count / most) * (HEIGHT - FOOT - 4)
  const outline = before
    .map((count, i) => `${i === 0 ? 'M' : 'L'}${(i * each).toFixed(1)} ${y(count).toFixed(1)} H${((i + 1) * each).toFixed(1)}`)
    .join(' ')
  const points = (i: number) => fullNumber((from + i * width) / 100)
  const middle = Math.floor(after.length / 2)
  return (
    <ChartFrame
      title={name}
      right={<span className="small muted">line now, bars draft</span>}
      table={{
        head: ['Points from', 'Now', 'Draft'],
        rows: after.map((count, i) => [points(i), fullNumber(before[i] ?? 0), fullNumber(count)]),
      }}
    >
      <svg
        className="score-hist"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width="100%"
        role="img"
        aria-label={`How many people have how many points of ${name}`}
      >
        {after.map((count, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity but their place
          <rect key={i} x={i * each + 0.5} width={Math.max(1, each - 1)} y={y(count)} height={HEIGHT - FOOT - y(count)} rx={1} />
        ))}
        <path d={outline} />
        <line x1={0} x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
        {[...new Set([0, middle, after.length - 1])].map((i) => (
          <text
            key={i}
            x={i * each}
            y={HEIGHT - 3}
            textAnchor={i === 0 ? 'start' : i === after.length - 1 ? 'end' : 'middle'}
            dx={i > 0 && i === after.length - 1 ? each : 0}
          >
            {points(i)}
          </text>
        ))}
      </svg>
    </ChartFrame>
  )
}
