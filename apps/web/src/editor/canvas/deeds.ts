import {
  addNote,
  copy,
  disconnect,
  type FlowGraph,
  type Fragment,
  groupNodes,
  moveNodes,
  paste,
  removeNodes,
  removeNotes,
  setNote,
  ungroup,
} from '@baton/engine'
import { toast } from '../../ui/toast.ts'
import { boxOf } from '../geometry.ts'
import type { Point } from '../grid.ts'
import { newId } from '../steps.ts'
import type { EditorStore } from '../store.ts'
import { showSide } from '../view.ts'
import { chosenGroup } from './chosen-group.ts'
import { notePlace } from './note-place.ts'

/** Takes away what is selected; neighbours of a plain line are joined. */
export function removeSelected(store: EditorStore) {
  const { edge, selected, edit, history } = store.getState()
  if (edge !== null) {
    edit((graph) => disconnect(graph, [edge]))
    store.getState().selectEdge(null)
    return
  }
  const ids = [...selected]
  const next = history.present.edges.find((it) => selected.has(it.source) && !selected.has(it.target))?.target
  edit((graph) => removeNotes(removeNodes(graph, ids), ids))
  if (ids.length === 1 && next !== undefined) store.getState().select([next])
}

/** The selected steps and notes as text for the clipboard; null when nothing is selected. */
export function copyText(store: EditorStore): string | null {
  const { selected, history } = store.getState()
  return selected.size === 0 ? null : JSON.stringify(copy(history.present, [...selected]))
}

/** Puts steps and notes down with their upper left corner at `at`, or a little beside where they came from. */
export function pasteSteps(store: EditorStore, what: Fragment, at: Point | null) {
  const { edit, select } = store.getState()
  let added: string[] = []
  edit((graph) => {
    const boxes = [...what.nodes.map(boxOf), ...(what.notes ?? []).map((it) => it.position)]
    const left = Math.min(...boxes.map((it) => it.x))
    const top = Math.min(...boxes.map((it) => it.y))
    const by = at ? { x: round(at.x - left), y: round(at.y - top) } : { x: 32, y: 32 }
    const done = paste(graph, what, by, newId)
    added = done.added
    return done.graph
  })
  if (added.length > 0) select(added)
}

const round = (value: number) => Math.round(value / 8) * 8

export function duplicateSelected(store: EditorStore) {
  const { selected, history } = store.getState()
  if (selected.size > 0) pasteSteps(store, copy(history.present, [...selected]), null)
}

/** Moves what is selected by some pixels; holding the key is one step of undo. */
export function nudge(store: EditorStore, by: Point) {
  const { selected, edit } = store.getState()
  edit(
    (graph) => {
      const moved = graph.nodes.filter((it) => selected.has(it.id))
      const next = moveNodes(graph, Object.fromEntries(moved.map((it) => [it.id, { x: it.position.x + by.x, y: it.position.y + by.y }])))
      const notes = graph.notes?.filter((it) => selected.has(it.id)) ?? []
      return notes.reduce((now, { id, position: at }) => setNote(now, id, { position: { x: at.x + by.x, y: at.y + by.y } }), next)
    },
    `nudge ${[...selected].join()}`,
  )
}

/** Puts an empty note down and chooses it: it opens for writing. */
export function writeNote(store: EditorStore, at: Point, by: string) {
  const id = newId()
  store.getState().edit((graph) => {
    return addNote(graph, { id, position: notePlace(graph, at), text: '', by, at: Date.now() })
  })
  store.getState().select([id])
}

/** Opens the name of what is chosen for writing: of the group that is, else of the one step, in the panel. */
export function startNaming(store: EditorStore) {
  const state = store.getState()
  const group = chosenGroup(state)
  if (state.readOnly) return
  if (group) return state.name(group.id)
  if (state.selected.size !== 1) return
  showSide(true)
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLInputElement>('.insp-name')
    field?.focus()
    field?.select()
  })
}

/** Above this the small map costs more than it tells. */
const MAP_LIMIT = 500
/** Whether a flow is small enough for its map. */
export const mapFits = ({ nodes }: FlowGraph) => nodes.length <= MAP_LIMIT
export const NO_MAP = `No map: this flow has more than ${MAP_LIMIT} steps, and it would slow the canvas. Ctrl F finds a step.`

/** Shows the map or hides it; where there is none, it says why. */
export function toggleMap(store: EditorStore) {
  const { map, history, showMap } = store.getState()
  if (mapFits(history.present)) showMap(!map)
  else toast({ words: NO_MAP })
}

/** Makes the selected steps a group. */
export function groupSelected(store: EditorStore) {
  const { selected, edit } = store.getState()
  edit((graph) => groupNodes(graph, [...selected], { id: newId(), name: 'Group', folded: false }))
}

/** Takes the groups of the selected steps away; the steps stay. */
export function ungroupSelected(store: EditorStore) {
  const { selected, edit } = store.getState()
  edit((graph) =>
    ungroup(
      graph,
      graph.nodes.flatMap((it) => (selected.has(it.id) ? (it.parentId ?? []) : [])),
    ),
  )
}
