import { ChartFrame } from '../../ui/chart-frame.tsx'
import { clockWords } from '../../ui/date-words.ts'
import { type Board, leadsWords, standing } from './words.ts'

type Deadline = Board['deadlines'][number]

const HOUR = 3_600_000
const WORDS = { met: 'in time', late: 'too late', ahead: 'ahead', none: '' } as const

const how = (it: Deadline, now: number) => standing({ ...it, state: 'assigned' }, now)

/** Hours that the line covers: 8 to 18, and further where a deadline lies outside. */
function hoursOf({ deadlines, day }: Board): { from: number; to: number } {
  const at = (hour: number) => day.from + hour * HOUR
  const first = Math.min(at(8), ...deadlines.map((it) => it.deadline))
  const last = Math.max(at(18), ...deadlines.map((it) => it.deadline))
  return { from: Math.floor((first - day.from) / HOUR) * HOUR + day.from, to: Math.ceil((last - day.from) / HOUR) * HOUR + day.from }
}

/** Today's deadlines as dots on one line: met, missed, ahead; those of one quarter of an hour stand on each other. */
export function DayLine({ board }: { board: Board }) {
  const { deadlines, now, zone } = board
  const { from, to } = hoursOf(board)
  const share = (at: number) => (100 * (at - from)) / (to - from)
  const ticks = Array.from({ length: Math.round((to - from) / HOUR / 2) + 1 }, (_, i) => from + i * 2 * HOUR).filter((it) => it <= to)
  const heaps = new Map<number, number>()
  const dots = deadlines.map((it) => {
    const slot = Math.floor(it.deadline / (HOUR / 4))
    const nth = heaps.get(slot) ?? 0
    heaps.set(slot, nth + 1)
    return { ...it, nth, how: how(it, now) }
  })
  const count = (what: 'met' | 'late' | 'ahead') => dots.filter((it) => it.how === what).length
  const right = `${count('ahead')} ahead, ${count('met')} in time, ${count('late')} too late`
  return (
    <ChartFrame
      title="Deadlines today"
      right={deadlines.length === 0 ? undefined : right}
      table={{
        head: ['Lead', 'Rep', 'By', 'State'],
        rows: dots.map((it) => [it.name, it.repName ?? '–', clockWords(it.deadline, zone), WORDS[it.how]]),
      }}
    >
      {deadlines.length === 0 ? (
        <p className="muted board-none">No lead has to be worked today.</p>
      ) : (
        <div className="day-line" style={{ height: 40 + 9 * Math.min(4, Math.max(1, ...heaps.values())) }}>
          {ticks.map((at) => (
            <span key={at} className="tick" style={{ left: `${share(at)}%` }}>
              {clockWords(at, zone)}
            </span>
          ))}
          {now >= from && now <= to && <i className="now" style={{ left: `${share(now)}%` }} title={`Now, ${clockWords(now, zone)}`} />}
          {dots.map(({ id, nth, deadline, name, repName, how: state }) => (
            <i
              key={`${id}`}
              className={`dot ${state}`}
              style={{ left: `${share(deadline)}%`, bottom: 24 + Math.min(nth, 4) * 9 }}
              title={`${name}, ${repName ?? 'nobody'}: by ${clockWords(deadline, zone)}, ${WORDS[state]}`}
            />
          ))}
        </div>
      )}
      {deadlines.length === 500 && <p className="small muted">These are the first {leadsWords(500)} of the day.</p>}
    </ChartFrame>
  )
}
