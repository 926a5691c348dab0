import {
  type Catalog,
  type FlowGraph,
  type FlowGroup,
  type History,
  type Issue,
  kindOf,
  record,
  redo,
  setData,
  setGroup,
  startHistory,
  undo,
} from '@baton/engine'
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type Fresh, isLack, noFresh, noteLacks, stillFresh } from './fresh.ts'
import { shapeOf } from './geometry.ts'
import { addStep, type NewStep, type Target } from './steps.ts'
import { refusedAsTooLarge } from './together/limits.ts'

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
  /** How many left the flow there, where that is known apart from the rest. */
  lost?: number
  /** What a forecast has to say besides. */
  told?: Told
}

/**
 * Of a step in a forecast: a short line for its card, the whole for whoever points at it, and of each port what its people lie between and
 * their share of those who went on; null where nobody did.
 */
export interface Told {
  line: string
  whole: string
  ports: Readonly<Record<string, { between: string; share: number | null }>>
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
  /** Groups that are shown otherwise than the flow says: where it may not be changed, or somebody went to a step in them. */
  folds: ReadonlyMap<string, boolean>
  /** The way out that the keyboard is about to connect. */
  linking: { node: string; port: string } | null
  /** The group whose name is being written on the canvas. */
  naming: string | null
  /** The search in this flow: 0 while it is closed, else how often it was asked for, so that asking again takes the focus there again. */
  finding: number
  map: boolean
  /** The way that the step under the pointer would be dropped into. */
  dropWay: string | null
  issues: readonly Issue[]
  /** The graph that the problems are of: while another one is drawn, or was never checked, nothing is known of it. */
  checked: FlowGraph | null
  /** By step, without what fresh steps lack. */
  byNode: ReadonlyMap<string, readonly Issue[]>
  /** By step: what it lacks since it was added, to be told quietly. */
  lacks: ReadonlyMap<string, readonly Issue[]>
  fresh: Fresh
  /** Present in Live only. */
  counts: ReadonlyMap<string, Count> | null
  /** Present in Review only: what is special about a step, as classes of its card. */
  marks: ReadonlyMap<string, string> | null

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
  showDrop(way: string | null): void
  fold(group: string, folded: boolean): void
  /** Opens the groups that these steps lie in, for the eye: whoever only looks or goes along changes nothing of the flow. */
  reveal(ids: Iterable<string>): void
  link(from: EditorState['linking']): void
  name(group: string | null): void
  find(open: boolean): void
  showMap(on: boolean): void
  setIssues(issues: readonly Issue[], of?: FlowGraph | null): void
  /** Somebody asks what stands in the way: what fresh steps lack counts like any other problem. */
  settle(): void
  setCounts(counts: ReadonlyMap<string, Count> | null): void
  setMarks(marks: ReadonlyMap<string, string> | null): void
  setCatalog(catalog: Catalog): void
}

export type EditorStore = StoreApi<EditorState>

const none: ReadonlySet<string> = new Set()

/** The problems by step. A step whose problems are what they were keeps its list: only cards with news are drawn anew. */
function issuesByNode(issues: readonly Issue[], before: EditorState['byNode']): EditorState['byNode'] {
  const map = new Map<string, readonly Issue[]>()
  for (const issue of issues) for (const id of issue.nodes) map.set(id, [...(map.get(id) ?? []), issue])
  for (const [id, now] of map) {
    const old = before.get(id)
    if (old && JSON.stringify(old) === JSON.stringify(now)) map.set(id, old)
  }
  return map
}

/** The problems sorted into what is wrong and what fresh steps lack. */
function sorted(issues: readonly Issue[], fresh: Fresh, before: Pick<EditorState, 'byNode' | 'lacks'>) {
  const quiet = fresh.size === 0 ? [] : issues.filter((it) => isLack(fresh, it))
  const loud = quiet.length === 0 ? issues : issues.filter((it) => !quiet.includes(it))
  return { fresh, byNode: issuesByNode(loud, before.byNode), lacks: issuesByNode(quiet, before.lacks) }
}

const sameCount = (a: Count, b: Count) =>
  a.passed === b.passed &&
  a.here === b.here &&
  a.parked === b.parked &&
  a.undecided === b.undecided &&
  a.lost === b.lost &&
  a.told?.line === b.told?.line &&
  a.told?.whole === b.told?.whole &&
  Object.entries(a.told?.ports ?? {}).every(([port, it]) => {
    const other = b.told?.ports[port]
    return other?.between === it.between && other.share === it.share
  }) &&
  Object.keys(a.ports).length === Object.keys(b.ports).length &&
  Object.entries(a.ports).every(([port, n]) => b.ports[port] === n)

