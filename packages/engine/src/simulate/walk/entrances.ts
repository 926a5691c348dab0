import { z } from 'zod'
import type { FlowGraph } from '../../graph/schema.ts'
import type { CompiledTrigger } from '../../kind.ts'
import type { RuleTrace } from '../../state/trace.ts'
import { exampleProps } from './example.ts'
import type { By, Happening, WalkGround, WalkStart } from './walk.ts'

/** A start of the flow, and what brings somebody in by it. */
export interface WalkEntrance {
  node: string
  kind: CompiledTrigger['on']['kind']
  /** What it listens to: a segment, a type of events, a field, a score; null where it is for hands and programs. */
  of: string | null
  /** What fulfils it; null: nothing but what they are, and time. */
  proposal: Happening | null
  /** Where a segment lets in: whether they fit it now, and what its condition saw; null where none does. */
  fits: { truth: boolean | null; rules: readonly RuleTrace[] } | null
  /** Nobody can make it true by one thing that happens: they come in by hand. */
  byHand: boolean
}

const settings = z.looseObject({
  on: z.looseObject({
    formId: z.string().nullish(),
    stage: z.string().nullish(),
    key: z.string().nullish(),
    to: z.looseObject({ value: z.union([z.string(), z.number(), z.boolean()]).nullish() }).nullish(),
  }),
})

type Before = Omit<WalkStart, 'entrance'>

/** The starts of the draft, in the order of node ids, each with a proposal of how somebody comes in. */
export function walkEntrances({ plan, flowId }: WalkGround, graph: FlowGraph, start: Before): WalkEntrance[] {
  const triggers = [...(plan.flows.get(flowId)?.entry?.triggers ?? [])].sort((a, b) => (a.node < b.node ? -1 : 1))
  return triggers.map(({ node, trigger }) => {
    const data = graph.nodes.find((it) => it.id === node)?.data
    const wanted = proposalFor(node, trigger, data, start)
    const hand: Happening = { do: 'enrol', node, by: 'hand' }
    const { on } = trigger
    const segment = on.kind === 'segment-joined' ? plan.segments.get(on.segmentId) : undefined
    const fits = segment?.explain({ now: start.at, state: start.state, enteredAt: null }) ?? null
    return { node, kind: on.kind, of: subjectOf(on), byHand: wanted === undefined, proposal: wanted === undefined ? hand : wanted, fits }
  })
}

/** What fulfils a start; null: what they are, or time; undefined: nothing that is easily named. */
function proposalFor(node: string, trigger: CompiledTrigger, data: unknown, start: Before): Happening | null | undefined {
  const { on } = trigger
  const asked = (by: By): Happening => ({ do: 'enrol', node, by })
  switch (on.kind) {
    case 'event':
      return eventFor(trigger, on.type, data, start)
    case 'segment-joined':
      return start.fresh ? null : asked('match')
    case 'field': {
      const read = settings.safeParse(data)
      const value = read.success ? read.data.on.to?.value : undefined
      return value === undefined || value === null ? undefined : { do: 'fields', set: { [on.key]: value } }
    }
    case 'date':
      return null
    case 'schedule':
      return asked('schedule')
    case 'api':
      return asked('program')
    case 'flow':
      return asked('flow')
    case 'manual':
      return asked('hand')
    case 'segment-left':
    case 'score':
      return undefined
  }
}

function subjectOf(on: CompiledTrigger['on']): string | null {
  if ('segmentId' in on) return on.segmentId
  if ('type' in on) return on.type
  if ('key' in on) return on.key
  return 'dimension' in on ? on.dimension : null
}

/** An event that the start takes; undefined where none is easily named. */
function eventFor(
  trigger: CompiledTrigger,
  type: string,
  data: unknown,
  { at, state }: Omit<WalkStart, 'entrance'>,
): Happening | undefined {
  const read = settings.safeParse(data)
  const on = read.success ? read.data.on : undefined
  const named = exampleProps(data, type)
  // What tells one passage from another has to be there.
  const keyed = on?.key ? { [on.key]: 'A-1', ...named } : named
  const tries = [keyed, { ...keyed, form: on?.formId }, { ...keyed, to: on?.stage }]
  const props = tries.find((it) =>
    trigger.match?.({ id: 'walk', type, props: it, occurredAt: at, receivedAt: at }, { now: at, state, enteredAt: null }),
  )
  return props && { do: 'event', type, props }
}
