import { describe, expect, test } from 'vitest'
import { compiled, type KindRun, kindRuns, runInMemory, worldOf } from '../../testing/index.ts'
import {
  buildPlan,
  type ContactState,
  type EnrolmentKey,
  type FlowGraph,
  type InboxItem,
  migrationPlan,
  type PlannedFlow,
  parseNode,
  rehearseMigration,
  UNDECIDED,
} from '../index.ts'

type Answers = Extract<InboxItem, { kind: 'migrate' }>['answers']
type Of = (node: string, place: number, targets: readonly string[]) => Answers[string] | undefined

/** What the author says of the people at each node: one way for all, or all ways side by side in one migration. */
const SAID: readonly [string, Of][] = [
  ['nothing', () => undefined],
  ['leave', () => ({ do: 'leave' })],
  ['stay', () => ({ do: 'stay' })],
  ['go on elsewhere', (_, place, targets) => ({ do: 'go-on', node: targets[place % targets.length] ?? '' })],
  [
    'something else of each',
    (_, place, targets) =>
      [undefined, { do: 'leave' }, { do: 'stay' }, { do: 'go-on', node: targets[place % targets.length] ?? '' }][
        place % 4
      ] as Answers[string],
  ],
]

/** The next version: as it was, or with nothing left of it but its ways in and an exit. */
const NEXT: readonly [string, (graph: FlowGraph) => FlowGraph][] = [
  ['the same steps', (graph) => graph],
  [
    'none of its steps',
    (graph) => {
      const starts = graph.nodes.filter((it) => it.type === 'trigger')
      const exit = { id: 'over', type: 'exit', position: { x: 0, y: 0 }, data: { v: 1, label: '' } }
      const edges = starts.map(({ id }) => ({ id: `${id}.out`, source: id, sourceHandle: 'out', target: exit.id }))
      return { ...graph, nodes: [...starts, exit], edges, groups: [], notes: [] }
    },
  ],
]

const atRest = (states: readonly ContactState[], flowId: string) =>
  states.flatMap((state) => state.enrolments.filter((it) => it.flowId === flowId).map((enrolment) => ({ state, enrolment })))

/** What somebody rests at: the kind, and what is waited for. */
function modeOf(graph: FlowGraph, id: string): string {
  const node = graph.nodes.find((it) => it.id === id)
  const parsed = node && parseNode(node)
  if (!parsed || !('ok' in parsed)) return ''
  const { until, leaveAt, ifNotSent } = parsed.ok.config as { until?: { kind: string }; leaveAt?: string; ifNotSent?: { do: string } }
  return [parsed.ok.kind.type, until?.kind ?? leaveAt ?? ifNotSent?.do ?? ''].join(' ').trim()
}

const passage = (contact: string, { flowId, key, entry }: EnrolmentKey) => JSON.stringify([contact, flowId, key, entry])
const fresh = (kind: string) => kindRuns().find((it) => it.kind === kind) as KindRun

/** Plays a recorded run and moves everybody in all of its flows to version 2 at one instant. */
function moved(kind: string, at: number, next: (graph: FlowGraph) => FlowGraph, of: Of) {
  const run = fresh(kind)
  const before = runInMemory(run.plan, run.contacts, at - 1, { seed: run.seed, react: worldOf(run) }).contacts
  const flows = run.flows.map(({ id, graph, share }): PlannedFlow & { to: FlowGraph; graph: FlowGraph } => {
    const to = next(graph)
    const [one, two] = [compiled(id, graph, run.catalog, 1), compiled(id, to, run.catalog, 2)]
    return {
      flowId: id,
      state: 'live',
      entry: two,
      versions: new Map([
        [1, one],
        [2, two],
      ]),
      pauses: [],
      share,
      graph,
      to,
    }
  })
  const plan = buildPlan({ flows, segments: run.segments, catalog: run.catalog })
  const said = new Map(
    flows.map(({ flowId, to, graph }) => {
      const targets = to.nodes.filter((it) => it.type !== 'trigger').map((it) => it.id)
      const answers = graph.nodes.flatMap((it, place) => {
        const answer = of(it.id, place, targets)
        return answer ? [[it.id, answer] as const] : []
      })
      return [flowId, Object.fromEntries(answers)]
    }),
  )
  const moves = (state: ContactState): InboxItem[] =>
    state.enrolments.map(({ flowId, key }) => ({
      ...{ kind: 'migrate', at, flowId, key, migration: 'm', to: 2, answers: said.get(flowId) ?? {} },
      source: { kind: 'user', id: 'usr_ida', name: 'Ida' },
    }))
  const again = fresh(kind)
  const contacts = again.contacts.map(({ state, items }, i) => {
    const all = [...items, ...moves(before[i] as ContactState)]
    return { state, items: all.sort((x, y) => x.at - y.at) }
  })
  const plans = [
    { from: Number.NEGATIVE_INFINITY, plan: again.plan },
    { from: at, plan },
  ] as const
  const after = runInMemory(plans, contacts, again.until, { seed: again.seed, react: worldOf(again) })
  return { before, flows, plan, said, after, seed: run.seed }
}

