import { sampleCatalog } from '../fixtures/index.ts'
import type { Catalog } from '../src/catalog.ts'
import { checkFlow } from '../src/check/check-flow.ts'
import type { CheckContext } from '../src/check/subject.ts'
import { condition } from '../src/condition/schema.ts'
import type { FlowSettings } from '../src/graph/schema.ts'
import { buildGraph } from './build.ts'

type Nodes = Parameters<typeof buildGraph>[0]

/** A small graph for one check, and what surrounds it. */
export interface CheckCase {
  nodes: Nodes
  ways: readonly string[]
  settings?: Partial<FlowSettings> | undefined
  catalog?: Partial<Catalog> | undefined
  context?: CheckContext | undefined
}

export const manual: Nodes[number] = ['in', 'trigger', { v: 2, on: { kind: 'manual' } }]
export const joins = (segmentId: string): Nodes[number] => ['in', 'trigger', { v: 2, on: { kind: 'segment', segmentId, way: 'joined' } }]
export const exitAt = (id: string): Nodes[number] => [id, 'exit', { label: '' }]
export const end = exitAt('end')
export const waits = (id: string, amount: number, unit = 'days'): Nodes[number] => [
  id,
  'wait',
  { v: 2, until: { kind: 'duration', amount, unit }, slot: 1 },
]
export const sends = (id: string, templateId: string, more: Record<string, unknown> = {}): Nodes[number] => [
  id,
  'send-email',
  { v: 2, templateId, ifNotSent: { do: 'skip' }, ...more },
]
export const handsOver = (id: string): Nodes[number] => [id, 'hand-to-sales', { teamId: 'team_phone', why: 'Ready' }]
/** Cases as [id, rules]; all rules of a case must hold. */
export const branches = (id: string, ...cases: readonly (readonly [string, readonly unknown[]])[]): Nodes[number] => [
  id,
  'branch',
  { cases: cases.map(([name, rules]) => ({ id: name, name, when: { combinator: 'and', rules } })) },
]
export const field = (key: string, op: string, value?: unknown) => ({
  subject: { kind: 'field', key },
  op,
  ...(value === undefined ? {} : { value }),
})
export const inSegment = (segmentId: string) => ({ subject: { kind: 'segment' as const, segmentId }, op: 'is' as const })
/** A segment of the catalog; all of its rules must hold. */
export const segmentOf = (id: string, ...rules: readonly unknown[]) => ({
  ...{ id, name: id },
  condition: condition.parse({ combinator: 'and', rules }),
})
export const score = (op: string, value: unknown, dimension = 'fit') => ({ subject: { kind: 'score', dimension }, op, value })
export const happened = (type: string, op = 'ge', value: unknown = 1) => ({
  subject: { kind: 'event', type, where: [], window: { kind: 'since-entering' } },
  op,
  value,
})

/** What a check finds. */
export const checked = ({ nodes, ways, settings, catalog, context }: CheckCase) =>
  checkFlow(buildGraph(nodes, ways, settings), { ...sampleCatalog, ...catalog }, context)

/** What a check finds: its problems with these codes, as `code node+node`. */
export function told(of: CheckCase, codes: readonly string[]): string[] {
  return checked(of)
    .filter((it) => codes.includes(it.code))
    .map((it) => `${it.code} ${it.nodes.join('+')}`.trim())
}

/** What is checked, the graph, and what is found there. */
export type CheckRow = [name: string, it: CheckCase, found: string[]]

/** Of each table at least so many graphs fire, and so many come near to it and do not. */
const ENOUGH = 3

/**
 * The table of one rule, named as the rule is. `test/check-tables.test.ts` holds that each rule has one.
 * @throws where fewer than three of its graphs fire, or fewer than three do not
 */
export function proved(rule: string, rows: readonly CheckRow[]): CheckRow[] {
  const fires = rows.filter(([, , found]) => found.length > 0).length
  const misses = rows.length - fires
  if (fires < ENOUGH || misses < ENOUGH)
    throw new Error(`${rule}: ${fires} graphs fire and ${misses} nearly do. Show at least ${ENOUGH} of each.`)
  return [...rows]
}
