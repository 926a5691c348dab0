import { useReactFlow, ViewportPortal } from '@xyflow/react'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { initials } from '../../ui/initials.ts'
import { shapeOf } from '../geometry.ts'
import { glide } from '../glide.ts'
import { TrailContext } from '../outline/trail.ts'
import { useEditorStore } from '../store.ts'
import { placeAt, trailAt } from './frames.ts'
import type { Walker } from './set-up.tsx'
import type { WalkStore } from './walk-store.ts'

const SLIDE = 300

/** One rule for many elements of the canvas, by what its library calls them. */
const rule = (kind: 'node' | 'edge', ids: readonly string[], style: string, inside = '') =>
  ids.length === 0 ? '' : `${ids.map((id) => `.react-flow__${kind}[data-id="${CSS.escape(id)}"] ${inside}`).join(',')}{${style}}`

/** The way gone so far, lit on the canvas, and a bead with the person's initials where they are. The canvas itself knows nothing of it. */
export function Trail({ walk, name }: { walk: WalkStore; name: string }) {
  const frames = useStore(walk, (state) => state.frames)
  const cursor = useStore(walk, (state) => state.cursor)
  const store = useEditorStore()
  const { present } = store.getState().history
  const { nodes, ways } = trailAt(frames, cursor)
  const here = placeAt(frames, cursor)
  const edges = present.edges.filter((it) => ways.has(`${it.source} ${it.sourceHandle}`) && nodes.has(it.target))
  const passed = [...nodes].filter((id) => id !== here)
  const css = [
    rule('node', passed, 'border-color:var(--accent-line);background:var(--accent-soft)', '.node'),
    rule(
      'node',
      here === null ? [] : [here],
      'border-color:var(--accent);box-shadow:0 0 0 1.5px var(--accent),0 0 0 5px color-mix(in srgb,var(--accent) 16%,transparent)',
      '.node',
    ),
    rule(
      'edge',
      edges.map((it) => it.id),
      'stroke:var(--accent);stroke-width:2',
      '.stroke',
    ),
    rule(
      'edge',
      edges.map((it) => it.id),
      'fill:var(--accent)',
      '.head',
    ),
  ].join('\n')
  return (
    <>
      <style>{css}</style>
      <Bead here={here} name={name} />
    </>
  )
}

/** Where they are, with their initials; it slides along the way to the next place. */
export function Bead({ here, name }: { here: string | null; name: string }) {
  const store = useEditorStore()
  const { getViewport, setCenter } = useReactFlow()
  const bead = useRef<HTMLDivElement>(null)
  const before = useRef<string | null>(null)
  const node = store.getState().history.present.nodes.find((it) => it.id === here)
  const x = (node?.position.x ?? 0) - 12
  const y = (node?.position.y ?? 0) - 12
  const shape = node && shapeOf(node)
  const centre = { x: x + 12 + (shape?.width ?? 0) / 2, y: y + 12 + (shape?.height ?? 0) / 2 }
  useEffect(() => {
    const from = before.current
    before.current = here
    if (here === null || from === here) return
    const frame = document.querySelector('.canvas')?.getBoundingClientRect()
    const { x: left, y: top, zoom } = getViewport()
    const at = { x: centre.x * zoom + left, y: centre.y * zoom + top }
    const margin = 60
    const seen = frame && at.x > margin && at.y > margin && at.x < frame.width - margin && at.y < frame.height - margin
    if (!seen) void setCenter(centre.x, centre.y, { zoom: Math.max(0.5, zoom), duration: glide(260) })
    const edge = store.getState().history.present.edges.find((it) => it.source === from && it.target === here)
    const line =
      edge && document.querySelector<SVGPathElement>(`.react-flow__edge[data-id="${CSS.escape(edge.id)}"] .stroke`)?.getAttribute('d')
    if (!bead.current) return
    if (glide(SLIDE) === 0) {
      bead.current.animate([{ outline: '2px solid var(--accent)' }, { outline: '2px solid var(--accent)' }], { duration: 1000 })
    } else if (line) {
      const along = { offsetPath: `path("${line}")`, offsetRotate: '0deg', transform: 'none', easing: 'cubic-bezier(.2,0,0,1)' }
      bead.current.animate(
        [
          { ...along, offsetDistance: '0%' },
          { ...along, offsetDistance: '100%' },
        ],
        { duration: SLIDE },
      )
    }
  }, [here, centre.x, centre.y, getViewport, setCenter, store])
  if (here === null || !node) return null
  return (
    <ViewportPortal>
      <div ref={bead} className="walk-bead" style={{ transform: `translate(${x}px, ${y}px)` }} aria-hidden="true">
        {initials(name)}
      </div>
    </ViewportPortal>
  )
}

/** The same for the lines of the outline, which know who walks and where. */
export function WalkedLines({ walk, walker, children }: { walk: WalkStore; walker: Walker | null; children: ReactNode }) {
  const frames = useStore(walk, (state) => state.frames)
  const cursor = useStore(walk, (state) => state.cursor)
  const name = walker?.name ?? null
  const trail = useMemo(
    () => (name === null ? null : { name, ...trailAt(frames, cursor), here: placeAt(frames, cursor) }),
    [name, frames, cursor],
  )
  return <TrailContext value={trail}>{children}</TrailContext>
}
