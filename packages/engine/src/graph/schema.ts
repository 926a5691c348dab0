import { z } from 'zod'
import { condition } from '../condition/schema.ts'
import { flowTest } from '../simulate/tests/schema.ts'

/** Format of the persisted graph. A file with a higher number comes from a newer Baton and opens read only. */
export const GRAPH_FORMAT = 1

/** Steps of a flow inside a flow are called `call/step`, as deep as flows lie in one another. */
const id = z.string().min(1).max(400)

/** A step on the canvas, in React Flow's field names. `data` is the kind's own config; its kind parses it. */
export const flowNode = z.object({
  id,
  type: z.string().min(1).max(64),
  position: z.object({ x: z.number(), y: z.number() }),
  data: z.record(z.string(), z.unknown()),
  /** The group it lies in. */
  parentId: id.optional(),
  /** What the author wants to be known about it; does nothing. */
  note: z.string().max(2000).optional(),
})
export type FlowNode = z.infer<typeof flowNode>

/** A way from one step to the next. `sourceHandle` is the port by which the step is left. */
export const flowEdge = z.object({
  id,
  source: id,
  sourceHandle: z.string().min(1).max(64),
  target: id,
})
export type FlowEdge = z.infer<typeof flowEdge>

/** A slip of paper on the canvas. */
export const flowNote = z.object({
  id,
  position: z.object({ x: z.number(), y: z.number() }),
  text: z.string().max(5000),
  /** Who wrote it, by name, and when (ms since 1970). */
  by: z.string().max(200).optional(),
  at: z.number().int().optional(),
})
export type FlowNote = z.infer<typeof flowNote>

/** A frame around steps, which name it by `parentId`: it lies where they lie. */
export const flowGroup = z.object({
  id,
  name: z.string().max(120),
  /** Shown as one card. */
  folded: z.boolean().default(false),
})
export type FlowGroup = z.infer<typeof flowGroup>

/** What may happen to a contact that comes again. SEMANTICS 3. */
export const flowSettings = z.object({
  reentry: z
    .discriminatedUnion('when', [
      z.object({ when: z.literal('never') }),
      z.object({ when: z.literal('always') }),
      z.object({ when: z.literal('after-days'), days: z.number().int().min(1).max(3650) }),
      z.object({ when: z.literal('at-most'), times: z.number().int().min(1).max(1000) }),
    ])
    .default({ when: 'never' }),
  whileInside: z.enum(['ignore', 'restart']).default('ignore'),
  onLeavingSegment: z.enum(['stay', 'leave']).default('stay'),
  /** Whoever this becomes true of leaves, wherever they stand. Optional, so that what was published before keeps its hash. */
  exitWhen: condition.optional(),
})
export type FlowSettings = z.infer<typeof flowSettings>

/** How many tests a flow holds: all run at every change. */
export const MAX_TESTS = 200

/** The whole flow, as stored, exported and drawn: one model end to end. */
export const flowGraph = z.object({
  format: z.literal(GRAPH_FORMAT).default(GRAPH_FORMAT),
  nodes: z.array(flowNode).max(5000, 'A flow holds at most 5,000 steps. Make two flows, and let one start the other.'),
  edges: z.array(flowEdge).max(20_000),
  settings: flowSettings.prefault({}),
  /** For the eye only, so that what was published before keeps its hash and its text. */
  notes: z.array(flowNote).max(1000).optional(),
  groups: z.array(flowGroup).max(1000).optional(),
  /** What its author wants to stay true of it; does nothing when it runs. */
  tests: z.array(flowTest).max(MAX_TESTS).optional(),
})
export type FlowGraph = z.infer<typeof flowGraph>
