import type { Catalog, FlowGraph, FlowNote } from '@baton/engine'
import { withSteps } from '@baton/engine'
import { useMemo } from 'react'
import { type Frame, foldedView, framesOf } from '../editor/canvas/groups.ts'
import { pathOf, routeAll } from '../editor/canvas/route.ts'
import { type Box, boxOf, shapeOf } from '../editor/geometry.ts'
import type { Point } from '../editor/grid.ts'
import type { Count } from '../editor/store.ts'
import { breakLines } from './lines.ts'
import { measureAt } from './measure.ts'
import { onPage, type Paint } from './paint.ts'
import { DrawnStep } from './step.tsx'

export interface Drawn {
  graph: FlowGraph
  catalog: Catalog
  /** With what came to each step; null: without. */
  counts?: ReadonlyMap<string, Count> | null | undefined
}

/** In Live the row of ports is higher, by the counts. */
const COUNTED = 10
const NOTE = { width: 200, pad: 12, line: 17 }

const noteLines = ({ text }: FlowNote) =>
  text.split('\n').flatMap((it) => {
    const lines = breakLines([{ text: it, strong: false }], { width: NOTE.width - 2 * NOTE.pad, most: 40, measure: measureAt(12) })
    return lines.length === 0 ? [''] : lines.map((line) => line.map((run) => run.text).join(''))
  })

/** What a flow takes up with everything around it. */
export function extentOf({ graph, counts }: Pick<Drawn, 'graph' | 'counts'>, margin: number): Box {
  const view = foldedView(graph)
  const boxes: Box[] = [
    ...view.nodes.map(boxOf).map((it) => ({ ...it, height: it.height + (counts ? COUNTED : 0), y: it.y - (counts ? 14 : 0) })),
    ...framesOf(view),
    ...(view.notes ?? []).map((it) => ({ ...it.position, width: NOTE.width, height: noteLines(it).length * NOTE.line + 20 })),
    ...[...routeAll(view).values()].flatMap((line) => line.map((it) => ({ ...it, width: 0, height: 0 }))),
  ]
  if (boxes.length === 0) return { x: 0, y: 0, width: 2 * margin, height: 2 * margin }
  const x = Math.min(...boxes.map((it) => it.x)) - margin
  const y = Math.min(...boxes.map((it) => it.y)) - margin
  const right = Math.max(...boxes.map((it) => it.x + it.width)) + margin
  const bottom = Math.max(...boxes.map((it) => it.y + it.height)) + margin
  return { x: Math.floor(x), y: Math.floor(y), width: Math.ceil(right - x), height: Math.ceil(bottom - y) }
}

type Props = Drawn & {
  /** What it shows, for whoever does not see it; absent where the words stand beside it. */
  title?: string | undefined
  paint?: Paint | undefined
  margin?: number | undefined
  /** Behind everything; none: whatever is behind shows. */
  ground?: string | undefined
  className?: string | undefined
  /** In px as on the canvas; else the size of its place. */
  natural?: boolean | undefined
}

/** A flow as a picture: cards, ways, groups and notes as on the canvas, in one SVG without a style sheet. */
export function FlowDrawing({ graph, catalog, counts = null, title, paint = onPage, margin = 24, ground, className, natural }: Props) {
  const view = useMemo(() => foldedView(graph), [graph])
  const known = useMemo(() => withSteps(catalog, graph), [catalog, graph])
  const lines = useMemo(() => routeAll(view), [view])
  const extent = useMemo(() => extentOf({ graph, counts }, margin), [graph, counts, margin])
  const named = title === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': title }
  const size = natural ? { width: extent.width, height: extent.height } : {}
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it has a name, or is hidden, by what is spread
    <svg
      xmlns="http://www.w3.org/2000/svg"
      className={className}
      viewBox={`${extent.x} ${extent.y} ${extent.width} ${extent.height}`}
      fontFamily="'Inter Variable', Inter, 'Helvetica Neue', Arial, sans-serif"
      style={{ fontFeatureSettings: '"cv11", "ss03", "calt"' }}
      {...size}
      {...named}
    >
      <defs>
        <linearGradient id="contract" x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor={paint('sales-soft')} />
          <stop offset="1" stopColor={paint('sales-soft')} stopOpacity={0} />
        </linearGradient>
      </defs>
      {ground !== undefined && <rect x={extent.x} y={extent.y} width={extent.width} height={extent.height} fill={ground} />}
      {framesOf(view).map((it) => (
        <DrawnFrame key={it.group.id} frame={it} paint={paint} />
      ))}
      {view.edges.map(({ id, source }) => {
        const from = view.nodes.find((it) => it.id === source)
        const down = counts && from && shapeOf(from).row ? COUNTED : 0
        return <Way key={id} line={lines.get(id) ?? []} down={down} paint={paint} />
      })}
      {view.nodes.map((node) => (
        <DrawnStep key={node.id} node={node} catalog={known} paint={paint} count={counts?.get(node.id)} counted={counts !== null} />
      ))}
      {(view.notes ?? []).map((note) => (
        <DrawnNote key={note.id} note={note} paint={paint} />
      ))}
    </svg>
  )
}

function Way({ line, down, paint, width = 1.5 }: { line: readonly Point[]; down: number; paint: Paint; width?: number }) {
  const [first, ...rest] = line
  const end = rest.at(-1)
  if (!first || !end) return null
  const start = { x: first.x, y: first.y + down }
  const path = pathOf([start, ...rest.slice(0, -1), { x: end.x, y: end.y - 3 }])
  return (
    <g>
      <path d={path} fill="none" stroke={paint('edge')} strokeWidth={width} />
      <path d={`M${end.x - 4} ${end.y - 7.5}L${end.x} ${end.y - 0.5}L${end.x + 4} ${end.y - 7.5}Z`} fill={paint('edge')} />
    </g>
  )
}

function DrawnFrame({ frame: { group, x, y, width, height }, paint }: { frame: Frame; paint: Paint }) {
  const [line = []] = breakLines([{ text: group.name, strong: false }], { width: width - 28, most: 1, measure: measureAt(12, 600) })
  return (
    <g>
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx={14}
        fill={paint('surface')}
        fillOpacity={0.4}
        stroke={paint('n8')}
        strokeDasharray="4 3"
      />
      <text x={x + 14} y={y + 21} fontSize={12} fontWeight={600} fill={paint('text-2')}>
        {line.map((it) => it.text).join('')}
      </text>
    </g>
  )
}

function DrawnNote({ note, paint }: { note: FlowNote; paint: Paint }) {
  const lines = noteLines(note)
  const { x, y } = note.position
  const height = lines.length * NOTE.line + 20
  return (
    <g transform={`translate(${x} ${y})`}>
      <path d={`M0 0H${NOTE.width - 14}L${NOTE.width} 14V${height}H0Z`} fill={paint('note')} stroke={paint('note-line')} />
      {lines.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are their places
        <text key={at} x={NOTE.pad} y={22 + at * NOTE.line} fontSize={12} fill={paint('note-text')}>
          {text}
        </text>
      ))}
    </g>
  )
}
