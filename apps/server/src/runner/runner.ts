import { setImmediate as breath } from 'node:timers/promises'
import type { Clock } from '@baton/api'
import { bucketsWithWork, createIds, failpoint, freeAllLeases, type Handle, type Lane, nextDue, runningScans, stepScan } from '@baton/db'
import { letGo } from '../let-go.ts'
import type { Logger } from '../log.ts'
import { createSchedules } from '../schedule/index.ts'
import { createTurnstile } from '../turnstile.ts'
import { createBackoff } from './backoff.ts'
import { type BatchPorts, type Outcome, store, work } from './batch.ts'
import { claim } from './claim.ts'
import { inParallel } from './in-parallel.ts'
import { createKeeper } from './keeper.ts'
import { cutLanes } from './lanes.ts'
import type { Plans } from './plans.ts'
import { routeLeads } from './router.ts'
import { createSizer } from './sizer.ts'
import { createSpreadKeeper } from './spread-keeper.ts'
import { troubleOf } from './trouble.ts'

const POLL = 200
const LEASE = 15_000
/** An error that nobody foresaw is repeated so often before it is taken for something of a contact. */
const STRANGE = 3
/** The embedded database has one connection: a longer batch would keep screens waiting. */
const TARGET = { pglite: 50, pg: 100 }
/** People of a pass who are told at a time, at most. */
const PORTION = 2000
const LARGEST = { pglite: 1000, pg: 2000 }
/** Batches at the same time on a database spread over machines, where each is of one bucket. */
const SPREAD_AT_ONCE = 8
/**
 * Batches at the same time elsewhere: while the database writes one, the next are read and worked out. The embedded database does one
 * thing at a time.
 */
const AT_ONCE = 3
/** Batches of a part of the buckets before leads, schedules and passes have their turn: parts that wait for one another do nothing. */
const IN_A_ROW = 4

/** What a batch did, for the metrics. */
export interface BatchReport {
  turns: number
  /** Steps by flow id. */
  steps: ReadonlyMap<string, number>
  failed: number
  ms: number
  /** Of these: taking up what is due, reading facts, working out the turns, storing them. */
  parts: { claim: number; facts: number; engine: number; store: number }
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
  /** Batches at the same time on one PostgreSQL; 1 to measure what a batch takes by itself. */
  atOnce?: number | undefined
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
  const keeper = (handle.spread ? createSpreadKeeper : createKeeper)({ handle, owner, wall, ttl })
  const atOnce = handle.kind === 'pg' ? (options.atOnce ?? AT_ONCE) : 1
  const sizer = createSizer({ target: TARGET[handle.kind] * atOnce, largest: LARGEST[handle.kind] })
  const ids = createIds(handle)
  const atHome: BatchPorts = { handle, ids, owner, wall, proof: keeper.proof }
  const stuck = new Map<string, string>()
  const catalog = async () => (await plans.get()).catalog
  const after = new Map<string, { bucket: number; seq: number }>()
  const schedules = createSchedules(handle)
  const backoff = createBackoff({ first: POLL, wall })
  let stopping = false
  let begun = false
  /** Whether the round before was busy: then it is worth it to work on several parts of the buckets at once. */
  let dense = false
  /** Within a drain: leads were looked at, none could be moved, and nothing has happened since. */
  let looked = false
  let loop: Promise<void> | undefined
  /** One at a time: the loop, and whoever drains. */
  const { alone, hold } = createTurnstile()
  let wake: (() => void) | undefined
  let nudged = false

  async function lease(): Promise<boolean> {
    if (!begun && handle.kind === 'pglite') await freeAllLeases(handle) // The directory's lock says that nobody else is there.
    begun = true
    if (keeper.due()) await keeper.refresh()
    return true
  }

