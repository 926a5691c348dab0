import {
  contactsBefore,
  type FlowRow,
  type Handle,
  loadStates,
  moveUnderWay,
  type PlanRows,
  passedBefore,
  planRows,
  type StoredMigration,
  standingBefore,
  versionGraph,
} from '@baton/db'
import {
  buildPlan,
  type Catalog,
  type CompiledFlow,
  compileFlow,
  type FlowGraph,
  type MigrationAnswer,
  type MigrationGroup,
  type MigrationLine,
  type MigrationPlan,
  migrationPlan,
  type Plan,
  type PlannedFlow,
  rehearseMigration,
  segmentsFor,
  withSteps,
} from '@baton/engine'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { catalogOf } from './catalog.ts'
import { checkDraft } from './contained.ts'

const BUCKETS = 1024
/** So many passages are tried on copies; where there are more, they stand for the others. */
const TRIED = 1000
/** Of so many people it is counted where each has been; where there are more, of a sample. */
const COUNTED = 200_000
/** More than this going out at once has to be confirmed by typing the number. */
const AT_ONCE = 100

/** What becomes of people, by the step they stand at; the default (same step, same visit) is not said. */
export const answersInput = z.record(
  z.string().min(1).max(400),
  z.discriminatedUnion('do', [
    z.object({ do: z.literal('go-on'), node: z.string().min(1).max(400) }),
    z.object({ do: z.literal('leave') }),
    z.object({ do: z.literal('stay') }),
  ]),
)
type MigrationAnswers = Readonly<Record<string, MigrationAnswer>>

/** What becomes of the people at one step, as a page shows it. */
export interface PeopleLine extends MigrationLine {
  name: string
  /** What the step is called in the new version, where that is something else. */
  becomes: string | null
  /** The kind of the step. */
  type: string
  /** Whose wait is over by the new version, and who go on at once. */
  overdue: number
  /** Step of the new version → how many of these people have been there. */
  passed: Readonly<Record<string, number>>
}

/** What publishing the draft over the people inside would do. */
export interface PeoplePreview extends Omit<MigrationPlan, 'lines' | 'targets'> {
  /** The number the new version will get. */
  version: number
  people: number
  /** On which versions they are, the newest first. */
  versions: readonly { version: number; people: number }[]
  lines: readonly PeopleLine[]
  targets: readonly { id: string; name: string; type: string }[]
  /** What goes out when they are moved; of a sample where `tried` is less than `people`. */
  mails: number
  handoffs: number
  effects: number
  atOnce: number
  tried: number
  /** Above it the number has to be typed. */
  limit: number
  /** It stands still: people are moved, and things go out, when it goes on. */
  paused: boolean
  /** People are being moved by an earlier plan, which this one would end. */
  running: { version: number; done: number; total: number } | null
}

const UNREAD = 'A step that cannot be read'

/** The new version among the ones that have people, alone: other flows stand still, nothing happens there. */
function planWith(
  flow: FlowRow,
  versions: ReadonlyMap<number, CompiledFlow>,
  entry: CompiledFlow,
  graphs: readonly FlowGraph[],
  rows: PlanRows,
): Plan {
  const catalog = catalogOf(rows)
  const still = catalog.flows
    .filter((it) => it.id !== flow.id)
    .map((it): PlannedFlow => ({ flowId: it.id, state: 'paused', entry: null, versions: new Map(), pauses: [] }))
  const pauses = rows.pauses.filter((it) => it.flowId === flow.id && it.to !== null).map(({ flowId: _, ...pause }) => pause)
  const own: PlannedFlow = { flowId: flow.id, state: 'live', entry, versions, pauses, share: flow.share }
  const named = new Set(graphs.flatMap((graph) => segmentsFor({ graph, segments: rows.segments, catalog })).map((it) => it.id))
  return buildPlan({ flows: [...still, own], segments: rows.segments.filter((it) => named.has(it.id)), catalog, scoring: rows.scoring })
}

