/** Too much waits to be written; the client is to come again. */
export class Overloaded extends Error {
  override name = 'Overloaded'
}

export interface GroupOptions<Request, Done> {
  /** How much a request is, in messages. */
  weigh(request: Request): number
  /** Whether what came behind it has to wait until it is written. */
  endsGroup(request: Request): boolean
  /** Writes requests in one transaction, in their order; resolves after the commit with what became of each. */
  write(requests: readonly Request[]): Promise<readonly Done[]>
  /** Messages in one transaction, about. */
  most: number
  /** Transactions at a time. */
  writers: number
  /** Messages that may wait; what comes then is refused. */
  waiting: number
}

interface Waiting<Request, Done> {
  request: Request
  resolve(done: Done): void
  reject(error: unknown): void
}

/**
 * Writes what comes in at the same time together: one commit for many requests, each answered after it. Nobody waits for company: what
 * comes while nothing is written is written at once, and what comes meanwhile is the next group. A group that fails is written request
 * by request, so that one at fault fails alone.
 * @returns writes one request. @throws Overloaded, or why it could not be written
 */
export function grouping<Request, Done>(options: GroupOptions<Request, Done>): (request: Request) => Promise<Done> {
  const { weigh, endsGroup, most, writers } = options
  const queue: Waiting<Request, Done>[] = []
  let weight = 0
  let busy = 0

  function next(): Waiting<Request, Done>[] {
    let sum = 0
    let count = 0
    for (const { request } of queue) {
      sum += weigh(request)
      if (count > 0 && sum > most) break
      count++
      if (endsGroup(request)) break
    }
    const group = queue.splice(0, count)
    for (const { request } of group) weight -= weigh(request)
    return group
  }

  async function write(group: readonly Waiting<Request, Done>[]): Promise<void> {
    try {
      const done = await options.write(group.map((it) => it.request))
      group.forEach((it, i) => {
        const mine = done[i]
        if (mine === undefined) it.reject(new Error('A request was written and not answered.'))
        else it.resolve(mine)
      })
    } catch (error) {
      const [only] = group
      if (group.length === 1) only?.reject(error)
      else for (const one of group) await write([one])
    }
  }

  function start(): void {
    while (busy < writers && queue.length > 0) {
      busy++
      void write(next()).finally(() => {
        busy--
        start()
      })
    }
  }

  return (request) =>
    new Promise((resolve, reject) => {
      if (weight >= options.waiting) return reject(new Overloaded('Too many events wait to be written.'))
      queue.push({ request, resolve, reject })
      weight += weigh(request)
      start()
    })
}
