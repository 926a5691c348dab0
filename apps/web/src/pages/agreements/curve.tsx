import type { ThresholdPoint } from '@baton/leads'

const WIDTH = 300
const HEIGHT = 132
const LEFT = 42
const BOTTOM = 18
const TOP = 8

type Props = {
  title: string
  points: readonly ThresholdPoint[]
  /** Null where nobody can say: the line has a gap. */
  of: (point: ThresholdPoint) => number | null
  /** Between which values it lies. */
  band?: ((point: ThresholdPoint) => readonly [number, number] | null) | undefined
  /** The end of the scale; absent: a round number above the highest. */
  most?: number | undefined
  said: (value: number) => string
  at: number
  now: number | null
  onChoose: (at: number) => void
}

/** The next round number: 1, 2, 5 and their tens. */
function roundUp(value: number): number {
  if (value <= 0) return 1
  const ten = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 5, 10].find((it) => it * ten >= value) ?? 10) * ten
}

/** One figure over all thresholds. The threshold that stands is magenta, as sales owns what lies behind it; the chosen one carries a bead. */
export function Curve({ title, points, of, band, most, said, at, now, onChoose }: Props) {
  const last = points.at(-1)?.at ?? 1
  const values = points.map(of)
  const end = most ?? roundUp(Math.max(0, ...values.map((it) => it ?? 0)))
  const x = (threshold: number) => LEFT + ((threshold - 1) / Math.max(1, last - 1)) * (WIDTH - LEFT - 8)
  const y = (value: number) => TOP + (1 - value / end) * (HEIGHT - TOP - BOTTOM)
  let pen = 'M'
  const line = points
    .map((it) => {
      const value = of(it)
      if (value === null) {
        pen = 'M'
        return ''
      }
      const step = `${pen}${x(it.at).toFixed(1)} ${y(value).toFixed(1)}`
      pen = 'L'
      return step
    })
    .join('')
  const banded = band
    ? points.flatMap((it) => {
        const found = band(it)
        return found ? [{ at: it.at, low: found[0], high: found[1] }] : []
      })
    : []
  const area =
    banded.length > 1
      ? `M${banded.map((it) => `${x(it.at).toFixed(1)} ${y(it.high).toFixed(1)}`).join('L')}L${banded
          .toReversed()
          .map((it) => `${x(it.at).toFixed(1)} ${y(it.low).toFixed(1)}`)
          .join('L')}Z`
      : ''
  const here = points.find((it) => it.at === at)
  const value = here ? of(here) : null
  const ticks = [1, Math.round(last / 2), last]
  return (
    <figure className="agreement-curve">
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="presentation"
        onPointerDown={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          const along = (((event.clientX - box.left) / box.width) * WIDTH - LEFT) / (WIDTH - LEFT - 8)
          onChoose(Math.max(1, Math.min(last, Math.round(1 + along * (last - 1)))))
        }}
      >
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <line className="grid" x1={LEFT} x2={WIDTH - 8} y1={y(end * part)} y2={y(end * part)} />
            <text x={LEFT - 6} y={y(end * part) + 4} textAnchor="end">
              {said(end * part)}
            </text>
          </g>
        ))}
        {ticks.map((tick) => (
          <text key={tick} x={x(tick)} y={HEIGHT - 3} textAnchor="middle">
            {tick}
          </text>
        ))}
        {area !== '' && <path className="band" d={area} />}
        <path className="line" d={line} />
        {now !== null && now >= 1 && now <= last && <line className="stands" x1={x(now)} x2={x(now)} y1={TOP} y2={HEIGHT - BOTTOM} />}
        <line className="chosen" x1={x(at)} x2={x(at)} y1={TOP} y2={HEIGHT - BOTTOM} />
        {value !== null && <circle cx={x(at)} cy={y(value)} r={3.5} />}
      </svg>
    </figure>
  )
}
