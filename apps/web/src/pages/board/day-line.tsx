import { ChartFrame } from '../../ui/chart-frame.tsx'
import { clockWords } from '../../ui/date-words.ts'
import { type Heap, heapsOf } from './day-heaps.ts'
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

/** Today's deadlines on one line: met, missed, ahead. Dots, those of one quarter of an hour on each other; where they are many, columns. */
export function DayLine({ board }: { board: Board }) {
  const { deadlines, now, zone } = board
  const { from, to } = hoursOf(board)
  const share = (at: number) => (100 * (at - from)) / (to - from)
  const ticks = Array.from({ length: Math.round((to - from) / HOUR / 2) + 1 }, (_, i) => from + i * 2 * HOUR).filter((it) => it <= to)
  const dots = deadlines.map((it) => ({ ...it, how: how(it, now) }))
  const { heaps, most, columns } = heapsOf(dots)
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
        <>
          <div className="day-line" style={{ height: columns ? 92 : 40 + 9 * most }}>
            {ticks.map((at) => (
              <span key={at} className="tick" style={{ left: `${share(at)}%` }}>
                {clockWords(at, zone)}
              </span>
            ))}
            {now >= from && now <= to && <i className="now" style={{ left: `${share(now)}%` }} title={`Now, ${clockWords(now, zone)}`} />}
            {columns
              ? heaps.map((heap) => (
                  <span
                    key={heap.from}
                    className="column"
                    style={{
                      left: `${share(heap.from)}%`,
                      width: `${share(heap.to) - share(heap.from)}%`,
                      height: Math.max(3, (64 * heap.items.length) / most),
                    }}
                    title={`${clockWords(heap.from, zone)} to ${clockWords(heap.to, zone)}: ${leadsWords(heap.items.length)}${partsWords(heap.parts)}`}
                  >
                    {heap.parts.map(({ how: state, n }) => (
                      <i key={state} className={state} style={{ flexGrow: n }} />
                    ))}
                  </span>
                ))
              : heaps.flatMap(({ at, items }) =>
                  items.map(({ id, deadline, name, repName, how: state }, nth) => (
                    <i
                      key={`${id}`}
                      className={`dot ${state}`}
                      style={{ left: `${share(at)}%`, bottom: 24 + nth * 9 }}
                      title={`${name}, ${repName ?? 'nobody'}: by ${clockWords(deadline, zone)}, ${WORDS[state]}`}
                    />
                  )),
                )}
          </div>
          {columns && <p className="small muted day-most">A column is a quarter of an hour; most at one time: {most}</p>}
        </>
      )}
      {deadlines.length === 500 && <p className="small muted">These are the first {leadsWords(500)} of the day.</p>}
    </ChartFrame>
  )
}

/** ", 3 too late, 9 ahead" */
const partsWords = (parts: Heap<unknown>['parts']): string => parts.map(({ how, n }) => `, ${n} ${WORDS[how]}`).join('')
