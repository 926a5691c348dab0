import type { Issue } from '@baton/engine'
import type { ReactFlowInstance } from '@xyflow/react'
import { isLack } from '../fresh.ts'
import { boxOf } from '../geometry.ts'
import { glide } from '../glide.ts'
import type { EditorStore } from '../store.ts'
import { canvasFrame, fitOptions } from './fit.ts'

type View = Pick<ReactFlowInstance, 'setCenter' | 'getZoom' | 'fitView'>

/** Chooses a step and brings it into view, out of a folded group too. */
export const showStep = (store: EditorStore, view: View, id: string) => show(store, view, [id])

/** Chooses the steps of a problem and brings them into view: of a whole path all of it. */
export const showProblem = (store: EditorStore, view: View, { nodes }: Issue): void => show(store, view, nodes)

function show(store: EditorStore, view: View, nodes: readonly string[]): void {
  const { history, reveal, select } = store.getState()
  reveal(nodes)
  select(nodes)
  const steps = history.present.nodes.filter((it) => nodes.includes(it.id))
  const [step] = steps
  if (!step) return
  if (steps.length > 1) {
    const path = { ...history.present, nodes: steps, notes: [], groups: [] }
    void view.fitView({ nodes: steps.map(({ id }) => ({ id })), duration: glide(260), ...fitOptions(path, canvasFrame()) })
    return
  }
  const { x, y, width, height } = boxOf(step)
  void view.setCenter(x + width / 2, y + height / 2, { zoom: Math.max(0.7, view.getZoom()), duration: glide(260) })
}

/** Goes to the next problem, or the one before. */
export function goToProblem(store: EditorStore, view: View, by: 1 | -1): void {
  const { issues, fresh, selected } = store.getState()
  const loud = issues.filter((it) => !isLack(fresh, it))
  const next = besideOf(loud, selected, by)
  if (next) showProblem(store, view, next)
}

/**
 * The problem behind, or before, the one whose steps are chosen; from none the first, or the last. Errors come first, and around the end it goes
 * on. What is wrong with the flow as a whole has no place to go to.
 */
export function besideOf(issues: readonly Issue[], selected: ReadonlySet<string>, by: 1 | -1): Issue | undefined {
  const placed = issues.filter((it) => it.nodes.length > 0)
  const stops = [...placed.filter((it) => it.severity === 'error'), ...placed.filter((it) => it.severity !== 'error')]
  // Several problems of one step are one place.
  const places = stops.filter((it, i) => stops.findIndex((other) => sameSteps(other, new Set(it.nodes))) === i)
  const at = places.findIndex((it) => sameSteps(it, selected))
  return at < 0 ? places.at(by === 1 ? 0 : -1) : places[(at + by + places.length) % places.length]
}

const sameSteps = ({ nodes }: Issue, ids: ReadonlySet<string>) => new Set(nodes).size === ids.size && nodes.every((id) => ids.has(id))
