import type { Instant } from '../../state/person.ts'
import { type CallLine, type Happening, playWalk, type Walk, type WalkDecision, type WalkGround, type WalkStart } from '../walk/index.ts'
import { wordEvent, wordOf } from '../world/coming.ts'
import { stateOfPersona } from './persona.ts'
import type { FlowTest, TestEnd, TestEvent, WayStep } from './schema.ts'

/** One step of a way that was taken. */
export type WalkedStep = { node: string; port: string; visit: number }

/** What came of a test. */
export interface TestOutcome {
  id: string
  name: string
  ok: boolean
  /** The way that was taken. */
  way: readonly WalkedStep[]
  expected: readonly WayStep[]
  /** The first step that is another than expected, by its place in the way; null where the way is as expected. */
  differsAt: number | null
  end: TestEnd
  /** What was expected, where it did not come so; null: as expected, or not asked. */
  endExpected: TestEnd | null
  /** The walk itself, for whoever shows it. */
  walk: Walk
}

/** Walks a persona through the draft as a test says, and compares (SEMANTICS 11). Pure: the same flow and test give the same outcome. */
export function runFlowTest(ground: WalkGround, test: FlowTest): TestOutcome {
  const { decisions, answers } = decisionsOf(test)
  const walk = playWalk(ground, startOf(ground, test), decisions, answers)
  const way = wayOf(walk)
  const expected = test.expect
  const at = [...way, ...expected].findIndex((_, i) => !sameStep(way[i], expected[i]))
  const differsAt = at === -1 || at >= Math.max(way.length, expected.length) ? null : at
  const end = endOf(walk)
  const endExpected = test.end && !sameEnd(test.end, end) ? test.end : null
  return { id: test.id, name: test.name, ok: differsAt === null && !endExpected, way, expected, differsAt, end, endExpected, walk }
}

/** Where the walk of a test begins: somebody made at that instant. */
export function startOf(ground: WalkGround, { persona, from }: Pick<FlowTest, 'persona' | 'from'>): WalkStart {
  const at = Date.parse(from)
  return { at, state: stateOfPersona(persona, ground, at), fresh: true, entrance: null }
}

/** What happens in a test, by time, up to its end; answers to calls are known from the beginning. */
export function decisionsOf({ events, until }: Pick<FlowTest, 'events' | 'until'>): { decisions: WalkDecision[]; answers: CallLine[] } {
  const decisions: WalkDecision[] = []
  const answers: CallLine[] = []
  const inTime = events.filter((it) => Date.parse(it.time) <= Date.parse(until))
  for (const event of inTime.sort((a, b) => Date.parse(a.time) - Date.parse(b.time))) {
    const at = Date.parse(event.time)
    const what = happeningOf(event)
    if (what.do === 'webhook') answers.push({ at, what })
    else decisions.push({ do: 'happen', at, what })
  }
  return { decisions: [...decisions, { do: 'until', at: Date.parse(until) }], answers }
}

/** A test as a walk to look at: what happens in it as decisions, answers to calls among them. */
export function walkOfTest({ events, from, until }: Pick<FlowTest, 'events' | 'from' | 'until'>): {
  at: Instant
  decisions: WalkDecision[]
} {
  const happen = events.map((event): WalkDecision => ({ do: 'happen', at: Date.parse(event.time), what: happeningOf(event) }))
  const byTime = happen.sort((a, b) => ('at' in a ? a.at : 0) - ('at' in b ? b.at : 0))
  return { at: Date.parse(from), decisions: [...byTime, { do: 'until', at: Date.parse(until) }] }
}

/** The steps of a walk, as a test names them. */
export const wayOf = ({ moments }: Walk): WalkedStep[] =>
  moments.flatMap((it) => it.steps.map(({ node, port, visit }) => ({ node, port, visit })))

/** Where a walk stands, as a test names it. */
export function endOf({ here }: Walk): TestEnd {
  switch (here.how) {
    case 'rests':
    case 'parked':
      return { how: here.how, node: here.node }
    case 'over':
      return { how: 'over', ended: here.ended, ...(here.label ? { label: here.label } : {}) }
    case 'not-in':
      return { how: 'not-in' }
  }
}

function sameStep(way: WalkedStep | undefined, expected: WayStep | undefined): boolean {
  if (!way || !expected) return way === expected
  return way.node === expected.node && way.visit === (expected.visit ?? 1) && (expected.port ?? way.port) === way.port
}

function sameEnd(wanted: TestEnd, end: TestEnd): boolean {
  if (wanted.how === 'over') return end.how === 'over' && wanted.ended === end.ended && (wanted.label ?? end.label) === end.label
  return wanted.how === end.how && ('node' in wanted ? wanted.node : '') === ('node' in end ? end.node : '')
}

function happeningOf(event: TestEvent): Happening {
  if ('fields' in event) return { do: 'fields', set: event.fields }
  if ('consent' in event) return { do: 'consent', ...event.consent }
  if ('list' in event) return { do: 'list', segmentId: event.list.id, on: event.list.on }
  if ('related' in event) return { do: 'related', ...event.related }
  if ('enrol' in event) return { do: 'enrol', ...event.enrol }
  if ('webhook' in event) {
    const place = { do: 'webhook' as const, flowId: null, node: event.webhook.node ?? null }
    if ('failed' in event.webhook) return { ...place, status: event.webhook.status ?? null, data: null, why: event.webhook.failed }
    return { ...place, status: event.webhook.status, data: event.webhook.data ?? null, why: null }
  }
  const { type, props } = event
  if (type === 'sales.overflow') return { do: 'overflow' }
  const word = wordOf(type, props)
  return word ? { do: 'sales', ...word } : { do: 'event', type, props }
}

/** What was decided in a walk, as an event of a test. */
export function eventOf(what: Happening, at: Instant): TestEvent {
  const time = new Date(at).toISOString()
  switch (what.do) {
    case 'fields':
      return { time, fields: what.set }
    case 'consent':
      return { time, consent: { topic: what.topic, given: what.given } }
    case 'list':
      return { time, list: { id: what.segmentId, on: what.on } }
    case 'related':
      return { time, related: { of: what.of, id: what.id, data: what.data } }
    case 'enrol': {
      const { do: _, ...enrol } = what
      return { time, enrol }
    }
    case 'webhook': {
      const place = what.node === null ? {} : { node: what.node }
      if (what.why === null) return { time, webhook: { ...place, status: what.status ?? 200, data: what.data } }
      return { time, webhook: { ...place, failed: what.why, ...(what.status === null ? {} : { status: what.status }) } }
    }
    case 'overflow':
      return { time, type: 'sales.overflow', props: {} }
    case 'sales': {
      const { do: _, ...word } = what
      return { time, ...wordEvent(word) }
    }
    case 'event':
      return { time, type: what.type, props: what.props }
  }
}