/** A version goes on when its team has emptied; so does a trial of it. */
const staffed = (catalog: Catalog): Catalog => ({
  ...catalog,
  teams: catalog.teams.map((team) => ({ ...team, members: Math.max(1, team.members) })),
})

/** Carries the plan out on copies of those inside, or of a sample of them. */
async function rehearsed(
  db: Handle,
  flow: FlowRow,
  {
    version,
    graphs,
    rows,
    answers,
    now,
  }: { version: number; graphs: ReadonlyMap<number, FlowGraph>; rows: PlanRows; answers: MigrationAnswers; now: number },
) {
  const catalog = staffed(catalogOf(rows))
  const versions = new Map<number, CompiledFlow>()
  for (const [number, graph] of graphs) {
    const made = compileFlow({ flowId: flow.id, version: number, graph, catalog })
    if ('ok' in made) versions.set(number, made.ok)
    else if (number === version) throw fail('PRECONDITION_FAILED', `This draft cannot run yet: ${made.issues[0]?.say ?? ''}`)
  }
  const entry = versions.get(version)
  if (!entry) throw fail('PRECONDITION_FAILED', 'This draft cannot run yet.')
  const plan = planWith(flow, versions, entry, [...graphs.values()], rows)
  const ids = await contactsBefore(db, { flowId: flow.id, before: version, limit: TRIED })
  const related = new Set([...plan.reads.related, 'company'])
  const needs = { events: plan.reads.events, now, horizon: null, mails: plan.mails, related, drawn: plan.draws }
  const states = await loadStates(db, { kind: 'span', from: 0, to: BUCKETS - 1 }, ids, needs)
  return rehearseMigration(plan, states.values(), { flowId: flow.id, to: version, answers }, { now, seed: rows.settings.seed })
}

/** Where people have been, by where they stand: of all, or of a sample that stands for all. */
async function passedAt(db: Handle, of: { flowId: string; before: number; people: number }): Promise<Map<string, Record<string, number>>> {
  const buckets = of.people <= COUNTED ? BUCKETS : Math.ceil((BUCKETS * COUNTED) / of.people)
  const at = new Map<string, Record<string, number>>()
  for (const { node, passed, people } of await passedBefore(db, { ...of, buckets })) {
    at.set(node, { ...at.get(node), [passed]: Math.round((people * BUCKETS) / buckets) })
  }
  return at
}

/**
 * What publishing the draft would do with those who are inside on older versions, with these answers.
 * @returns undefined when nobody is
 * @throws PRECONDITION_FAILED when the draft cannot run
 */
