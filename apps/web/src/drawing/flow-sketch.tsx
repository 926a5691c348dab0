import type { FlowGraph } from '@baton/engine'
import { useMemo } from 'react'
import { pathOf, routeAll } from '../editor/canvas/route.ts'
import { type Box, boxOf, readStep } from '../editor/geometry.ts'

const MARGIN = 16

function extentOf({ nodes }: FlowGraph): Box {
  const boxes = nodes.map(boxOf)
  const x = Math.min(...boxes.map((it) => it.x)) - MARGIN
  const y = Math.min(...boxes.map((it) => it.y)) - MARGIN
  const right = Math.max(...boxes.map((it) => it.x + it.width)) + MARGIN
  const bottom = Math.max(...boxes.map((it) => it.y + it.height)) + MARGIN
  return { x, y, width: right - x, height: bottom - y }
}

type Props = {
  graph: FlowGraph
  className?: string | undefined
  /** Smaller than a stamp: full colours, and no ways. */
  tiny?: boolean | undefined
}

/** A flow from afar: blocks in the colours of their steps, and the ways between them. */
export function FlowSketch({ graph, className, tiny = false }: Props) {
  const lines = useMemo(() => routeAll(graph), [graph])
  const extent = useMemo(() => extentOf(graph), [graph])
  return (
    <svg className={className} viewBox={`${extent.x} ${extent.y} ${extent.width} ${extent.height}`} aria-hidden="true">
      {!tiny &&
        graph.edges.map(({ id }) => (
          <path key={id} d={pathOf(lines.get(id) ?? [], 24)} fill="none" stroke="var(--edge)" strokeWidth={6} opacity={0.55} />
        ))}
      {graph.nodes.map((node) => {
        const { x, y, width, height } = boxOf(node)
        const category = readStep(node)?.kind.category ?? 'exit'
        return (
          <rect
            key={node.id}
            x={x}
            y={y}
            width={width}
            height={height}
            rx={14}
            fill={`var(--${category}${tiny ? '' : '-soft'})`}
            stroke={`var(--${category})`}
            strokeWidth={tiny ? 24 : 8}
          />
        )
      })}
    </svg>
  )
}
