import '@xyflow/react/dist/base.css'
import '../../ui/category-tile.css'
import './canvas.css'
import './card.css'
import './connecting.css'
import './slot.css'
import { connect, type FlowGraph, moveNodes, placeOnEdge, reconnect, setNote } from '@baton/engine'
import {
  applyEdgeChanges,
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  type OnConnectStartParams,
  ReactFlow,
  useReactFlow,
  useStore,
  useStoreApi,
} from '@xyflow/react'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { boxOf, sameLayout, shapeOf } from '../geometry.ts'
import { GRID, snap } from '../grid.ts'
import { newId } from '../steps.ts'
import { useEditor, useEditorStore } from '../store.ts'
import { copyText, removeSelected } from './deeds.ts'
import { wayUnder } from './drag.ts'
import { type CanvasNode, canvasNodes, lineKeeper, wayEdges } from './elements.ts'
import { canvasFrame, fitOptions, pastePlace } from './fit.ts'
import { FoldedCard, FrameBox } from './group-box.tsx'
import { drawnId, foldedView, framesOf, standsFor } from './groups.ts'
import { GuideLines } from './guide-lines.tsx'
import { LevelContext, levelOf } from './level.ts'
import { createGuides, pulled, pulledTo } from './line-up.ts'
import { NotePaper } from './note-paper.tsx'
import { ledTo } from './rewire.ts'
import { SpokenChoice } from './spoken-choice.tsx'
import { StepCard } from './step-card.tsx'
import { StepPicker } from './step-picker.tsx'
import { trustSizes } from './trust-sizes.ts'
import { useCanvasKeys } from './use-canvas-keys.ts'
import { useRefit } from './use-refit.ts'
import { mayLead } from './walk.ts'
import { type WayEdge, WayLine } from './way-edge.tsx'

const nodeTypes = { step: StepCard, frame: FrameBox, folded: FoldedCard, note: NotePaper }
const edgeTypes = { way: WayLine }
/** How far around its end a way is taken by it: on a way from one card to the next there is to be room for its plus. */
const END = 6
const grid: [number, number] = [GRID, GRID]
/** From here on only what is in view is drawn. */
const MANY = 150
/** What reads the clipboard comes after the canvas; whoever pastes before waits for it. */
const loadPaste = () => import('./paste.ts')
const multi = ['Shift', 'Control', 'Meta']
const middle = [1, 2]
const noAttribution = { hideAttribution: true }

/** Where the reader stands, in pixels of the window: modes differ in what surrounds the canvas, the picture stays put. */
export interface Place {
  x: number
  y: number
  zoom: number
}

/** The flow as it is to be drawn: folded groups are cards. */
function useShownFlow(): FlowGraph {
  // The flow as it was when something last moved, came or went: what is written on a card is the card's own business.
  const keep = useRef<FlowGraph>(null)
  const graph = useEditor(({ history: { present } }) => {
    if (!keep.current || !sameLayout(keep.current, present)) keep.current = present
    return keep.current
  })
  const folds = useEditor((state) => state.folds)
  return useMemo(() => {
    if (!graph.groups?.length) return graph
    return foldedView(
      folds.size === 0 ? graph : { ...graph, groups: graph.groups.map((it) => ({ ...it, folded: folds.get(it.id) ?? it.folded })) },
    )
  }, [graph, folds])
}

/** Puts something that was dragged down in the flow: a step, a note, or all that lies in a group. */
function put(graph: FlowGraph, it: CanvasNode, at: { x: number; y: number }): FlowGraph {
  const place = { x: Math.round(at.x), y: Math.round(at.y) }
  if (it.type === 'note') return setNote(graph, it.id, { position: place })
  if (it.type === 'step') return moveNodes(graph, { [it.id]: place })
  const own = graph.nodes.filter((node) => node.parentId !== undefined && drawnId(node.parentId) === it.id)
  const from = it.type === 'folded' ? foldedView(graph).nodes.find((node) => node.id === it.id)?.position : framePlace(graph, it.id)
  if (!from) return graph
  const by = { x: snap(place.x - from.x), y: snap(place.y - from.y) }
  return moveNodes(graph, Object.fromEntries(own.map(({ id, position }) => [id, { x: position.x + by.x, y: position.y + by.y }])))
}

