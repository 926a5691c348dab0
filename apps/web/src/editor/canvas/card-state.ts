import type { Catalog, Category, FlowGraph, FlowNode, Issue } from '@baton/engine'
import { useShallow } from 'zustand/react/shallow'
import { type ReadStep, readStep, type Shape, shapeOf, stepIn } from '../geometry.ts'
import { type Count, useEditor } from '../store.ts'
import { namedFlow } from './card-words.ts'

const noIssues: readonly Issue[] = []

/** All that a card shows, in the form near and far cards share. */
export interface CardState {
  node: FlowNode
  read: ReadStep | undefined
  shape: Shape
  category: Category
  catalog: Catalog
  flow: FlowGraph | null
  errors: readonly Issue[]
  warnings: readonly Issue[]
  /** What a step just added lacks. */
  lacks: readonly Issue[]
  count: Count | undefined
  live: boolean
  /** The port chosen by the keyboard. */
  port: string | null
  classes: string
}

/**
 * What there is to say of one step, read from the open flow by its id: what changes elsewhere draws nothing anew here.
 * @param drawn the step as it was when its card was put there, for as long as the flow does not know it
 */
export function useCardState(id: string, drawn: FlowNode, selected: boolean): CardState {
  const { node, catalog, flow, issues, lacking, count, live, mark, port } = useEditor(
    useShallow((state) => {
      const graph = state.history.present
      const node = stepIn(graph, id) ?? drawn
      return {
        node,
        catalog: state.catalog,
        flow: namedFlow(node, graph),
        issues: state.byNode.get(id) ?? noIssues,
        lacking: state.lacks.get(id) ?? noIssues,
        count: state.counts?.get(id),
        live: state.counts !== null,
        mark: state.marks?.get(id),
        port: selected ? state.port : null,
      }
    }),
  )
  const read = readStep(node)
  const shape = shapeOf(node)
  const category = read?.kind.category ?? 'exit'
  const errors = live ? noIssues : issues.filter((it) => it.severity === 'error')
  const warnings = live ? noIssues : issues.filter((it) => it.severity === 'warning')
  const lacks = live ? noIssues : lacking
  const bad = errors.length > 0 || (count?.parked ?? 0) > 0
  const classes = [
    category,
    shape.wide && 'wide',
    shape.contract && 'contract',
    selected && 'selected',
    bad && 'error',
    !bad && warnings.length > 0 && 'warning',
    live && 'counted',
    mark,
  ]
  return {
    node,
    read,
    shape,
    category,
    catalog,
    flow,
    errors,
    warnings,
    lacks,
    count,
    live,
    port,
    classes: classes.filter(Boolean).join(' '),
  }
}