export async function peoplePreview(
  db: Handle,
  flow: FlowRow,
  answers: MigrationAnswers,
  catalog: Catalog,
  now: number,
): Promise<PeoplePreview | undefined> {
  const version = (flow.liveVersion ?? 0) + 1
  const standing = await standingBefore(db, { flowId: flow.id, before: version })
  const people = standing.reduce((sum, it) => sum + it.people, 0)
  if (people === 0) return undefined
  const rows = await planRows(db)
  const { graph: to } = await checkDraft(db, flow, catalog)
  const graphs = new Map([[version, to]])
  for (const number of new Set(standing.map((it) => it.version))) {
    const graph = await versionGraph(db, flow.id, number)
    if (graph) graphs.set(number, graph)
  }
  const old = [...graphs].filter(([number]) => number !== version).map(([, graph]) => graph)
  const from: FlowGraph = {
    ...(old[0] ?? to),
    nodes: [
      ...new Map(
        old
          .toReversed()
          .flatMap((it) => it.nodes)
          .map((it) => [it.id, it]),
      ).values(),
    ],
  }
  const passed = await passedAt(db, { flowId: flow.id, before: version, people })
  const groups = standing.flatMap(({ node, people: n }): MigrationGroup[] => {
    const answer = answers[node]
    if (answer?.do !== 'go-on') return [{ node, visits: {}, people: n }]
    const all = standing.filter((it) => it.node === node).reduce((sum, it) => sum + it.people, 0)
    // Counted for the step, whatever the version: each version has its share.
    const been = Math.min(n, Math.round(((passed.get(node)?.[answer.node] ?? 0) * n) / all))
    return [
      { node, visits: { [answer.node]: 1 }, people: been },
      { node, visits: {}, people: n - been },
    ]
  })
  const plan = migrationPlan({ from, to, groups, answers })
  const trial = await rehearsed(db, flow, { version, graphs, rows, answers, now })
  const scale = trial.passages === 0 ? 0 : people / trial.passages
  const [mails, handoffs, effects] = [trial.mails, trial.handoffs, trial.effects].map((n) => Math.round(n * scale)) as [
    number,
    number,
    number,
  ]
  const namesIn = (graph: FlowGraph) => new Map((withSteps(catalog, graph).steps ?? []).map((it) => [it.id, it.name]))
  const [was, is] = [namesIn(from), namesIn(to)]
  const types = new Map([...from.nodes, ...to.nodes].map((it) => [it.id, it.type]))
  return {
    ...plan,
    version,
    people,
    versions: [...new Set(standing.map((it) => it.version))].map((number) => ({
      version: number,
      people: standing.filter((it) => it.version === number).reduce((sum, it) => sum + it.people, 0),
    })),
    lines: plan.lines.map((line) => ({
      ...line,
      name: was.get(line.node) ?? is.get(line.node) ?? UNREAD,
      becomes: line.fallback !== null && was.get(line.node) !== is.get(line.node) ? (is.get(line.node) ?? null) : null,
      type: types.get(line.node) ?? '',
      overdue: Math.min(line.people, Math.round((trial.overdueAt[line.node] ?? 0) * scale)),
      passed: passed.get(line.node) ?? {},
    })),
    targets: plan.targets.map((id) => ({ id, name: is.get(id) ?? UNREAD, type: types.get(id) ?? '' })),
    mails,
    handoffs,
    effects,
    atOnce: mails + handoffs + effects,
    tried: trial.passages,
    limit: AT_ONCE,
    paused: flow.status === 'paused',
    running: (await moveUnderWay(db, flow.id)) ?? null,
  }
}

const figure = (n: number) => n.toLocaleString('en-US')

/** Whether what goes out now is what somebody has seen and typed, but for who moved on meanwhile. */
const isSeen = (atOnce: number, typed: number) => atOnce <= typed * 1.1 + 10 && typed <= atOnce * 1.1 + 10

/**
 * The plan that goes with a publish, looked at once more.
 * @returns undefined when nobody is inside any more
 * @throws PRECONDITION_FAILED while a step has no answer, an answer leads nowhere, or the number that goes out at once was not confirmed
 */
export async function mustBePlanned(
  db: Handle,
  flow: FlowRow,
  given: { answers: MigrationAnswers; confirmed?: number | undefined },
  catalog: Catalog,
  now: number,
): Promise<Omit<StoredMigration, 'id'> | undefined> {
  const preview = await peoplePreview(db, flow, given.answers, catalog, now)
  if (!preview) return undefined
  const open = preview.lines.find((it) => it.answer === null)
  if (open) {
    const who = open.people === 1 ? 'the person' : `the ${figure(open.people)} people`
    throw fail('PRECONDITION_FAILED', `Not published: say what becomes of ${who} at “${open.name}”, which the new version does not have.`)
  }
  const reachable = new Set(preview.targets.map((it) => it.id))
  const wrong = Object.entries(given.answers).find(([, answer]) => answer.do === 'go-on' && !reachable.has(answer.node))
  if (wrong) {
    const name = preview.lines.find((it) => it.node === wrong[0])?.name ?? wrong[0]
    throw fail('PRECONDITION_FAILED', `Not published: people at “${name}” cannot go on at a step that the new version does not have.`)
  }
  const { people, same, goOn, leave, stay, again, atOnce } = preview
  if (atOnce > preview.limit && !isSeen(atOnce, given.confirmed ?? 0)) {
    throw fail('PRECONDITION_FAILED', `Not published: ${figure(atOnce)} messages would go out at once. Type ${atOnce} to confirm that.`)
  }
  return { answers: given.answers, people, same, goOn, leave, stay, again, atOnce }
}
