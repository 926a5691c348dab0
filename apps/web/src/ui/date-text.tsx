import { useSyncExternalStore } from 'react'
import { dateWords, dayWords, utcWords } from './date-words.ts'

/** One timer for all clocks on the page; it runs only while somebody looks. */
let now = Date.now()
const watchers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(watch: () => void) {
  watchers.add(watch)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const one of watchers) one()
  }, 30_000)
  return () => {
    watchers.delete(watch)
    if (watchers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The time now, epoch ms, renewed every half minute. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => {
    // A page that opens after a quiet while must not start from an old reading.
    if (Date.now() - now > 30_000) now = Date.now()
    return now
  })
}

type Props = {
  /** Epoch ms, ISO text or Date; nothing shows a dash. */
  at: number | string | Date | null | undefined
  /** `near`: today 15:40, then 4 Mar. `full`: always with the time. `day`: the day alone. */
  style?: 'near' | 'full' | 'day' | undefined
  zone?: string | undefined
}

/** An instant in the reader's words and zone, exact and in UTC in the tooltip. */
export function DateText({ at, style = 'near', zone }: Props) {
  const at0 = useNow()
  if (at === null || at === undefined) return <span className="faint">–</span>
  const ms = at instanceof Date ? at.getTime() : typeof at === 'number' ? at : Date.parse(at)
  const words = style === 'day' ? dayWords(ms, { now: at0, zone }) : dateWords(ms, { now: at0, zone }, style === 'full')
  return (
    <time className="num" dateTime={new Date(ms).toISOString()} title={utcWords(ms)}>
      {words}
    </time>
  )
}