  /** One batch of a lane; true when it found anything to do. */
  async function batch(lane: Lane): Promise<boolean> {
    const began = wall()
    const now = clock.now()
    const name = JSON.stringify(lane)
    const start = after.get(name) ?? { bucket: 0, seq: 0 }
    const near = lane.kind === 'one' ? handle.near(lane.bucket) : handle
    const ports = { ...atHome, handle: near }
    const claimed = await claim(near, lane, { after: start, size: sizer.size(), now, plans })
    if (claimed.jobs.length + claimed.chunks.length + claimed.idle.length === 0) {
      after.delete(name)
      // The pass began behind the lane's first row: there may be more before it.
      return start.seq > 0 || start.bucket > (lane.kind === 'one' ? lane.bucket : lane.from)
    }
    const taken = wall() - began
    const outcome = await work(ports, claimed, now, TARGET[handle.kind] / 2)
    const stored = wall()
    try {
      await store(ports, outcome, now)
    } catch (error) {
      const trouble = troubleOf(error)
      if (trouble !== 'data' && !(trouble === 'strange' && backoff.failures(name) >= STRANGE)) throw error
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
    report(outcome, ms, { claim: taken, facts: outcome.facts, engine: stored - began - taken - outcome.facts, store: began + ms - stored })
    return true
  }

  function report({ turns, failures }: Outcome, ms: number, parts: BatchReport['parts']): void {
    const steps = new Map<string, number>()
    for (const { result } of turns) {
      for (const { value, steps: taken } of result.enrolments) steps.set(value.flowId, (steps.get(value.flowId) ?? 0) + taken.length)
    }
    options.onBatch?.({ turns: turns.length, steps, failed: failures.length, ms, parts })
  }

  /** A part of a round by itself: while one fails and waits, the others go on. */
  async function guarded(name: string, task: () => Promise<boolean>): Promise<boolean> {
    if (!backoff.ready(name)) return false
    try {
      const busy = await task()
      backoff.worked(name)
      return busy
    } catch (error) {
      if (troubleOf(error) === 'lost') {
        keeper.doubt()
        // Nothing is wrong: somebody was removed or merged meanwhile, or another process took over.
        log.info('a bucket was taken away in the middle of a batch, which is done anew')
      } else log.error({ err: error, part: name, times: backoff.failed(name) }, 'a part of the work failed and is tried again')
      return false
    }
  }

  /**
   * Looks everywhere once; true when there was anything to do.
   * @param turnsFirst the clock stands still: as long as people have turns to take nothing else is done, and nothing is looked at twice
   */
  async function round(part: typeof guarded, turnsFirst = false): Promise<boolean> {
    if (!(await part('leases', lease))) return false
    let busy = false
    let more = false
    const lanes = await busyLanes()
    await inParallel(lanes, handle.spread ? SPREAD_AT_ONCE : atOnce, async (lane) => {
      for (let i = 0; i < IN_A_ROW; i++) {
        // Not all of them before the leases run out, nor any after a fence said no.
        const found = keeper.due() || (await part(JSON.stringify(lane), () => batch(lane)))
        busy = found || busy
        if (found && i === IN_A_ROW - 1) more = true
        if (!found || keeper.due() || stopping) break
      }
    })
    dense = busy
    if (keeper.due() || (more && turnsFirst)) return true
    if (options.routing !== false && (busy || !looked || !turnsFirst)) {
      const leads = async () => (await routeLeads({ handle, ids, owner, now: clock.now(), wall, ttl, catalog, stuck })) > 0
      looked = !(await part('leads', leads))
      busy = !looked || busy
    }
    busy = (await part('schedules', async () => schedules.run((await plans.get()).plan, clock.now()))) || busy
    return (await part('passes', () => passes(part))) || busy
  }

  /** Where batches are of one bucket, those without work are left out by one look at all; where that fails, each is asked. */
  async function busyLanes(): Promise<readonly Lane[]> {
    if (!handle.spread) return dense ? cutLanes(keeper.lanes(), atOnce) : keeper.lanes()
    const [busy] = await Promise.allSettled([bucketsWithWork(handle, owner, clock.now())])
    if (busy.status === 'rejected') return keeper.lanes()
    const found = new Set(busy.value)
    // A claim that was cut goes on, or begins again, whatever is found now.
    return keeper.lanes().filter((lane) => lane.kind === 'span' || found.has(lane.bucket) || after.has(JSON.stringify(lane)))
  }

  /**
   * A portion of each pass over many people: as many as one batch takes. The next comes when these have had their turns, so that whatever
   * comes in meanwhile, and every other pass, waits for one batch of each, however large it is.
   */
  async function passes(part: typeof guarded): Promise<boolean> {
    let busy = false
    for (const { id } of await runningScans(handle)) {
      failpoint('scan.before-chunk')
      busy =
        (await part(`pass ${id}`, async () => (await stepScan(handle, id, clock.now(), Math.min(PORTION, sizer.size()))) !== 'waiting')) ||
        busy
      failpoint('scan.after-chunk')
    }
    return busy
  }

  async function pause(ms: number): Promise<void> {
    await breath()
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
    while (!stopping) {
      const busy = await alone(() => round(guarded))
      await (busy ? breath() : pause(POLL))
    }
  }

  const release = () => letGo('the leases', log, keeper.release)

  return {
    async start() {
      loop = run()
    },
    async stop() {
      stopping = true
      wake?.()
      await loop
      await alone(release)
    },
    nudge() {
      nudged = true
      wake?.()
    },
    async drainUntilIdle() {
      looked = false
      while (!stopping) {
        try {
          // The clock stands still: what comes at one instant is all there before sales is asked who gets it. S-11.
          if (!(await alone(() => round((_, task) => task(), true)))) break
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
