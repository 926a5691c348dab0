import type { Catalog, FlowGraph } from '@baton/engine'
import { faceOf } from '../../pages/contacts/passage-steps.ts'
import { reasonWords } from '../../pages/contacts/reason-words.ts'
import type { Frame } from './frames.ts'
import { momentWords } from './words.ts'

/** What a screen reader hears of each step. */
export function Spoken({ frame, graph, catalog }: { frame: Frame; graph: FlowGraph; catalog: Catalog }) {
  const { step, moment } = frame
  if (!step) return momentWords(moment, catalog)
  const face = faceOf({ flowId: '', version: 0, nodes: graph.nodes }, step.node, catalog)
  return `${face.name}: ${reasonWords(step.reason, face)
    .map((it) => it.text)
    .join('')}`
}
