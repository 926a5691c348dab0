import { ChartFrame } from '../../ui/chart-frame.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { type Report, shareText } from './report.ts'

const WIDTH = 420
const HEIGHT = 300
const LEFT = 34
const FOOT = 34

/** How often it happened in each tenth of people, the highest scores first, against how often over all. */
export function Lift({ parts }: { parts: Report['lift'] }) {
  const most = Math.max(2, Math.ceil(Math.max(...parts.map((it) => it.lift))))
  const each = (WIDTH - LEFT) / parts.length
  const y = (lift: number) => HEIGHT - FOOT - (lift / most) * (HEIGHT - FOOT - 16)
  return (
    <ChartFrame
      title="How often it happened, by tenths"
      right={<span className="small muted">1 is the average</span>}
      table={{
        head: ['Tenth', 'People', 'It happened to', 'Times the average', 'Found so far'],
        rows: parts.map((it, i) => [
          i + 1,
          fullNumber(Math.round(it.people)),
          fullNumber(Math.round(it.positive)),
          it.lift.toFixed(2),
          shareText(it.found),
        ]),
      }}
    >
      <svg className="score-lift" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="Lift by tenths">
        {Array.from({ length: most + 1 }, (_, i) => (
          <g key={y(i)}>
            <line className="grid" x1={LEFT} x2={WIDTH} y1={y(i)} y2={y(i)} />
            <text x={LEFT - 6} y={y(i) + 4} textAnchor="end">
              {i}×
            </text>
          </g>
        ))}
        {parts.map((it, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tenths have no identity but their place
          <g key={i}>
            <rect x={LEFT + i * each + 3} width={each - 6} y={y(it.lift)} height={HEIGHT - FOOT - y(it.lift)} rx={2} />
            <text x={LEFT + (i + 0.5) * each} y={y(it.lift) - 5} textAnchor="middle">
              {it.lift.toFixed(1)}
            </text>
            <text x={LEFT + (i + 0.5) * each} y={HEIGHT - FOOT + 14} textAnchor="middle">
              {i + 1}
            </text>
          </g>
        ))}
        <line className="chance" x1={LEFT} x2={WIDTH} y1={y(1)} y2={y(1)} />
        <text x={(WIDTH + LEFT) / 2} y={HEIGHT - 4} textAnchor="middle">
          tenths of people, the highest scores first
        </text>
      </svg>
    </ChartFrame>
  )
}
