import { copyFlow, type FlowGraph, replaceGraph } from '@baton/engine'
import { IconLayoutGrid, IconUpload } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useReactFlow } from '@xyflow/react'
import { lazy, useMemo, useRef, useState } from 'react'
import { FlowSketch } from '../drawing/flow-sketch.tsx'
import { FEATURED } from '../pages/programmes/queries.ts'
import { api } from '../shell/api.ts'
import { useCommands } from '../shell/commands.ts'
import { Button } from '../ui/button.tsx'
import { CategoryTile } from '../ui/category-tile.tsx'
import { FileChoice } from '../ui/file-choice.tsx'
import { Later } from '../ui/later.tsx'
import { canvasFrame, fitOptions } from './canvas/fit.ts'
import { paletteLines } from './canvas/presets.ts'
import { glide } from './glide.ts'
import { openFlowFile } from './open-file.ts'
import { newId } from './steps.ts'
import { useEditorStore } from './store.ts'
import { isUnnamed } from './unnamed.ts'

const Gallery = lazy(() => import('../pages/programmes/gallery.tsx'))

/** The six that flows most often begin with, first what needs nothing else to be there; the palette has all. */
const starts = paletteLines
  .flatMap((it) => (it.preset.begins === undefined ? [] : [{ ...it, at: it.preset.begins }]))
  .sort((a, b) => a.at - b.at)

/** What an empty canvas offers: a start, a programme, a file. All three are one step of undo. */
export default function EmptyFlow({ flowId }: { flowId: string }) {
  const store = useEditorStore()
  const flow = useReactFlow()
  const navigate = useNavigate()
  const file = useRef<HTMLInputElement>(null)
  // Null: the gallery is closed; empty: all programmes.
  const [gallery, setGallery] = useState<string | null>(null)
  const programmes = useQuery(api.programmes.list.queryOptions(undefined, { staleTime: 10_000 }))
  const featured = FEATURED.flatMap((id) => programmes.data?.find((it) => it.id === id) ?? [])
  const frame = () => {
    const box = document.querySelector('.canvas')?.getBoundingClientRect()
    return flow.screenToFlowPosition({ x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + 80 })
  }
  const begin = (graph: FlowGraph) => {
    store.getState().edit((now) => replaceGraph(now, graph))
    store.getState().select([])
    requestAnimationFrame(() => void flow.fitView({ duration: glide(260), ...fitOptions(store.getState().history.present, canvasFrame()) }))
  }
  const queries = useQueryClient()
  const rename = useMutation(
    api.flows.rename.mutationOptions({ onSettled: () => queries.invalidateQueries({ queryKey: api.flows.pathKey() }) }),
  )
  /** A flow that nobody has named is called as what it was begun from. */
  const beginFrom = (graph: FlowGraph, name: string) => {
    begin(graph)
    const flow = queries.getQueryData(api.flows.get.queryKey({ id: flowId }))
    if (flow && isUnnamed(flow.name)) rename.mutate({ id: flowId, name })
  }
  const bringIn = async (chosen: File | undefined) => {
    const found = chosen && (await openFlowFile(chosen))
    if (!found) return
    if ('graph' in found) begin(copyFlow(found.graph, newId))
    else await navigate({ to: '/flows/$flowId', params: { flowId: found.flowId } })
  }
  const commands = useMemo(
    () => [
      { id: 'programme', words: 'Begin from a programme', run: () => setGallery('') },
      { id: 'file', words: 'Begin from a file', run: () => file.current?.click() },
    ],
    [],
  )
  useCommands(commands)
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
      <h3>Or begin from a programme</h3>
      <div className="choices two">
        {programmes.isPending && FEATURED.map((id) => <span key={id} className="choice bone" aria-hidden="true" />)}
        {featured.map(({ id, name, graph }) => (
          <button key={id} type="button" className="choice" onClick={() => setGallery(id)}>
            <FlowSketch graph={graph} className="choice-sketch" tiny />
            {name}
          </button>
        ))}
      </div>
      <div className="row empty-more">
        <Button icon={<IconLayoutGrid size={14} stroke={1.75} />} onClick={() => setGallery('')}>
          All programmes
        </Button>
        <Button look="quiet" icon={<IconUpload size={14} stroke={1.75} />} onClick={() => file.current?.click()}>
          Open a file
        </Button>
        <FileChoice ref={file} label="Flow file" accept=".json,application/json" onFile={(it) => void bringIn(it)} />
      </div>
      {gallery !== null && (
        <Later what="The gallery">
          <Gallery first={gallery === '' ? undefined : gallery} onClose={() => setGallery(null)} onSteps={beginFrom} />
        </Later>
      )}
    </section>
  )
}
