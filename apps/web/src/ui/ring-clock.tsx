import './charts.css'
import { deadline } from './deadline.ts'

/** What is left of a span as a ring; filled once it is over. */
export function Ring({ share, late = false, size }: { share: number; late?: boolean | undefined; size: 16 | 34 }) {
  const half = size / 2
  const radius = half - 2
  const round = 2 * Math.PI * radius
  return (
    <svg className="ring" width={size} height={size} aria-hidden="true">
      <circle cx={half} cy={half} r={radius} className={late ? 'full' : undefined} />
      {!late && <circle className="v" cx={half} cy={half} r={radius} strokeDasharray={`${share * round} ${round}`} />}
    </svg>
  )
}

type Props = { leftMs: number; wholeMs: number }

/** Time left at the end of a row: small ring and span. */
export function TimeLeft({ leftMs, wholeMs }: Props) {
  const { tone, share, late, short } = deadline(leftMs, wholeMs)
  return (
    <span className={`time-left ${tone}`}>
      <Ring share={share} late={late} size={16} />
      {short}
    </span>
  )
}

/** The clock of a lead: ring, what is left in words, and by when. `paused` replaces both outside working hours. */
export function DeadlineClock({ leftMs, wholeMs, by, paused }: Props & { by: string; paused?: string | undefined }) {
  const { tone, share, late, words } = deadline(leftMs, wholeMs)
  return (
    <div className={paused === undefined ? `clock ${tone}` : 'clock'} role="timer">
      <Ring share={share} late={late} size={34} />
      <div>
        <b>{words}</b>
        <span className="clock-by">{paused ?? by}</span>
      </div>
    </div>
  )
}