const framePlace = (graph: FlowGraph, id: string) => framesOf(graph).find((it) => drawnId(it.group.id) === id)

type Props = {
  onEdit: () => void
  /** Kept by whoever changes modes; null until somebody has looked. */
  place: { current: Place | null }
  children?: ReactNode
}

/** The flow as a picture that can be changed. The only part of the editor that reads all steps. */
export function Canvas({ onEdit, place, children }: Props) {
  const store = useEditorStore()
  const flow = useReactFlow()
  const api = useStoreApi()
  useState(() => trustSizes(api))
  const level = useStore((state) => levelOf(state.transform[2]))
  const graph = useShownFlow()
  const selected = useEditor((state) => state.selected)
  const edge = useEditor((state) => state.edge)
  const readOnly = useEditor((state) => state.readOnly)
  const counted = useEditor((state) => state.counts !== null)
  const linking = useEditor((state) => state.linking)
  const keeper = useRef(lineKeeper())
  const [nodes, setNodes] = useState<CanvasNode[]>(() => canvasNodes(graph, selected, counted, []))
  const [edges, setEdges] = useState<WayEdge[]>(() => wayEdges(graph, keeper.current(graph), edge, []))
  const area = useRef<HTMLElement>(null)
  const pointer = useRef({ x: 0, y: 0 })
  // The end that stays: what is pulled by its beginning looks for a way out, all else for a step.
  const [connecting, setConnecting] = useState<'source' | 'target' | null>(null)
  const { onKeyDown } = useCanvasKeys(onEdit)
  useRefit(area)

  // Only now does the library listen. On an empty canvas it would keep the wish to fit, and jump at the first step.
  const left = useRef<number>(undefined)
  const goBack = useCallback(() => {
    left.current = area.current?.getBoundingClientRect().left ?? 0
    const now = place.current
    if (now) void flow.setViewport({ x: now.x - left.current, y: now.y, zoom: now.zoom })
    else {
      const { present } = store.getState().history
      if (present.nodes.length > 0) void flow.fitView(fitOptions(present, canvasFrame()))
    }
  }, [flow, place, store])
  useEffect(
    () => () => {
      if (left.current === undefined) return
      const { x, y, zoom } = flow.getViewport()
      place.current = { x: x + left.current, y, zoom }
    },
    [flow, place],
  )

  const drawn = useRef(counted)
  useEffect(() => {
    const anew = drawn.current !== counted
    drawn.current = counted
    setNodes((before) => canvasNodes(graph, selected, counted, anew ? [] : before))
  }, [graph, selected, counted])
  useEffect(() => setEdges((before) => wayEdges(graph, keeper.current(graph), edge, before)), [graph, edge])

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      // What is selected is the store's; removing is ours. Places and sizes are the canvas's own until the drop.
      const own = changes.filter((it) => it.type === 'position' || it.type === 'dimensions')
      if (own.length > 0) setNodes((now) => applyNodeChanges(pulled(own, store.getState().history.present), now))
      const { selected: now, select } = store.getState()
      // With a way chosen the library still takes the choice from steps that have lost it already: that is no choice of steps.
      const { present } = store.getState().history
      const picks = changes
        .filter((it) => it.type === 'select')
        .flatMap((it) => standsFor(present, it.id).map((id) => ({ id, selected: it.selected })))
        .filter((it) => it.selected !== now.has(it.id))
      if (picks.length === 0) return
      const next = new Set(now)
      for (const { id, selected: on } of picks) {
        if (on) next.add(id)
        else next.delete(id)
      }
      select(next)
    },
    [store],
  )
  const onEdgesChange = useCallback(
    (changes: EdgeChange<WayEdge>[]) => {
      // A lasso chooses steps: the library would choose their ways along with them, and one way chosen leaves no step chosen.
      const lasso = api.getState().userSelectionRect !== null
      for (const it of changes) {
        if (it.type === 'select' && it.selected) {
          if (!lasso) store.getState().selectEdge(it.id)
        } else if (it.type === 'select' && store.getState().edge === it.id) store.getState().selectEdge(null)
      }
      const own = changes.filter((it) => it.type !== 'select' && it.type !== 'remove')
      if (own.length > 0) setEdges((now) => applyEdgeChanges(own, now))
    },
    [store, api],
  )
  const [guides] = useState(createGuides)
  const onDrag = useCallback(
    (_: unknown, __: unknown, moved: CanvasNode[]) => {
      const { history, dropWay, showDrop } = store.getState()
      const graph = history.present
      const [only, ...more] = moved
      // What is drawn comes a moment after what is told here, and is not asked: who stops would be shown where they were before.
      const node =
        only?.type === 'step' && more.length === 0 ? { ...only.data.node, position: pulledTo(graph, only.id, only.position) } : undefined
      const way = node ? wayUnder(graph, keeper.current(graph), node) : null
      if (way !== dropWay) showDrop(way)
      if (node) guides.show(graph, { id: node.id, ...boxOf(node) })
      else guides.clear()
    },
    [store, guides],
  )
  const onDrop = useCallback(
    (_: unknown, __: unknown, moved: CanvasNode[]) => {
      const { dropWay, showDrop, edit } = store.getState()
      const [only] = moved
      const placeOf = (id: string) => flow.getInternalNode(id)?.internals.positionAbsolute
      guides.clear()
      showDrop(null)
      edit((now) => {
        const placed = moved.reduce((graph, it) => {
          const at = placeOf(it.id)
          return at ? put(graph, it, at) : graph
        }, now)
        if (dropWay === null || only?.type !== 'step') return placed
        return placeOnEdge(placed, dropWay, only.id, shapeOf(only.data.node).ports[0]?.id ?? null, newId())
      })
    },
    [store, flow, guides],
  )
  const onSelectionDrop = useCallback((event: unknown, moved: CanvasNode[]) => onDrop(event, null, moved), [onDrop])
  const onReconnect = useCallback(
    (old: WayEdge, { source, sourceHandle, target }: Connection) => {
      if (sourceHandle !== null) store.getState().edit((now) => reconnect(now, old.id, ledTo(now, old, { source, sourceHandle, target })))
    },
    [store],
  )
  const onConnect = useCallback(
    ({ source, sourceHandle, target }: Connection) => {
      if (sourceHandle !== null) store.getState().edit((now) => connect(now, { id: newId(), source, sourceHandle, target }))
    },
    [store],
  )
  const fits = useCallback(
    (way: { source: string; target: string }) => mayLead(store.getState().history.present, way.source, way.target),
    [store],
  )
  const start = useRef({ x: 0, y: 0 })
  const onConnectStart = useCallback((_: unknown, { handleType }: OnConnectStartParams) => setConnecting(handleType), [])
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      setConnecting(null)
      const at = 'changedTouches' in event ? event.changedTouches[0] : event
      const { fromNode, fromHandle, toNode } = state
      if (!at || !fromNode || toNode || typeof fromHandle?.id !== 'string') return
      const place = flow.screenToFlowPosition({ x: at.clientX, y: at.clientY })
      const target = { on: 'port' as const, node: fromNode.id, port: fromHandle.id, at: { x: place.x - 112, y: place.y } }
      store.getState().openPicker({ x: at.clientX, y: at.clientY, target })
    },
    [store, flow],
  )
  // A press on a port without pulling: the list of steps, to add one behind it.
  const onClick = (event: React.MouseEvent) => {
    const handle = event.target instanceof Element ? event.target.closest<HTMLElement>('.react-flow__handle.way') : null
    const { nodeid: node, handleid: port } = handle?.dataset ?? {}
    if (!handle || node === undefined || port === undefined || readOnly) return
    if (Math.hypot(event.clientX - start.current.x, event.clientY - start.current.y) > 4 && event.detail !== 0) return
    store.getState().openPicker({ x: event.clientX, y: event.clientY, target: { on: 'port', node, port } })
  }
  const focus = useCallback(() => area.current?.focus({ preventScroll: true }), [])

  // A plain press on one of many that are chosen chooses that one; the library would keep all.
  const onNodeClick = useCallback(
    (event: React.MouseEvent, node: CanvasNode) => {
      const more = event.shiftKey || event.ctrlKey || event.metaKey
      if (node.type !== 'step' && node.type !== 'folded') return
      if (!more) store.getState().select(standsFor(store.getState().history.present, node.id))
      // Not out of the name that is being written on it.
      if (store.getState().naming === null) focus()
    },
    [store, focus],
  )

  const onNodeDoubleClick = useCallback(
    (_: unknown, node: CanvasNode) => {
      if (node.type === 'step') onEdit()
      else if (node.type === 'folded') store.getState().name(node.data.group)
    },
    [onEdit, store],
  )
  // Kept, so that a card being dragged draws nothing but itself.
  const picker = useMemo(() => <StepPicker onClose={focus} />, [focus])

  const clipboard = (event: React.ClipboardEvent, cut: boolean) => {
    const text = copyText(store)
    if (text === null) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', text)
    if (cut && !readOnly) removeSelected(store)
  }
  const onPaste = (event: React.ClipboardEvent) => {
    if (event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]')) return
    event.preventDefault()
    const [text, at] = [event.clipboardData.getData('text/plain'), flow.screenToFlowPosition(pastePlace(pointer.current))]
    void loadPaste().then(({ pasteText }) => pasteText(store, text, at))
  }
  return (
    <section
      ref={area}
      className={`canvas ${level}${connecting === null ? '' : connecting === 'target' ? ' connecting back' : ' connecting'}${readOnly ? ' still' : ''}`}
      role="application"
      aria-label="Flow. Arrow keys go along the ways, Enter opens a step."
      aria-describedby="canvas-says"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas is one stop; within it the arrow keys move
      tabIndex={0}
      onKeyDown={onKeyDown}
      onCopy={(event) => clipboard(event, false)}
      onCut={(event) => clipboard(event, true)}
      onPaste={onPaste}
      onClick={onClick}
      onPointerDownCapture={(event) => {
        start.current = { x: event.clientX, y: event.clientY }
      }}
      onPointerMove={(event) => {
        pointer.current = { x: event.clientX, y: event.clientY }
      }}
    >
      <LevelContext value={level}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onNodeDrag={onDrag}
          onNodeDragStop={onDrop}
          onSelectionDragStop={onSelectionDrop}
          onConnect={onConnect}
          onReconnect={onReconnect}
          edgesReconnectable={!readOnly && level === 'near'}
          reconnectRadius={END}
          onConnectStart={onConnectStart}
          onConnectEnd={onConnectEnd}
          isValidConnection={fits}
          onInit={goBack}
          onPaneClick={focus}
          onNodeClick={onNodeClick}
          onNodeDoubleClick={onNodeDoubleClick}
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          nodesFocusable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          multiSelectionKeyCode={multi}
          panOnDrag={middle}
          selectionOnDrag
          panOnScroll
          zoomOnDoubleClick={false}
          connectOnClick={false}
          connectionDragThreshold={3}
          connectionRadius={28}
          elevateNodesOnSelect={false}
          snapToGrid
          snapGrid={grid}
          minZoom={0.08}
          maxZoom={2}
          onlyRenderVisibleElements={graph.nodes.length > MANY}
          proOptions={noAttribution}
        >
          {level !== 'tiny' && <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--canvas-dot)" />}
          <GuideLines guides={guides} />
          {children}
        </ReactFlow>
      </LevelContext>
      {picker}
      <p id="canvas-says" className="unseen" aria-live="polite">
        {linking && 'Connecting: arrow keys go to a step, Enter leads the way there, Escape leaves it. '}
        <SpokenChoice />
      </p>
      {readOnly && graph.nodes.length === 0 && <p className="no-steps">There are no steps to show.</p>}
      {linking && <p className="float linking-says">Arrows go to a step · Enter leads the way there · Esc leaves it</p>}
    </section>
  )
}
