import type { Clock } from '@baton/api'
import { createIds, failpoint, freeAllLeases, type Handle, type Lane, nextDue, runningScans, stepScan } from '@baton/db'
import type { Logger } from '../log.ts'
import { createSchedules } from '../schedule/index.ts'
import { createTurnstile } from '../turnstile.ts'
import { type BatchPorts, store, work } from './batch.ts'
import { claim } from './claim.ts'
import { createKeeper } from './keeper.ts'
import type { Plans } from './plans.ts'
import { routeLeads } from './router.ts'
import { createSizer } from './sizer.ts'
import { troubleOf } from './trouble.ts'

const POLL = 200
const LEASE = 15_000
/** The embedded database has one connection: a longer batch would keep screens waiting. */
const TARGET = { pglite: 50, pg: 100 }
const LARGEST = { pglite: 1000, pg: 2000 }

/** What a batch did, for the metrics. */
export interface BatchReport {
  turns: number
  /** Steps by flow id. */
  steps: ReadonlyMap<string, number>
  failed: number
  ms: number
}

export interface RunnerOptions {
  handle: Handle
  /** What flows take for now. */
  clock: Clock
  plans: Plans
  log: Logger
  /** The name of this process among the workers: new at each start. */
  owner: string
  /** The real time, for leases and measuring. */
  wall?: (() => number) | undefined
  /** How long a silent process keeps its buckets, ms. */
  leaseTtl?: number | undefined
  /** Gives leads to reps; false where sales is not there (`flow run`). */
  routing?: boolean | undefined
  onBatch?: ((report: BatchReport) => void) | undefined
}

/** Takes turns of contacts: drains inboxes and the wheel of the buckets it holds, routes leads, carries background passes on. */
export interface Runner {
  start(): Promise<void>
  /** Finishes the batch at hand, gives the buckets back. */
  stop(): Promise<void>
  /** Looks for work now. */
  nudge(): void
  /**
   * Runs everything that is due at the clock's now, and what follows from it, until nothing is left.
   * @returns the next instant at which something is due; null when nobody waits for time
   */
  drainUntilIdle(): Promise<number | null>
  /** Gives the buckets back and takes no turn until the returned function is called: another runner may work meanwhile. */
  hold(): Promise<() => void>
}

export function createRunner(options: RunnerOptions): Runner {
  const { handle, clock, plans, log, owner } = options
  const wall = options.wall ?? Date.now
  const ttl = options.leaseTtl ?? LEASE
  const keeper = createKeeper({ handle, owner, wall, ttl })
  const sizer = createSizer({ target: TARGET[handle.kind], largest: LARGEST[handle.kind] })
  const ports: BatchPorts = { handle, ids: createIds(handle), owner, wall, proof: keeper.proof }
  const after = new Map<string, { bucket: number; seq: number }>()
  const schedules = createSchedules(handle)
  let stopping = false
  let begun = false
  let loop: Promise<void> | undefined
  /** One at a time: the loop, and whoever drains. */
  const { alone, hold } = createTurnstile()
  let wake: (() => void) | undefined
  let nudged = false

  async function ready(): Promise<void> {
    if (!begun && handle.kind === 'pglite') await freeAllLeases(handle) // The directory's lock says that nobody else is there.
    begun = true
    if (keeper.due()) await keeper.refresh()
  }

  /** One batch of a lane; true when it found anything to do. */
  async function batch(lane: Lane): Promise<boolean> {
    const began = wall()
    const now = clock.now()
    const name = JSON.stringify(lane)
    const start = after.get(name) ?? { bucket: 0, seq: 0 }
    const claimed = await claim(handle, lane, { after: start, size: sizer.size(), now, plans })
    if (claimed.jobs.length + claimed.chunks.length + claimed.idle.length === 0) {
      after.delete(name)
      // The pass began behind the lane's first row: there may be more before it.
      return start.seq > 0 || start.bucket > (lane.kind === 'one' ? lane.bucket : lane.from)
    }
    const outcome = await work(ports, claimed, now, TARGET[handle.kind] / 2)
    try {
      await store(ports, outcome, now)
    } catch (error) {
      if (troubleOf(error) !== 'data') throw error
      if (claimed.jobs.length > 1) {
        log.warn({ err: error, contacts: claimed.jobs.length }, 'a batch could not be stored; trying fewer people at a time')
        sizer.shrink(claimed.jobs.length)
        return true
      }
      const message = error instanceof Error ? error.message : String(error)
      outcome.failures = claimed.jobs.map((job) => ({ ...job, message }))
      outcome.turns = []
      await store(ports, outcome, now)
    }
    for (const it of outcome.failures)
      log.error({ contact: it.contactId, say: it.message }, 'a contact could not be advanced; it is set aside')
    if (outcome.left.length === 0) after.set(name, claimed.next)
    const ms = wall() - began
    sizer.took(ms, outcome.done.length, outcome.left.length > 0)
    report(outcome, ms)
    return true
  }

  function report({ turns, failures }: Awaited<ReturnType<typeof work>>, ms: number): void {
    const steps = new Map<string, number>()
    for (const { result } of turns) {
      for (const { value, steps: taken } of result.enrolments) steps.set(value.flowId, (steps.get(value.flowId) ?? 0) + taken.length)
    }
    options.onBatch?.({ turns: turns.length, steps, failed: failures.length, ms })
  }

  async function background(): Promise<boolean> {
    let busy = options.routing !== false && (await routeLeads({ handle, owner, now: clock.now(), wall, ttl })) > 0
    busy = (await schedules.run((await plans.get()).plan, clock.now())) || busy
    for (const { id } of await runningScans(handle)) {
      failpoint('scan.before-chunk')
      if ((await stepScan(handle, id, clock.now())) !== 'waiting') busy = true
      failpoint('scan.after-chunk')
    }
    return busy
  }

  /** Looks everywhere once; true when there was anything to do. */
  async function round(): Promise<boolean> {
    await ready()
    let busy = false
    for (const lane of keeper.lanes()) busy = (await batch(lane)) || busy
    return (await background()) || busy
  }

  async function pause(ms: number): Promise<void> {
    if (!nudged && !stopping) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    wake = undefined
    nudged = false
  }

  async function run(): Promise<void> {
    let failures = 0
    while (!stopping) {
      try {
        const busy = await alone(round)
        failures = 0
        if (busy) await new Promise((resolve) => setImmediate(resolve))
        else await pause(POLL)
      } catch (error) {
        failures++
        if (troubleOf(error) === 'lost') {
          keeper.doubt()
          // Nothing is wrong: somebody was removed or merged meanwhile, or another process took over.
          log.info('a bucket was taken away in the middle of a batch, which is done anew')
        } else log.error({ err: error }, 'a batch failed and is tried again')
        await pause(Math.min(10_000, POLL * 2 ** failures))
      }
    }
  }

  return {
    async start() {
      loop = run()
    },
    async stop() {
      stopping = true
      wake?.()
      await loop
      await alone(() => keeper.release())
    },
    nudge() {
      nudged = true
      wake?.()
    },
    async drainUntilIdle() {
      while (!stopping) {
        try {
          if (!(await alone(round))) break
        } catch (error) {
          if (troubleOf(error) !== 'lost') throw error
          keeper.doubt()
        }
      }
      return nextDue(handle, clock.now())
    },
    hold: () => hold(() => keeper.release()),
  }
}
