import {
  type ClaimedItem,
  dropChunks,
  dropItems,
  dropRechecks,
  failpoint,
  fence,
  forwardItems,
  type Handle,
  type Held,
  type Ids,
  keepDead,
  LeaseLost,
  loadStates,
  park,
  prepareEvents,
  putOnWheel,
  type Timer,
  type Turn,
  writeTurns,
} from '@baton/db'
import { advance, historyFor } from '@baton/engine'
import type { Claim, Job } from './claim.ts'

/** Waits this long before it tries the timers of a contact again whose items had to be set aside. */
const LATER = 60_000

export interface BatchPorts {
  handle: Handle
  ids: Ids
  owner: string
  wall(): number
  /** Proof that we hold these buckets; undefined when we do not. */
  proof(buckets: Iterable<number>): Held[] | undefined
}

export interface Failure {
  contactId: number
  items: ClaimedItem[]
  timers: Timer[]
  message: string
}

/** A batch worked out and not yet stored. */
export interface Outcome {
  claim: Claim
  turns: Turn[]
  failures: Failure[]
  /** Jobs that there was no time for: their items stay, their timers go back. */
  left: Job[]
  done: Job[]
  /** What came in for people who are not there any more. */
  late: ClaimedItem[]
  /** How long reading the facts took, ms. */
  facts: number
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Whom this is about, as they are; with their whole history where a new score model asks for it. */
async function statesOf(handle: Handle, { compiled: { plan, related }, lane, horizon, jobs }: Claim, now: number) {
  const needs = { events: plan.reads.events, now, horizon, mails: plan.mails, related, drawn: plan.draws }
  const anew = new Set(jobs.flatMap(({ contactId, items }) => (items.some(({ item }) => item.kind === 'rescore') ? [contactId] : [])))
  const ids = jobs.map((job) => job.contactId)
  if (anew.size === 0) return loadStates(handle, lane, ids, needs)
  const states = await loadStates(
    handle,
    lane,
    ids.filter((id) => !anew.has(id)),
    needs,
  )
  for (const [id, state] of await loadStates(handle, lane, [...anew], { ...needs, events: historyFor(plan) })) states.set(id, state)
  return states
}

/** Works out the turns of a claim, for at most `budget` ms. Nothing is written. A contact whose turn throws does not stop the others. */
export async function work(ports: BatchPorts, claim: Claim, now: number, budget: number): Promise<Outcome> {
  const { plan, seed } = claim.compiled
  const asked = ports.wall()
  const states = await statesOf(ports.handle, claim, now)
  failpoint('runner.claimed')
  const outcome: Outcome = { claim, turns: [], failures: [], left: [], done: [], late: [], facts: 0 }
  const started = ports.wall()
  outcome.facts = started - asked
  for (const [i, job] of claim.jobs.entries()) {
    if (i > 0 && ports.wall() - started > budget) {
      outcome.left = claim.jobs.slice(i)
      break
    }
    outcome.done.push(job)
    const state = states.get(job.contactId)
    if (!state) {
      // Deleted: what came in is over. Part of another contact by now: it is told to that one.
      outcome.late.push(...job.items)
      continue
    }
    try {
      const result = advance(plan, state, { now, items: job.items.map(({ item }) => item) }, { now, seed })
      outcome.turns.push({ contactId: job.contactId, before: state, result })
    } catch (error) {
      outcome.failures.push({ ...job, message: messageOf(error) })
    }
  }
  failpoint('runner.advanced')
  return outcome
}

/**
 * Stores a batch in one transaction, with the fence as its first statement.
 * @throws LeaseLost when a bucket is no longer ours; the driver's error when a row cannot be stored. Nothing is written then.
 */
export async function store(ports: BatchPorts, { claim, turns, failures, left, done, late }: Outcome, now: number): Promise<void> {
  const { handle, ids, owner } = ports
  const { lane } = claim
  const buckets = new Set([...claim.jobs.map((job) => job.contactId % 1024), ...claim.idle.map((it) => it.bucket)])
  const proof = ports.proof(buckets)
  if (!proof) throw new LeaseLost()
  await prepareEvents(
    handle.home,
    turns.flatMap(({ result }) => result.events),
    now,
  )
  const withItems = failures.filter((it) => it.items.length > 0)
  const timersOnly = failures.filter((it) => it.items.length === 0)
  await handle.transaction(async (tx) => {
    await fence(tx, proof, owner)
    await keepDead(
      tx,
      lane,
      withItems.flatMap((it) => it.items.map((item) => ({ ...item, error: it.message }))),
      now,
    )
    await forwardItems(tx, late)
    await dropItems(
      tx,
      lane,
      done.flatMap((job) => job.items),
    )
    await dropChunks(tx, lane, claim.chunks)
    await dropRechecks(tx, lane, claim.idle)
    const wakings = await writeTurns(tx, lane, turns, ids)
    const later = withItems.flatMap((it) => it.timers.map(({ id }) => ({ id, dueAt: now + LATER })))
    // Whoever has to leave, or holds items since a pause, had a turn now though their own time is later.
    const undone = left.flatMap((job) => job.timers.map(({ id, dueAt }) => ({ id, dueAt: Math.min(dueAt ?? now, now) })))
    await putOnWheel(tx, lane, [...wakings, ...claim.back, ...later, ...undone])
    await park(
      tx,
      lane,
      timersOnly.flatMap((it) => it.timers.map(({ bucket, id }) => ({ bucket, id, message: it.message }))),
      now,
    )
    failpoint('runner.before-commit')
  })
  failpoint('runner.after-commit')
}
