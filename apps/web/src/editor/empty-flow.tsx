import { sampleFlows } from '@baton/engine/fixtures'
import { IconTemplate } from '@tabler/icons-react'
import { useReactFlow } from '@xyflow/react'
import { CategoryTile } from '../ui/category-tile.tsx'
import { pasteSteps } from './canvas/deeds.ts'
import { paletteLines } from './canvas/presets.ts'
import { useEditor, useEditorStore } from './store.ts'

const starts = paletteLines.filter((it) => it.category === 'trigger')

/** What an empty canvas offers. */
export function EmptyFlow() {
  const empty = useEditor((state) => state.history.present.nodes.length === 0 && !state.readOnly)
  const store = useEditorStore()
  const flow = useReactFlow()
  if (!empty) return null
  const frame = () => {
    const box = document.querySelector('.canvas')?.getBoundingClientRect()
    return flow.screenToFlowPosition({ x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + 80 })
  }
  const begin = (at: number) => {
    const sample = sampleFlows[at]
    if (!sample) return
    pasteSteps(store, { baton: 'steps', nodes: sample.graph.nodes, edges: sample.graph.edges }, { x: 0, y: 0 })
    store.getState().select([])
    requestAnimationFrame(() => void flow.fitView({ duration: 260, padding: 0.12, maxZoom: 1 }))
  }
  return (
    <section className="float empty-flow" aria-label="Begin">
      <h2>Start with what brings people in.</h2>
      <div className="choices">
        {starts.map((line) => {
          const Icon = line.preset.icon
          return (
            <button
              key={line.id}
              type="button"
              className="choice"
              onClick={() => {
                const at = frame()
                store.getState().add(line, { on: 'place', at: { x: at.x - 112, y: at.y } })
              }}
            >
              <CategoryTile category="trigger">
                <Icon stroke={1.75} />
              </CategoryTile>
              {line.preset.label}
            </button>
          )
        })}
      </div>
      <h3>Begin from a pattern</h3>
      <div className="choices two">
        {sampleFlows.map((sample, at) => (
          <button key={sample.id} type="button" className="choice" onClick={() => begin(at)}>
            <IconTemplate size={18} stroke={1.75} className="faint" aria-hidden="true" />
            {sample.name}
          </button>
        ))}
      </div>
    </section>
  )
}
