import { type Catalog, type FlowNode, parseNode, type Reference } from '@baton/engine'
import { sampleFlows } from '@baton/engine/fixtures'
import { IconTemplate } from '@tabler/icons-react'
import { useReactFlow } from '@xyflow/react'
import { CategoryTile } from '../ui/category-tile.tsx'
import { pasteSteps } from './canvas/deeds.ts'
import { canvasFrame, fitOptions } from './canvas/fit.ts'
import { paletteLines } from './canvas/presets.ts'
import { glide } from './glide.ts'
import { useEditorStore } from './store.ts'

/** The six that flows most often begin with; the palette has all. */
const starts = paletteLines.filter((it) => it.category === 'trigger').slice(0, 6)

/** Whether a workspace has what a pattern refers to. Events need no declaration. */
const HAS: Readonly<Record<Reference['kind'], (catalog: Catalog, id: string) => boolean>> = {
  segment: (catalog, id) => catalog.segments.some((it) => it.id === id),
  template: (catalog, id) => catalog.templates.some((it) => it.id === id && it.archived !== true),
  team: (catalog, id) => catalog.teams.some((it) => it.id === id),
  field: (catalog, id) => catalog.fields.some((it) => it.key === id),
  dimension: (catalog, id) => catalog.dimensions.some((it) => it.id === id),
  calendar: (catalog, id) => catalog.calendars.some((it) => it.id === id),
  topic: (catalog, id) => catalog.topics.some((it) => it.id === id),
  flow: (catalog, id) => catalog.flows.some((it) => it.id === id),
  user: (catalog, id) => catalog.users.some((it) => it.id === id),
  form: (catalog, id) => catalog.forms.some((it) => it.id === id),
  secret: (catalog, id) => catalog.secrets.includes(id),
  event: () => true,
}

/** A pattern's step with open choices where this workspace has not what it names: "choose a mail" instead of a mail that is gone. */
function withoutMissing(node: FlowNode, catalog: Catalog): Record<string, unknown> {
  const read = parseNode(node)
  if (!('ok' in read)) return node.data
  const { kind, config } = read.ok
  const gone = new Set(
    kind
      .references(config)
      .filter((it) => !HAS[it.kind](catalog, it.id))
      .map((it) => it.id),
  )
  if (gone.size === 0) return node.data
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return gone.has(value) ? null : value
    if (Array.isArray(value)) return value.filter((it) => typeof it !== 'string' || !gone.has(it))
    return value
  }
  return Object.fromEntries(
    Object.entries(node.data).map(([key, value]) => [
      key,
      isRecord(value) ? Object.fromEntries(Object.entries(value).map(([inner, it]) => [inner, clean(it)])) : clean(value),
    ]),
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What an empty canvas offers. */
export default function EmptyFlow() {
  const store = useEditorStore()
  const flow = useReactFlow()
  const frame = () => {
    const box = document.querySelector('.canvas')?.getBoundingClientRect()
    return flow.screenToFlowPosition({ x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + 80 })
  }
  const begin = (at: number) => {
    const sample = sampleFlows[at]
    if (!sample) return
    const { catalog } = store.getState()
    const nodes = sample.graph.nodes.map((node) => ({ ...node, data: withoutMissing(node, catalog) }))
    pasteSteps(store, { baton: 'steps', nodes, edges: sample.graph.edges }, { x: 0, y: 0 })
    store.getState().select([])
    requestAnimationFrame(() => void flow.fitView({ duration: glide(260), ...fitOptions(store.getState().history.present, canvasFrame()) }))
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
