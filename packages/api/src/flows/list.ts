import { allFlows, arrivalsByDay, type FlowRow, type Handle, nodeCounts } from '@baton/db'
import { type Catalog, checkFlow, planHash, UNDECIDED } from '@baton/engine'
import { catalogToCheck } from './beside.ts'
import { landmarks, type SketchStep, sketchOf } from './graph.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
export const DAYS_SHOWN = 14

/** A flow as a row of the list. */
export interface FlowLine {
  id: string
  name: string
  status: FlowRow['status']
  liveVersion: number | null
  /** The draft does something else than the live version. */
  changed: boolean
  errors: number
  warnings: number
  /** The first problem, in words. */
  problem: string | null
  /** People in it now; null before the first publish. */
  inside: number | null
  /** Entered per day of the last 14, the last entry is the 24 hours up to now; null before the first publish. */
  entered: number[] | null
  handedOver: number | null
  updatedAt: number
  updatedBy: string | null
  sketch: SketchStep[]
}

interface Sums {
  inside: number
  handedOver: number
  entered: number[]
}

/** Sums the counts of all flows in two statements. */
async function sumsOf(db: Handle, flows: readonly FlowRow[], now: number): Promise<ReadonlyMap<string, Sums>> {
  const from = Math.floor(now / HOUR) * HOUR + HOUR - DAYS_SHOWN * DAY
  const [counts, arrivals] = await Promise.all([nodeCounts(db), arrivalsByDay(db, { from })])
  const marks = new Map(flows.map((flow) => [flow.id, landmarks(flow.liveGraph ?? flow.draft)]))
  const sums = new Map<string, Sums>()
  const of = (flowId: string) => {
    const found = sums.get(flowId) ?? { inside: 0, handedOver: 0, entered: Array.from({ length: DAYS_SHOWN }, () => 0) }
    sums.set(flowId, found)
    return found
  }
  for (const { flowId, node, port, n } of counts) {
    if (port === UNDECIDED) continue
    const sum = of(flowId)
    sum.inside += port === '' ? n : -n
    if (port === '' && marks.get(flowId)?.handOvers.has(node)) sum.handedOver += n
  }
  for (const { flowId, node, day, n } of arrivals) {
    const { entered } = of(flowId)
    if (marks.get(flowId)?.entries.has(node) && entered[day] !== undefined) entered[day] += n
  }
  return sums
}

function lineOf(flow: FlowRow, catalog: Catalog, sums: Sums | undefined, now: number): FlowLine {
  const issues = flow.status === 'archived' ? [] : checkFlow(flow.draft, catalog, { flowId: flow.id, now })
  const errors = issues.filter((it) => it.severity === 'error')
  const published = flow.liveVersion !== null
  return {
    id: flow.id,
    name: flow.name,
    status: flow.status,
    liveVersion: flow.liveVersion,
    changed: flow.liveHash !== null && planHash(flow.draft) !== flow.liveHash,
    errors: errors.length,
    warnings: issues.length - errors.length,
    problem: (errors[0] ?? issues[0])?.say ?? null,
    inside: published ? (sums?.inside ?? 0) : null,
    entered: published ? (sums?.entered ?? Array.from({ length: DAYS_SHOWN }, () => 0)) : null,
    handedOver: published ? (sums?.handedOver ?? 0) : null,
    updatedAt: flow.updatedAt,
    updatedBy: flow.updatedBy,
    sketch: sketchOf(flow.draft),
  }
}

/** Every flow with what the list tells of it, the last changed first. */
export async function flowLines(db: Handle, now: number): Promise<FlowLine[]> {
  const [flows, catalog] = await Promise.all([allFlows(db), catalogToCheck(db)])
  const sums = await sumsOf(db, flows, now)
  return flows.map((flow) => lineOf(flow, catalog, sums.get(flow.id), now))
}
