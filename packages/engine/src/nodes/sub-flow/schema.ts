import { z } from 'zod'
import { configBase } from '../base.ts'

/** A way out: an exit of the flow inside, as it was called when it was chosen. */
export const containedWay = z.object({ id: z.string().min(1).max(64), label: z.string().max(120) })

export const subFlowConfig = z.object({
  ...configBase(1),
  flowId: z.string().max(64).nullable(),
  /** The published version, for ever: a newer one is taken by choosing it. */
  version: z.number().int().min(1).nullable(),
  /** The trigger of that version behind which people begin. */
  start: z.string().max(200).nullable(),
  /** Its exits, kept here so that the ports stand while the flow is not at hand. */
  ways: z.array(containedWay).max(50).default([]),
  /** Only in published graphs: the steps of the flow are in the graph, under `id/…`. */
  inlined: z.literal(true).optional(),
  /** Only in published graphs, at `id/exit`: the exit by which people come back. */
  left: z.string().min(1).max(64).optional(),
})
export type SubFlowConfig = z.infer<typeof subFlowConfig>
