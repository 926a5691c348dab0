import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { type EditorStore, useEditor, useEditorStore } from '../store.ts'
import { takeSwitched } from '../view.ts'
import { choiceOf, openable, outlineOf, pathTo, portKey, type Row, rowsOf, stepKey } from './tree.ts'

const none: ReadonlySet<string> = new Set()
/** What was closed stays so while somebody looks at the canvas in between. */
const closedOf = new WeakMap<EditorStore, ReadonlySet<string>>()

/** The lines of the open flow, which one Tab reaches, and what is closed. What is chosen is shared with the canvas. */
export function useOutline(tree: RefObject<HTMLElement | null>) {
  const store = useEditorStore()
  const graph = useEditor((state) => state.history.present)
  const selected = useEditor((state) => state.selected)
  const port = useEditor((state) => state.port)
  const items = useMemo(() => outlineOf(graph), [graph])
  const [closed, setClosedNow] = useState(() => closedOf.get(store) ?? none)
  const setClosed = useCallback(
    (next: ReadonlySet<string>) => {
      closedOf.set(store, next)
      setClosedNow(next)
    },
    [store],
  )
  const rows = useMemo(() => rowsOf(items, closed), [items, closed])
  const at = useMemo(() => new Map(rows.map((it, i) => [it.key, i])), [rows])
  const [active, setActive] = useState<string | null>(null)
  // A line that is gone leaves the focus to the one that now stands in its place.
  const last = useRef(0)
  const now = Math.max(0, Math.min(active === null ? 0 : (at.get(active) ?? last.current), rows.length - 1))
  useEffect(() => {
    last.current = now
  }, [now])

  const open = (key: string, wanted: boolean) => {
    const next = new Set(closed)
    if (wanted) next.delete(key)
    else next.add(key)
    setClosed(next)
  }
  /** Goes to a line, wherever it lies. */
  const goTo = (key: string) => {
    const path = pathTo(items, key)
    if (!path) return
    if (path.some((it) => closed.has(it))) setClosed(new Set([...closed].filter((it) => !path.includes(it))))
    setActive(key)
  }

  // What was chosen here needs no looking for.
  const own = useRef<ReadonlySet<string>>(none)
  const choose = (row: Row) => {
    setActive(row.key)
    const { ids, port } = choiceOf(row.what)
    store.getState().select(ids)
    store.getState().selectPort(port)
    own.current = store.getState().selected
  }
  const chooseMany = (ids: readonly string[], row: Row) => {
    setActive(row.key)
    store.getState().select(ids)
    own.current = store.getState().selected
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows what is chosen, not what is drawn
  useEffect(() => {
    if (selected === own.current) return
    own.current = selected
    const id = [...selected].at(-1)
    if (id === undefined) return
    const note = graph.notes?.some((it) => it.id === id)
    const atPort = port === null ? undefined : portKey(id, port)
    goTo(note ? `note:${id}` : atPort !== undefined && at.has(atPort) ? atPort : stepKey(id))
  }, [selected, port])

  // The focus stays in the tree also when the line that had it goes.
  const held = useRef(false)
  useEffect(() => {
    const follow = (event: Event) => {
      held.current = event.target instanceof Node && tree.current?.contains(event.target) === true
    }
    document.addEventListener('focusin', follow)
    document.addEventListener('pointerdown', follow)
    return () => {
      document.removeEventListener('focusin', follow)
      document.removeEventListener('pointerdown', follow)
    }
  }, [tree])
  useLayoutEffect(() => {
    const focused = document.activeElement
    if (!held.current || (focused !== document.body && focused?.getAttribute('role') !== 'treeitem')) return
    const row = tree.current?.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')
    if (row && row !== focused) row.focus({ preventScroll: true })
  })
  const [, again] = useState(0)
  /** Puts the focus onto the active line, as soon as what has it now is gone. */
  const focus = useCallback(() => {
    held.current = true
    again((n) => n + 1)
  }, [])
  useEffect(() => {
    if (takeSwitched() && document.activeElement === document.body) focus()
  }, [focus])

  return {
    items,
    rows,
    now,
    row: rows[now],
    choose,
    chooseMany,
    goTo,
    open,
    openAll: () => setClosed(none),
    /** All branches; starts and parts stay open. */
    closeAll: () => setClosed(new Set(openable(items))),
    focus,
    setActive,
  }
}

export type OutlineView = ReturnType<typeof useOutline>
