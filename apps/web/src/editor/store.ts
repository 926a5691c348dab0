import { type Catalog, type FlowGraph, type History, type Issue, kindOf, record, redo, setData, startHistory, undo } from '@baton/engine'
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { shapeOf } from './geometry.ts'
import { addStep, type NewStep, type Target } from './steps.ts'

/** Where the list of steps is open, in pixels of the canvas, and what a choice does. */
export interface Picker {
  x: number
  y: number
  target: Target
}

/** Counts of one step in Live. */
export interface Count {
  passed: number
  here: number
  parked: number
  /** Among those who came: for how many a case could not be decided, since a value was missing. */
  undecided: number
  ports: Readonly<Record<string, number>>
}

/** Everything an open flow is, apart from how it is saved. */
export interface EditorState {
  catalog: Catalog
  readOnly: boolean
  history: History
  selected: ReadonlySet<string>
  /** The way that is selected; then no step is. */
  edge: string | null
  /** Within the one selected step: the port that `/` adds behind. */
  port: string | null
  picker: Picker | null
  issues: readonly Issue[]
  byNode: ReadonlyMap<string, readonly Issue[]>
  /** Present in Live only. */
  counts: ReadonlyMap<string, Count> | null

  /** Takes a new graph into the history; edits with the same gesture are undone at once. Nothing happens when it is read only. */
  edit(by: (graph: FlowGraph) => FlowGraph, gesture?: string | null): void
  setConfig(id: string, data: Record<string, unknown>, gesture?: string | null): void
  add(step: NewStep, target: Target): void
  undo(): void
  redo(): void
  select(ids: Iterable<string>): void
  selectEdge(id: string | null): void
  selectPort(port: string | null): void
  openPicker(picker: Picker | null): void
  setIssues(issues: readonly Issue[]): void
  setCounts(counts: ReadonlyMap<string, Count> | null): void
  setCatalog(catalog: Catalog): void
}

export type EditorStore = StoreApi<EditorState>

const none: ReadonlySet<string> = new Set()

function issuesByNode(issues: readonly Issue[]): ReadonlyMap<string, readonly Issue[]> {
  const map = new Map<string, Issue[]>()
  for (const issue of issues) for (const id of issue.nodes) map.set(id, [...(map.get(id) ?? []), issue])
  return map
}

const alive = (graph: FlowGraph, ids: ReadonlySet<string>) => new Set(graph.nodes.filter((it) => ids.has(it.id)).map((it) => it.id))

/** Opens a graph for editing or, read only, for looking at. */
export function createEditor({ graph, catalog, readOnly }: { graph: FlowGraph; catalog: Catalog; readOnly: boolean }): EditorStore {
  return createStore<EditorState>()((set, get) => {
    const show = (history: History) =>
      set((state) => ({ history, selected: alive(history.present, state.selected), edge: null, port: null, picker: null }))
    return {
      catalog,
      readOnly,
      history: startHistory(graph),
      selected: none,
      edge: null,
      port: null,
      picker: null,
      issues: [],
      byNode: new Map(),
      counts: null,
      edit(by, gesture = null) {
        if (get().readOnly) return
        const { history, selected } = get()
        const next = by(history.present)
        if (next === history.present) return
        const gone = next.nodes.length < history.present.nodes.length
        set({ history: record(history, next, gesture), ...(gone ? { selected: alive(next, selected), port: null } : {}) })
      },
      setConfig(id, data, gesture = null) {
        get().edit((now) => {
          const node = now.nodes.find((it) => it.id === id)
          return node
            ? setData(
                now,
                id,
                data,
                shapeOf({ ...node, data }).ports.map((it) => it.id),
              )
            : now
        }, gesture)
      },
      add(step, target) {
        if (get().readOnly || !kindOf(step.type)) return
        const { graph: next, id } = addStep(get().history.present, step, target)
        set({ history: record(get().history, next), selected: new Set([id]), edge: null, port: null, picker: null })
      },
      undo: () => !get().readOnly && show(undo(get().history)),
      redo: () => !get().readOnly && show(redo(get().history)),
      select(ids) {
        const next = new Set(ids)
        const now = get().selected
        if (get().edge === null && next.size === now.size && [...next].every((id) => now.has(id))) return
        set({ selected: next, edge: null, port: null })
      },
      selectEdge: (id) => set({ edge: id, selected: none, port: null }),
      selectPort: (port) => set({ port }),
      openPicker: (picker) => set({ picker: get().readOnly ? null : picker }),
      setIssues: (issues) => set({ issues, byNode: issuesByNode(issues) }),
      setCounts: (counts) => set({ counts }),
      setCatalog: (next) => set({ catalog: next }),
    }
  })
}

export const EditorContext = createContext<EditorStore | null>(null)

/** The open flow itself, for reading and editing outside of drawing. */
export function useEditorStore(): EditorStore {
  const store = useContext(EditorContext)
  if (!store) throw new Error('The parts of the editor stand inside EditorContext')
  return store
}

/** A part of the open flow. Never select all nodes here, except in the canvas: every edit would draw the caller anew. */
export function useEditor<T>(select: (state: EditorState) => T): T {
  return useStore(useEditorStore(), select)
}
