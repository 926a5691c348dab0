import '@xyflow/react/dist/base.css'
import '../../ui/category-tile.css'
import './canvas.css'
import './card.css'
import { connect, kindOf, moveNodes } from '@baton/engine'
import {
  applyEdgeChanges,
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  ReactFlow,
  useReactFlow,
} from '@xyflow/react'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { cardOf } from '../../nodes/registry.ts'
import { GRID } from '../grid.ts'
import { newId } from '../steps.ts'
import { useEditor, useEditorStore } from '../store.ts'
import { copyText, pasteSteps, readFragment, removeSelected } from './deeds.ts'
import { lineKeeper, spokenName, stepNodes, wayEdges } from './elements.ts'
import { canvasFrame, fitOptions } from './fit.ts'
import { StepCard, type StepNode } from './step-card.tsx'
import { StepPicker } from './step-picker.tsx'
import { useCanvasKeys } from './use-canvas-keys.ts'
import { type WayEdge, WayLine } from './way-edge.tsx'

const nodeTypes = { step: StepCard }
const edgeTypes = { way: WayLine }
const grid: [number, number] = [GRID, GRID]
/** From here on only what is in view is drawn. */
const MANY = 150
const multi = ['Shift', 'Control', 'Meta']
const middle = [1, 2]

/** Where the reader stands, in pixels of the window: modes differ in what surrounds the canvas, the picture stays put. */
export interface Place {
  x: number
  y: number
  zoom: number
}

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
  const graph = useEditor((state) => state.history.present)
  const selected = useEditor((state) => state.selected)
  const edge = useEditor((state) => state.edge)
  const readOnly = useEditor((state) => state.readOnly)
  const counted = useEditor((state) => state.counts !== null)
  const keeper = useRef(lineKeeper())
  const [nodes, setNodes] = useState<StepNode[]>(() => stepNodes(graph, selected, counted, []))
  const [edges, setEdges] = useState<WayEdge[]>(() => wayEdges(graph, keeper.current(graph), edge, []))
  const area = useRef<HTMLElement>(null)
  const pointer = useRef({ x: 0, y: 0 })
  const [connecting, setConnecting] = useState(false)
  const { onKeyDown } = useCanvasKeys(onEdit)

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
    setNodes((before) => stepNodes(graph, selected, counted, anew ? [] : before))
  }, [graph, selected, counted])
  useEffect(() => setEdges((before) => wayEdges(graph, keeper.current(graph), edge, before)), [graph, edge])

  const onNodesChange = useCallback(
    (changes: NodeChange<StepNode>[]) => {
      // What is selected is the store's; removing is ours. Places and sizes are the canvas's own until the drop.
      const own = changes.filter((it) => it.type === 'position' || it.type === 'dimensions')
      if (own.length > 0) setNodes((now) => applyNodeChanges(own, now))
      const picks = changes.filter((it) => it.type === 'select')
      if (picks.length === 0) return
      const { selected: now, select } = store.getState()
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
      for (const it of changes) {
        if (it.type === 'select' && it.selected) store.getState().selectEdge(it.id)
        else if (it.type === 'select' && store.getState().edge === it.id) store.getState().selectEdge(null)
      }
      const own = changes.filter((it) => it.type !== 'select' && it.type !== 'remove')
      if (own.length > 0) setEdges((now) => applyEdgeChanges(own, now))
    },
    [store],
  )
  const onDrop = useCallback(
    (_: unknown, __: unknown, moved: StepNode[]) =>
      store.getState().edit((now) => moveNodes(now, Object.fromEntries(moved.map((it) => [it.id, it.position])))),
    [store],
  )
  const onConnect = useCallback(
    ({ source, sourceHandle, target }: Connection) => {
      if (sourceHandle !== null) store.getState().edit((now) => connect(now, { id: newId(), source, sourceHandle, target }))
    },
    [store],
  )
  const fits = useCallback(
    ({ source, target }: { source: string; target: string }) => {
      const to = store.getState().history.present.nodes.find((it) => it.id === target)
      return source !== target && to !== undefined && kindOf(to.type)?.category !== 'trigger'
    },
    [store],
  )
  const start = useRef({ x: 0, y: 0 })
  const onConnectStart = useCallback(() => setConnecting(true), [])
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      setConnecting(false)
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

  const clipboard = (event: React.ClipboardEvent, cut: boolean) => {
    const text = copyText(store)
    if (text === null) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', text)
    if (cut && !readOnly) removeSelected(store)
  }
  const onPaste = (event: React.ClipboardEvent) => {
    const steps = readFragment(event.clipboardData.getData('text/plain'))
    if (!steps) return
    event.preventDefault()
    pasteSteps(store, steps, flow.screenToFlowPosition(pointer.current))
  }
  const [only, ...more] = selected
  return (
    <section
      ref={area}
      className={`canvas${connecting ? ' connecting' : ''}${readOnly ? ' still' : ''}`}
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
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDragStop={onDrop}
        onSelectionDragStop={(event, moved) => onDrop(event, null, moved)}
        onConnect={onConnect}
        onConnectStart={onConnectStart}
        onConnectEnd={onConnectEnd}
        isValidConnection={fits}
        onInit={goBack}
        onPaneClick={focus}
        onNodeClick={focus}
        onNodeDoubleClick={onEdit}
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
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--canvas-dot)" />
        {children}
      </ReactFlow>
      <StepPicker onClose={focus} />
      <p id="canvas-says" className="unseen" aria-live="polite">
        {more.length > 0 ? `${selected.size} steps selected` : only !== undefined && <Spoken id={only} />}
      </p>
    </section>
  )
}

/** Says the one selected step aloud. */
function Spoken({ id }: { id: string }) {
  const node = useEditor((state) => state.history.present.nodes.find((it) => it.id === id))
  const catalog = useEditor((state) => state.catalog)
  const errors = useEditor((state) => state.byNode.get(id)?.filter((it) => it.severity === 'error').length ?? 0)
  const title = useMemo(() => (node ? (cardOf(node.type)?.title ?? 'Step') : ''), [node])
  return node ? spokenName(node, title, catalog, errors) : null
}
