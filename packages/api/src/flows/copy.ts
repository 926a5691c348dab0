import { randomBytes } from 'node:crypto'
import { copyFlow, type FlowGraph } from '@baton/engine'

/** A flow as another one, with ids that nobody ever had. */
export const copyOf = (graph: FlowGraph): FlowGraph => copyFlow(graph, () => randomBytes(6).toString('hex'))
