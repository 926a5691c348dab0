import { ChartFrame } from '../../ui/chart-frame.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { type Report, shareText } from './report.ts'

const SIZE = 300
const PAD = 46

/** How many of those it happened to are found, and how many others with them, going down from the highest score. */
export function Roc({ ranking }: { ranking: NonNullable<Report['ranking']> }) {
  const at = (share: number) => PAD + share * (SIZE - PAD - 8)
  const up = (share: number) => SIZE - PAD - share * (SIZE - PAD - 8)
  const line = ranking.roc
    .map(({ falsely, found }, i) => `${i === 0 ? 'M' : 'L'}${at(falsely).toFixed(1)} ${up(found).toFixed(1)}`)
    .join(' ')
  const marks = [0, 0.5, 1]
  return (
    <ChartFrame
      title="Who is found"
      right={<span className="small muted">dashed: chance</span>}
      table={{
        head: ['Points from', 'Of those it happened to', 'Of the others'],
        rows: ranking.roc.map(({ score, found, falsely }) => [
          score === null ? 'above all' : fullNumber(score),
          shareText(found),
          shareText(falsely),
        ]),
      }}
    >
      <svg className="score-roc" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={`ROC curve, area ${ranking.auc.toFixed(3)}`}>
        {marks.map((it) => (
          <g key={it}>
            <line className="grid" x1={at(it)} x2={at(it)} y1={up(0)} y2={up(1)} />
            <line className="grid" x1={at(0)} x2={at(1)} y1={up(it)} y2={up(it)} />
            <text x={at(it)} y={SIZE - PAD + 14} textAnchor={it === 1 ? 'end' : 'middle'}>
              {Math.round(it * 100)} %
            </text>
            <text x={PAD - 6} y={up(it) + 4} textAnchor="end">
              {Math.round(it * 100)}
            </text>
          </g>
        ))}
        <path className="under" d={`${line} L${at(1)} ${up(0)} L${at(0)} ${up(0)} Z`} />
        <line className="chance" x1={at(0)} y1={up(0)} x2={at(1)} y2={up(1)} />
        <path className="curve" d={line} />
        <text x={(SIZE + PAD) / 2} y={SIZE - 4} textAnchor="middle">
          of the others, taken with them
        </text>
        <text x={11} y={(SIZE - PAD) / 2} textAnchor="middle" transform={`rotate(-90 11 ${(SIZE - PAD) / 2})`}>
          of those it happened to, found
        </text>
      </svg>
    </ChartFrame>
  )
}
