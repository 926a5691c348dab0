import { teamFactsIn } from '@baton/api'
import { type ClaimedItem, claimInbox, createIds, type Handle, type ImportJob, loadStates, openDatabase } from '@baton/db'
import {
  type Ahead,
  type Catalog,
  callAnswers,
  createWorld,
  itemsOf,
  type JournalLine,
  journalLines,
  type Plan,
  type Player,
  play,
  type RunEvent,
  type SalesTeam,
  scheduledTimes,
  sortJournal,
  teamOf,
  withRouting,
} from '@baton/engine'
import { importFile } from '../imports/file.ts'
import { type Compiled, createPlans } from '../runner/index.ts'
import type { FlowRun, FlowRunResult } from './run.ts'
import { settleWorkspace } from './workspace.ts'
import { peopleOf } from './world.ts'

const ALL = { kind: 'span', from: 0, to: 1023 } as const
const EVERYTHING = 2 ** 31 - 1
const LOT = 2000
const TROUBLES = 100

/** Who takes leads, by the bundle's own calendars, absences and territories. */
export const salesTeams = (bundle: FlowRun['bundle'], catalog: Catalog): SalesTeam[] => teamFactsIn(bundle).map((it) => teamOf(it, catalog))

/** Everybody of a bundle and a file of contacts as they are before the first turn. */
export interface Cast {
  compiled: Compiled
  imported: ImportJob | null
  /** In the order of their keys; `coming` is what waits in their inboxes. */
  players: readonly Player[]
  /** The keys of the events file, each with the key of the contact that is meant. */
  known: ReadonlyMap<string, string>
}

async function castOf(
  db: Handle,
  compiled: Compiled,
  imported: ImportJob | null,
  run: Pick<FlowRun, 'events' | 'from'> & { teams: readonly SalesTeam[] },
): Promise<Cast> {
  const plan = withRouting(compiled.plan, run.teams)
  const related = new Set([...compiled.related, ...plan.reads.related])
  const { items } = await claimInbox(db, ALL, { bucket: 0, seq: 0 }, EVERYTHING)
  const waiting = new Map<number, ClaimedItem[]>()
  for (const item of items) {
    const own = waiting.get(item.contactId)
    if (own) own.push(item)
    else waiting.set(item.contactId, [item])
  }
  const ids = [...waiting.keys()]
  const needs = { events: plan.reads.events, now: run.from, horizon: null, mails: plan.mails, related, drawn: plan.draws }
  const players: Player[] = []
  const keys = new Map<number, string>()
  for (let at = 0; at < ids.length; at += LOT) {
    for (const [id, state] of await loadStates(db, ALL, ids.slice(at, at + LOT), needs)) {
      keys.set(id, state.person.key)
      players.push({ state, coming: (waiting.get(id) ?? []).map((it) => it.item) })
    }
  }
  const meant = await peopleOf(db, run.events)
  const known = new Map<string, string>()
  for (const [written, id] of meant) {
    const key = keys.get(id)
    if (key !== undefined) known.set(written, key)
  }
  return { compiled, imported, players: players.sort((a, b) => (a.state.person.key < b.state.person.key ? -1 : 1)), known }
}

/** Reads a bundle and a file of contacts as `flow run` does, by the importer and the tables of the real thing. @throws NotRunnable, ImportError */
export async function castFor(run: FlowRun): Promise<Cast & { teams: readonly SalesTeam[] }> {
  const db = await openDatabase({ memory: true })
  try {
    await db.migrate()
    await settleWorkspace(db, run.bundle, { at: run.from, seed: run.seed })
    const to = { db, ids: createIds(db), clock: { now: () => run.from }, nudge: () => {} }
    const imported = run.contacts ? await importFile(to, run.contacts.path, run.contacts.options) : null
    const compiled = await createPlans({ handle: db, log: run.log }).get()
    const teams = salesTeams(run.bundle, compiled.catalog)
    return { ...(await castOf(db, compiled, imported, { ...run, teams })), teams }
  } finally {
    await db.close()
  }
}

/** What the lines of an events file come to for each contact, by time; and those that find nobody. */
function aheadOf({ events, from }: FlowRun, known: Cast['known']): { ahead: Map<string, Ahead[]>; troubles: string[] } {
  const ahead = new Map<string, Ahead[]>()
  const troubles: string[] = []
  for (const event of events) {
    const key = known.get(event.contact)
    if (key === undefined) {
      troubles.push(`events line ${event.line}: nobody has the key ${event.contact}; passed over.`)
      continue
    }
    const own = ahead.get(key)
    if (own) own.push(...comingOf(event, from))
    else ahead.set(key, comingOf(event, from))
  }
  return { ahead, troubles }
}

function comingOf(event: RunEvent, from: number): Ahead[] {
  const at = Math.max(event.receivedAt, from)
  const { happening: it, line } = event
  if (it.do !== 'sales') return itemsOf(event, at)
  const { do: _, ...word } = it
  return [{ kind: 'lead-answer', at, line, ...word }]
}

/**
 * Plays the flows of a bundle over contacts and events as `flow run` runs them, without a database behind the turns: by the engine alone, with
 * its own outside world. The journal is the same, to the byte.
 * @throws NotRunnable, ImportError
 */
export async function flowSimulate(run: FlowRun): Promise<FlowRunResult> {
  const { compiled, imported, players, known, teams } = await castFor(run)
  const { plan, seed } = compiled
  const { ahead, troubles } = aheadOf(run, known)
  const answers = callAnswers(run.events, (key) => known.get(key))
  const world = createWorld({
    teams,
    zone: plan.workspaceZone,
    answers: { call: (contact, { key, node, at, enrolment: { flowId } }) => answers.to({ key, contact, flowId, node, at }) },
  })
  const cast = players.map(({ state, coming }) => ({ state, coming: [...coming, ...(ahead.get(state.person.key) ?? [])] }))
  const lines: JournalLine[] = []
  const steps = play(cast, {
    plan,
    world,
    until: run.until,
    seed,
    times: scheduledTimes(plan, run.from, run.until),
    onTurn: ({ before, result }) => lines.push(...journalLines(before.person.key, result)),
    onNoLead: (contact, { line }) => troubles.push(`events line ${line}: no lead of ${contact} waits for an answer then; passed over.`),
  })
  for (let step = steps.next(); ; step = steps.next()) {
    if (!step.done) continue
    troubles.push(
      ...answers.unused().map((it) => `events line ${it.line}: no web address of ${it.contact} waited for this answer; passed over.`),
      ...standing(plan, step.value).slice(0, TROUBLES),
    )
    return { journal: sortJournal(lines), imported, troubles }
  }
}

/** Who stands still with an error in the end. */
function standing({ flows }: Plan, states: readonly Player['state'][]): string[] {
  return states.flatMap(({ person, enrolments }) =>
    enrolments.flatMap(({ flowId, node, vars }) =>
      vars.parked && flows.has(flowId) ? [`${person.key} stands still at ${node}: ${vars.parked.message}`] : [],
    ),
  )
}
