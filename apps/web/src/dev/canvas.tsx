import '@xyflow/react/dist/base.css'
import '../editor/flow-editor.css'
import type { FlowNode } from '@baton/engine'
import { sampleCatalog } from '@baton/engine/fixtures'
import { type Edge, type Node, ReactFlow, ReactFlowProvider, useEdgesState, useNodesState } from '@xyflow/react'
import { useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Canvas, type Place } from '../editor/canvas/canvas.tsx'
import { CornerTools } from '../editor/canvas/corner-tools.tsx'
import { Problems } from '../editor/canvas/problems.tsx'
import { boxOf, shapeOf } from '../editor/geometry.ts'
import { type Count, createEditor, EditorContext, type EditorStore } from '../editor/store.ts'
import { Around } from './around.tsx'
import { bigFlow } from './big-flow.ts'

/** The canvas of the product on one page with the bare library and as many plain nodes at the same places, to be compared by a benchmark. */
export interface CanvasPage {
  /**
   * Draws one of them; nothing is drawn before.
   * @param zoom 1 with the first step in the upper left; 0 shows the whole
   */
  mount(which: 'ours' | 'bare', steps: number, zoom: 0 | 1): void
  /** Shows people on ours, or so many more of them at the first step. */
  count(more: number): void
}

declare global {
  interface Window {
    canvasPage: CanvasPage
  }
}

const root = document.getElementById('root')
if (!root) throw new Error('canvas.html has no #root')
const whole = { minZoom: 0.08, padding: 0.05 }
const place = { x: 60, y: 60, zoom: 1 }

function Ours({ store, zoom }: { store: EditorStore; zoom: 0 | 1 }) {
  const at = useRef<Place | null>(zoom === 1 ? { ...place } : null)
  return (
    <ReactFlowProvider>
      <EditorContext value={store}>
        <div className="page" style={{ height: '100%' }}>
          <div className="work editor">
            <Canvas onEdit={nothing} place={at}>
              <Problems flowId="dev" />
              <CornerTools />
            </Canvas>
            <aside className="panel insp" />
          </div>
        </div>
      </EditorContext>
    </ReactFlowProvider>
  )
}

const nothing = () => {}

/** As the library's own examples have it: nodes with a label and their size. */
function plainFlow(steps: number): { nodes: Node[]; edges: Edge[] } {
  const graph = bigFlow(steps)
  return {
    nodes: graph.nodes.map((it) => {
      const { x, y, width, height } = boxOf(it)
      return { id: it.id, position: { x, y }, width, height, data: { label: it.id } }
    }),
    edges: graph.edges.map(({ id, source, target }) => ({ id, source, target })),
  }
}

function Bare({ steps, zoom }: { steps: number; zoom: 0 | 1 }) {
  const [start] = useState(() => plainFlow(steps))
  const [nodes, , onNodesChange] = useNodesState<Node>(start.nodes)
  const [edges, , onEdgesChange] = useEdgesState<Edge>(start.edges)
  return (
    <div className="page" style={{ height: '100%' }}>
      <div className="work editor">
        <div className="canvas">
          <ReactFlow
            nodes={nodes}
            edges={edges}
            onNodesChange={onNodesChange}
            onEdgesChange={onEdgesChange}
            onlyRenderVisibleElements
            panOnDrag={middle}
            minZoom={whole.minZoom}
            {...(zoom === 1 ? { defaultViewport: place } : { fitView: true, fitViewOptions: whole })}
          />
        </div>
        <aside className="panel insp" />
      </div>
    </div>
  )
}

const middle = [1, 2]

let shown: EditorStore | null = null

window.canvasPage = {
  count(more) {
    const { nodes } = shown?.getState().history.present ?? { nodes: [] }
    const countOf = (it: FlowNode, at: number): Count => {
      const passed = 100 + (at === 0 ? more : 0)
      return { passed, here: 10, parked: 0, undecided: 0, ports: Object.fromEntries(shapeOf(it).ports.map(({ id }) => [id, 20])) }
    }
    shown?.getState().setCounts(new Map(nodes.map((it, at) => [it.id, countOf(it, at)])))
  },
  mount(which, steps, zoom) {
    if (which === 'bare') return createRoot(root).render(<Bare steps={steps} zoom={zoom} />)
    const store = createEditor({ graph: bigFlow(steps), catalog: sampleCatalog, readOnly: false })
    shown = store
    createRoot(root).render(
      <Around>
        <Ours store={store} zoom={zoom} />
      </Around>,
    )
  },
}
