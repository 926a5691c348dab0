import type { FlowGraph, FlowGroup } from '@baton/engine'
import { type EditorState, shownGroups } from '../store.ts'

type Chosen = Pick<EditorState, 'history' | 'folds' | 'selected'>

/** The steps that lie in a group. */
export const stepsOf = ({ nodes }: FlowGraph, group: string): string[] => nodes.flatMap((it) => (it.parentId === group ? [it.id] : []))

/** The one group that all chosen steps lie in; a note among them lies in none. */
export function groupAround(state: Chosen): FlowGroup | undefined {
  const { history, selected } = state
  if (selected.size === 0 || !history.present.groups?.length) return undefined
  const inside = history.present.nodes.filter((it) => selected.has(it.id))
  const [first] = inside
  const same = inside.length === selected.size && inside.every((it) => it.parentId === first?.parentId)
  return same ? shownGroups(state).find((it) => it.id === first?.parentId) : undefined
}

/** The group that is chosen: all that lies in it, and nothing else. Of a group with one step only its card is, while it is folded. */
export function chosenGroup(state: Chosen): FlowGroup | undefined {
  const group = groupAround(state)
  if (!group || stepsOf(state.history.present, group.id).length !== state.selected.size) return undefined
  return state.selected.size > 1 || group.folded ? group : undefined
}

/** The folded group whose card is chosen. */
export function chosenFold(state: Chosen): FlowGroup | undefined {
  const group = chosenGroup(state)
  return group?.folded ? group : undefined
}

/** Where a way comes into a group, by the step outside and the one inside; a group that nothing leads to is entered at its first step. */
export function entryOf(graph: FlowGraph, group: string): { from: string | undefined; to: string | undefined } {
  const own = new Set(stepsOf(graph, group))
  const way = graph.edges.find((it) => own.has(it.target) && !own.has(it.source))
  return { from: way?.source, to: way?.target ?? [...own][0] }
}
