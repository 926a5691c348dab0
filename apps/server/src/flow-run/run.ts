import type { Bundle } from '@baton/api'
import { createIds, type Handle, type ImportJob, journalOf, openDatabase, standingStill } from '@baton/db'
import { type CallAnswers, callAnswers, type JournalLine, journalLine, type RunEvent, sortJournal } from '@baton/engine'
import { createStandIn } from '../effects/index.ts'
import { type FileOptions, importFile } from '../imports/file.ts'
import type { Logger } from '../log.ts'
import { createPlans, createRunner } from '../runner/index.ts'
import { settleWorkspace } from './workspace.ts'
import { acceptMail, letHappen, peopleOf } from './world.ts'

export interface FlowRun {
  bundle: Bundle
  /** A CSV file of people who are there from the beginning. */
  contacts?: { path: string; options: FileOptions } | undefined
  /** In the order in which they come in. */
  events: readonly RunEvent[]
  /** ms; `until` is still part of the run. */
  from: number
  until: number
  seed: string
  log: Logger
}

export interface FlowRunResult {
  /** By time, contact, seq. */
  journal: JournalLine[]
  imported: ImportJob | null
  /** What of the events found nobody, and who stands still with an error. */
  troubles: string[]
}

const BUCKETS = 1024
const STRIDE = 64
const TROUBLES = 100

async function journal(db: Handle): Promise<JournalLine[]> {
  const lines: JournalLine[] = []
  for (let from = 0; from < BUCKETS; from += STRIDE) {
    for (const { contact, flowId: flow, steps } of await journalOf(db, { from, to: from + STRIDE })) {
      for (const step of steps) lines.push(journalLine(contact, flow, step))
    }
  }
  return sortJournal(lines)
}

const unused = (answers: CallAnswers<number>): string[] =>
  answers.unused().map((it) => `events line ${it.line}: no web address of ${it.contact} waited for this answer; passed over.`)

/** The clock jumps from one instant at which something happens to the next, up to the end of the run. */
async function live(db: Handle, run: FlowRun, time: { now: number }): Promise<string[]> {
  const { events, until, log } = run
  const clock = { now: () => time.now }
  const people = await peopleOf(db, events)
  const answers = callAnswers(events, (key) => people.get(key))
  const world = createStandIn({ handle: db, owner: 'flow-run', answer: (effect) => answers.to({ ...effect, contact: effect.contactId }) })
  const runner = createRunner({ handle: db, clock, plans: createPlans({ handle: db, log }), log, owner: 'flow-run' })
  const troubles: string[] = []
  let next = 0
  try {
    for (;;) {
      const begin = next
      while ((events[next]?.receivedAt ?? Number.POSITIVE_INFINITY) <= time.now) next++
      troubles.push(...(await letHappen(db, events.slice(begin, next), people, time.now)))
      let due: number | null
      do due = await runner.drainUntilIdle()
      while ((await acceptMail(db, time.now)) + (await world.settle(time.now)) > 0)
      const wanted = [due, world.next(), events[next]?.receivedAt ?? null].filter((it) => it !== null)
      const at = Math.max(Math.min(Number.POSITIVE_INFINITY, ...wanted), time.now + 1)
      if (at > until) return [...troubles, ...unused(answers)]
      time.now = at
    }
  } finally {
    await runner.stop()
  }
}

/**
 * Runs the flows of a bundle in a workspace of their own, in memory, with a clock that never lags: the importer, the runner and the
 * tables of the real thing. Mail is accepted at once and never opened, sales never answers, unless the events say so.
 * @throws NotRunnable, ImportError
 */
export async function flowRun(run: FlowRun): Promise<FlowRunResult> {
  const db = await openDatabase({ memory: true })
  try {
    await db.migrate()
    const time = { now: run.from }
    await settleWorkspace(db, run.bundle, { at: run.from, seed: run.seed })
    const to = { db, ids: createIds(db), clock: { now: () => time.now }, nudge: () => {} }
    const imported = run.contacts ? await importFile(to, run.contacts.path, run.contacts.options) : null
    const troubles = await live(db, run, time)
    const still = await standingStill(db, TROUBLES)
    troubles.push(...still.map(({ contact, node, message }) => `${contact} stands still${node === null ? '' : ` at ${node}`}: ${message}`))
    return { journal: await journal(db), imported, troubles }
  } finally {
    await db.close()
  }
}
