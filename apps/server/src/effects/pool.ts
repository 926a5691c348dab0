/** Something to be done for one of many, of whom each bears only so much at a time. */
export interface Job {
  to: string
}

export interface Pool<T extends Job> {
  /** Takes jobs on; they begin as soon as they may. */
  add(jobs: readonly T[]): void
  /** For whom no more is to be taken on at this moment. */
  busy(): string[]
  /** How many more jobs to take on. */
  room(): number
  /** How many are under way. */
  running(): number
  /** Waits until one of those under way is over; at once when there is none. */
  next(): Promise<void>
  /** What was taken on, begun or not. */
  all(): T[]
  /** Begins no more, and waits for those under way. @returns those that were not begun */
  drain(): Promise<T[]>
}

/** How many at a time; asked for anew each time, so that they may change. */
export interface Limits {
  perOne(to: string): number
  most(): number
}

/**
 * Does jobs side by side: at most `perOne` for one, `most` for all. Whoever is slow keeps only their own jobs waiting.
 * @param work does not throw
 */
export function createPool<T extends Job>({ perOne, most }: Limits, work: (job: T) => Promise<void>): Pool<T> {
  const waiting = new Map<string, T[]>()
  const under = new Map<string, number>()
  const running = new Map<Promise<void>, T>()
  const count = (to: string, by: number) => {
    const n = (under.get(to) ?? 0) + by
    if (n === 0) under.delete(to)
    else under.set(to, n)
  }

  function begin(job: T): void {
    count(job.to, 1)
    const done = work(job).finally(() => {
      count(job.to, -1)
      running.delete(done)
      fill()
    })
    running.set(done, job)
  }

  function fill(): void {
    for (const [to, jobs] of waiting) {
      while (running.size < most() && (under.get(to) ?? 0) < perOne(to)) {
        const job = jobs.shift()
        if (!job) break
        begin(job)
      }
      if (jobs.length === 0) waiting.delete(to)
    }
  }

  const left = () => [...waiting.values()].flat()
  return {
    add(jobs) {
      for (const job of jobs) {
        const known = waiting.get(job.to)
        if (known) known.push(job)
        else waiting.set(job.to, [job])
      }
      fill()
    },
    busy: () => [...new Set([...waiting.keys(), ...[...under].filter(([to, n]) => n >= perOne(to)).map(([to]) => to)])],
    room: () => Math.max(0, 2 * most() - running.size - left().length),
    running: () => running.size,
    next: () => Promise.race([...running.keys(), ...(running.size === 0 ? [Promise.resolve()] : [])]),
    all: () => [...running.values(), ...left()],
    async drain() {
      const dropped = left()
      waiting.clear()
      await Promise.all(running.keys())
      return dropped
    },
  }
}
