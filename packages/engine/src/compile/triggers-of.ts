import type { Catalog } from '../catalog.ts'
import { compileCondition } from '../condition/compile.ts'
import type { FlowGraph } from '../graph/schema.ts'
import type { CompiledTrigger, CompileTools } from '../kind.ts'
import { parseNode } from '../nodes/parse-config.ts'
import { runOf } from '../nodes/runs.ts'
import { unionReads } from './reads.ts'

/** The ways into a graph that can be read and have no fault of their own; the rest of the flow may be as it likes. */
export function triggersOf(graph: FlowGraph, catalog: Catalog): readonly { node: string; trigger: CompiledTrigger }[] {
  return graph.nodes.flatMap((node) => {
    const trigger = triggerOf(node, catalog)
    return trigger ? [{ node: node.id, trigger }] : []
  })
}

/** What a drawn step does as a way in; undefined where it is none, or is not ready. */
export function triggerOf(node: FlowGraph['nodes'][number], catalog: Catalog): CompiledTrigger | undefined {
  const parsed = parseNode(node)
  if (!('ok' in parsed) || parsed.ok.kind.category !== 'trigger') return undefined
  const { kind, config } = parsed.ok
  const run = runOf(kind.type)
  if (!run || run.check(config, catalog).some((it) => it.severity === 'error')) return undefined
  let whole = true
  const condition: CompileTools['condition'] = (source) => {
    const compiled = compileCondition(source, catalog)
    if ('ok' in compiled) return compiled.ok
    // It names what is gone: the step is not ready, and nobody asks this.
    whole = false
    const never = { truth: null, until: Number.POSITIVE_INFINITY }
    return { evaluate: () => never, explain: () => ({ truth: null, rules: [] }), reads: NOTHING }
  }
  const { trigger } = run.compile(config, { nodeId: node.id, flowId: '', catalog, condition })
  return whole ? trigger : undefined
}

const NOTHING = unionReads([])