/** A few instants at which people rest somewhere: just after turns, spread over the run. */
function instantsOf(kind: string): number[] {
  const run = fresh(kind)
  const all = [...new Set(runInMemory(run.plan, run.contacts, run.until, { seed: run.seed, react: worldOf(run) }).turns.map((it) => it.at))]
  return all.filter((_, i) => i % Math.ceil(all.length / 6) === 0).map((it) => it + 1)
}

describe('at every node, in every wait mode, in one go', () => {
  const kinds = kindRuns().map((it) => it.kind)
  const cases = NEXT.flatMap(([version, next]) => SAID.map(([words, of]) => ({ version, next, words, of })))
  const rested = new Set<string>()

  test.each(cases)('E-296 E-299 E-301 to $version, where $words is said', ({ next, of }) => {
    for (const kind of kinds) {
      for (const at of instantsOf(kind)) {
        const { before, flows, plan, said, after, seed } = moved(kind, at, next, of)
        for (const { flowId, graph, to } of flows) {
          const inside = atRest(before, flowId)
          const answers = said.get(flowId) ?? {}
          const foretold = migrationPlan({
            from: graph,
            to,
            groups: inside.map(({ enrolment: { node, vars } }) => ({ node, visits: vars.visits })),
            answers,
          })
          // The preview: everybody is in one of its lines, and in one only.
          expect(foretold.same + foretold.goOn + foretold.leave + foretold.stay + foretold.open).toBe(inside.length)
          const tried = rehearseMigration(plan, before, { flowId, to: 2, answers }, { now: at, seed })
          const told = { same: foretold.same, goOn: foretold.goOn, leave: foretold.leave, stay: foretold.stay + foretold.open }
          const moves = after.journal.flatMap((it) => (it.flow === flowId && it.reason.code === 'migrated' ? [it.reason.answer] : []))
          const done = {
            same: moves.filter((it) => it === 'same').length,
            goOn: moves.filter((it) => it === 'go-on').length,
            leave: moves.filter((it) => it === 'leave').length,
          }
          expect({ ...done, stay: inside.length - moves.length }).toEqual(told)
          expect({ same: tried.same, goOn: tried.goOn, leave: tried.leave, stay: tried.stay }).toEqual(told)
          // Before = after + left: each passage is still there, or says how it ended.
          const ends = new Map(
            after.turns.flatMap(({ contact, result }) => result.enrolments.map((it) => [passage(contact, it.value), it] as const)),
          )
          const alive = new Set(after.contacts.flatMap((it) => it.enrolments.map((one) => passage(it.person.key, one))))
          for (const { state, enrolment } of inside) {
            rested.add(modeOf(graph, enrolment.node))
            const name = passage(state.person.key, enrolment)
            expect([name, alive.has(name) !== (ends.get(name)?.ended != null)]).toEqual([name, true])
          }
          // What the pages count: arrivals less departures are those who stand there.
          const counts = new Map<string, number>()
          for (const { result } of after.turns)
            for (const it of result.deltas)
              if (it.flowId === flowId && it.port !== UNDECIDED)
                counts.set(it.node, (counts.get(it.node) ?? 0) + (it.port === null ? 1 : -1))
          for (const { enrolment } of atRest(after.contacts, flowId)) counts.set(enrolment.node, (counts.get(enrolment.node) ?? 0) - 1)
          expect([...counts].filter(([, left]) => left !== 0)).toEqual([])
        }
      }
    }
  })

  test('people stood wherever anybody can rest', () => {
    expect([...rested].sort()).toEqual([
      ...['goal', 'hand-to-sales final-outcome', 'hand-to-sales first-answer', 'send-email hold', 'throttle'],
      ...['wait date', 'wait date-field', 'wait duration', 'wait event', 'wait time', 'wait window', 'webhook'],
    ])
  })
})