/** New counts in which every step whose counts are what they were keeps its object: only cards with news are drawn anew. */
function keepSame(before: EditorState['counts'], counts: ReadonlyMap<string, Count>): ReadonlyMap<string, Count> {
  if (!before) return counts
  let news = before.size !== counts.size
  const next = new Map(
    [...counts].map(([id, now]) => {
      const old = before.get(id)
      if (old && sameCount(old, now)) return [id, old] as const
      news = true
      return [id, now] as const
    }),
  )
  return news ? next : before
}

const alive = (graph: FlowGraph, ids: ReadonlySet<string>) =>
  new Set([...graph.nodes, ...(graph.notes ?? [])].filter((it) => ids.has(it.id)).map((it) => it.id))

/** The groups as they are to be shown. */
export const shownGroups = ({ history, folds }: Pick<EditorState, 'history' | 'folds'>): readonly FlowGroup[] =>
  (history.present.groups ?? []).map((it) => ({ ...it, folded: folds.get(it.id) ?? it.folded }))

/** Opens a graph for editing or, read only, for looking at. */
export function createEditor({ graph, catalog, readOnly }: { graph: FlowGraph; catalog: Catalog; readOnly: boolean }): EditorStore {
  const store = createStore<EditorState>()((set, get) => {
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
      dropWay: null,
      folds: new Map(),
      linking: null,
      naming: null,
      finding: 0,
      map: true,
      issues: [],
      checked: null,
      byNode: new Map(),
      lacks: new Map(),
      fresh: noFresh,
      counts: null,
      marks: null,
      edit(by, gesture = null) {
        if (get().readOnly) return
        const { history, selected } = get()
        const next = by(history.present)
        if (next === history.present || refusedAsTooLarge(history.present, next)) return
        const sizeOf = ({ nodes, notes }: FlowGraph) => nodes.length + (notes?.length ?? 0)
        const gone = sizeOf(next) < sizeOf(history.present)
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
        if (refusedAsTooLarge(get().history.present, next)) return
        const fresh = new Map([...get().fresh, [id, null]])
        set({ history: record(get().history, next), selected: new Set([id]), edge: null, port: null, picker: null, fresh })
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
      showDrop: (dropWay) => set({ dropWay }),
      fold(group, folded) {
        if (get().readOnly) return set({ folds: new Map([...get().folds, [group, folded]]) })
        set({ folds: new Map([...get().folds].filter(([id]) => id !== group)) })
        get().edit((graph) => setGroup(graph, group, { folded }))
      },
      reveal(ids) {
        const wanted = new Set(ids)
        const { nodes } = get().history.present
        const groups = new Set(nodes.flatMap((it) => (wanted.has(it.id) ? (it.parentId ?? []) : [])))
        const hidden = shownGroups(get()).filter((it) => it.folded && groups.has(it.id))
        if (hidden.length > 0) set({ folds: new Map([...get().folds, ...hidden.map(({ id }) => [id, false] as const)]) })
      },
      link: (linking) => set({ linking }),
      name: (group) => set({ naming: get().readOnly ? null : group }),
      find: (open) => set({ finding: open ? get().finding + 1 : 0 }),
      showMap: (map) => set({ map }),
      setIssues: (issues, checked = null) =>
        set((now) => ({ issues, checked, ...sorted(issues, checked ? noteLacks(now.fresh, issues, checked) : now.fresh, now) })),
      settle: () => set((now) => (now.fresh.size === 0 ? now : sorted(now.issues, noFresh, now))),
      setCounts: (counts) => set((now) => ({ counts: counts && keepSame(now.counts, counts) })),
      setMarks: (marks) => set({ marks }),
      setCatalog: (next) => set({ catalog: next }),
    }
  })
  // Whatever takes the choice elsewhere: a step that is left is fresh no longer.
  store.subscribe((now, before) => {
    if (now.selected === before.selected || now.fresh.size === 0) return
    const fresh = stillFresh(now.fresh, now.selected)
    if (fresh !== now.fresh) store.setState(sorted(now.issues, fresh, now))
  })
  return store
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
