/** What is still to happen, each at its instant (ms); taken out in order of time, then of putting in. */
export interface Agenda<T> {
  put(at: number, what: T): void
  /** Everything up to and with `now`, in order. */
  take(now: number): { at: number; what: T }[]
  /** The next instant; Infinity when nothing is left. */
  next(): number
}

/** An agenda for thousands of entries: sorted when it is asked. */
export function agenda<T>(): Agenda<T> {
  let entries: { at: number; what: T }[] = []
  let sorted = true
  const sort = () => {
    if (!sorted) entries.sort((a, b) => a.at - b.at)
    sorted = true
  }
  return {
    put(at, what) {
      entries.push({ at: Math.round(at), what })
      sorted = false
    },
    take(now) {
      sort()
      const until = entries.findIndex((entry) => entry.at > now)
      const due = until === -1 ? entries : entries.slice(0, until)
      entries = until === -1 ? [] : entries.slice(until)
      return due
    },
    next() {
      sort()
      return entries[0]?.at ?? Number.POSITIVE_INFINITY
    },
  }
}
