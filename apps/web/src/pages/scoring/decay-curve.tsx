import './scoring.css'
import { decayed, factorAt, modelFactors } from '@baton/leads'

const GIVEN = 1000
const WIDTH = 240
const HEIGHT = 56

const daysWords = (days: number) => (days === 1 ? '1 day' : `${days} days`)

type Props = { halfLifeDays: number | null; expiryDays: number | null }

/** How many days the picture shows: until little is left, or a quarter of a year where nothing fades. */
function spanOf({ halfLifeDays, expiryDays }: Props): number {
  const fades = halfLifeDays === null ? 90 : Math.max(7, halfLifeDays * 4)
  return expiryDays === null ? fades : Math.max(7, Math.min(fades, Math.ceil(expiryDays * 1.2)))
}

/** What is left of 10 points day by day, by the very table that scores are read with. */
export function DecayCurve({ halfLifeDays, expiryDays }: Props) {
  const days = spanOf({ halfLifeDays, expiryDays })
  const factors = modelFactors({ halfLifeDays, expiryDays })
  const left = (day: number) => decayed(GIVEN, factorAt(factors, day)) / 100
  const steps = Array.from({ length: Math.min(days, 120) + 1 }, (_, i) => Math.round((i * days) / Math.min(days, 120)))
  const x = (day: number) => (day / days) * WIDTH
  const y = (points: number) => HEIGHT - 4 - (points / 10) * (HEIGHT - 8)
  const line = steps.map((day, i) => (i === 0 ? `M0 ${y(left(0))}` : `H${x(day).toFixed(1)} V${y(left(day)).toFixed(1)}`)).join(' ')
  const marks = halfLifeDays === null ? [] : [halfLifeDays, halfLifeDays * 2].filter((it) => it <= days)
  const told = marks.map((day) => `${left(day)} after ${daysWords(day)}`)
  const end = expiryDays === null ? [] : [`${halfLifeDays === null ? 'all' : 'what is left'} until day ${expiryDays}, then nothing`]
  const words = told.length + end.length === 0 ? '10 points stay 10 points' : `10 points: ${[...told, ...end].join(', ')}`
  return (
    <figure className="decay">
      <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
        <title>{words}</title>
        <path className="under" d={`${line} V${HEIGHT - 4} H0 Z`} />
        <path d={line} />
        {marks.map((day) => day < days && <line key={day} x1={x(day)} x2={x(day)} y1={4} y2={HEIGHT - 4} />)}
      </svg>
      <figcaption className="small muted">{words}.</figcaption>
    </figure>
  )
}
