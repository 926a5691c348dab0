import { type Handle, loadStates } from '@baton/db'
import type { ContactState, InboxItem, Plan, TurnResult } from '@baton/engine'
import { runInMemory } from '@baton/engine/testing'
import { createLog, createPlans } from '@baton/server'
import { SCANNED } from './flows.ts'
import type { Phase } from './script.ts'
import { BY, emailOf, HOUR, isEven, PEOPLE, publish, START } from './world.ts'

/** What a world is before anything happens, read from its database: for the engine to go on from by itself. */
export interface Origin {
  people: readonly ContactState[]
  before: Plan
  /** The plan once the flow with the pass is published. */
  after: Plan
  seed: string
}

/** Reads the origin of a world. Publishes the flow with the pass: give it a copy of the database. */
export async function readOrigin(handle: Handle): Promise<Origin> {
  const plans = createPlans({ handle, log: createLog('error') })
  const { plan: before, seed, related } = await plans.get()
  const rows = await handle.query<{ id: number }>('select id from contact order by key')
  const states = await loadStates(
    handle,
    { kind: 'span', from: 0, to: 1023 },
    rows.map((row) => row.id),
    { events: before.reads.events, now: START, horizon: null, mails: before.mails, related, drawn: before.draws },
  )
  await handle.transaction((tx) => publish(tx, SCANNED, START))
  const { plan: after } = await plans.get()
  return { people: [...states.values()], before, after, seed }
}

/** What must be in the database in the end, whatever went wrong on the way: by the engine alone, over memory, with a clock that never lags. */
export interface Expectation {
  /** `contact flow` → the passages of that contact through that flow, each its steps as `node.port`. */
  passages: ReadonlyMap<string, readonly string[]>
  /** Keys of points, with the points. */
  ledger: ReadonlySet<string>
  sends: ReadonlySet<string>
  /** Keys of effects, with their kind. */
  effects: ReadonlyMap<string, string>
  handoffs: ReadonlySet<string>
  /** `flow node port` → how many. */
  counts: ReadonlyMap<string, number>
  /** Message ids of everything that was told. */
  told: ReadonlySet<string>
}

/** The outside world answers at once; a line lets everybody through by and by, which changes no way. */
function answers(result: TurnResult, at: number): InboxItem[] {
  return [
    ...result.effects.flatMap(({ key, kind }): InboxItem[] => {
      if (kind === 'webhook') return [{ kind: 'effect', at, effect: key, news: { outcome: 'answered', status: 200, data: null } }]
      return kind === 'throttle' ? [{ kind: 'effect', at, effect: key, news: { outcome: 'released' } }] : []
    }),
    ...result.handoffs.map(
      ({ key }): InboxItem => ({ kind: 'handoff', at, handoff: key, news: { outcome: 'assigned', repId: 'r', repName: 'R', reason: {} } }),
    ),
  ]
}

function itemsOf(person: number, phases: readonly Phase[]): InboxItem[] {
  return phases.flatMap(({ at, batches, publish: published }) => {
    const events = batches.flat().filter((it) => it.person === person)
    const told = events.map(
      ({ id, type }): InboxItem => ({ kind: 'event', at, event: { id, type, props: {}, occurredAt: at, receivedAt: at } }),
    )
    const enrol: InboxItem = { kind: 'enrol', at, flowId: SCANNED, node: 'in', key: '', source: { kind: 'user', ...BY } }
    return published && isEven(person) ? [...told, enrol] : told
  })
}

const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)

/** Runs a script through the engine alone. */
export function expectationOf({ people, before, after, seed }: Origin, phases: readonly Phase[]): Expectation {
  const published = phases.find((it) => it.publish)?.at ?? Number.POSITIVE_INFINITY
  const byKey = new Map(people.map((state) => [state.person.key, state]))
  const contacts = Array.from({ length: PEOPLE }, (_, i) => {
    const state = byKey.get(emailOf(i))
    if (!state) throw new Error(`${emailOf(i)} is not there`)
    return { state, items: itemsOf(i, phases) }
  })
  const end = (phases.at(-1)?.at ?? START) + 24 * HOUR
  const { turns } = runInMemory(
    [
      { from: Number.NEGATIVE_INFINITY, plan: before },
      { from: published, plan: after },
    ],
    contacts,
    end,
    { seed, react: answers },
  )
  const steps = new Map<string, { place: string; steps: string[] }>()
  const counts = new Map<string, number>()
  const [ledger, sends, handoffs] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const effects = new Map<string, string>()
  for (const { contact, result } of turns) {
    for (const { value, steps: taken } of result.enrolments) {
      const id = JSON.stringify([contact, value.flowId, value.key, value.entry])
      const passage = steps.get(id) ?? { place: `${contact} ${value.flowId}`, steps: [] }
      passage.steps.push(...taken.map(({ node, port }) => `${node}.${port}`))
      steps.set(id, passage)
    }
    for (const { key, points } of result.ledger) ledger.add(`${contact} ${key} ${points}`)
    for (const { key } of result.sends) sends.add(`${contact} ${key}`)
    for (const { key, kind } of result.effects) effects.set(`${contact} ${key}`, kind)
    for (const { key } of result.handoffs) handoffs.add(`${contact} ${key}`)
    for (const { flowId, node, port } of result.deltas) add(counts, `${flowId} ${node} ${port ?? ''}`)
  }
  const passages = new Map<string, string[]>()
  for (const { place, steps: taken } of steps.values()) passages.set(place, [...(passages.get(place) ?? []), taken.join(' ')].sort())
  return {
    passages,
    ledger,
    sends,
    effects,
    handoffs,
    counts,
    told: new Set(phases.flatMap((it) => it.batches.flat().map(({ id }) => id))),
  }
}
