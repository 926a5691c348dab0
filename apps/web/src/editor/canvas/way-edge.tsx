import { type Edge, type EdgeProps, useReactFlow } from '@xyflow/react'
import { memo } from 'react'
import type { Point } from '../grid.ts'
import { useEditor, useEditorStore } from '../store.ts'
import { middleOf, pathOf, plainLine } from './route.ts'

export type WayEdge = Edge<{ line: readonly Point[]; words: string }, 'way'>

/** The library measures from the outer side of a dot; ways begin and end at the card's edge, its centre. */
const DOT = 4

/** In Live the row of ports is ten higher, by the counts: the line still fits. */
const near = (a: Point | undefined, x: number, y: number, wide = 2) => a !== undefined && Math.abs(a.x - x) < wide && Math.abs(a.y - y) < 16

/** A way between two steps. While one of them is dragged, it follows by the shortest line; the router comes after the drop. */
export const WayLine = memo(function WayLine({ id, source, data, sourceX, sourceY, targetX, targetY, selected }: EdgeProps<WayEdge>) {
  const lit = useEditor((state) => state.selected.has(source))
  const readOnly = useEditor((state) => state.readOnly)
  const wanted = useEditor((state) => state.dropWay === id)
  const store = useEditorStore()
  const { flowToScreenPosition } = useReactFlow()
  const line = data?.line
  const fits = line !== undefined && near(line[0], sourceX, sourceY) && near(line.at(-1), targetX, targetY, 26)
  const start = { x: sourceX, y: sourceY - DOT }
  const points = fits ? [start, ...line.slice(1)] : plainLine(start, { x: targetX, y: targetY + DOT })
  const end = points.at(-1) ?? { x: targetX, y: targetY }
  const path = pathOf([...points.slice(0, -1), { x: end.x, y: end.y - 3 }])
  const mid = middleOf(points)
  const last = { x: end.x + 16, y: end.y - 14 }
  const add = () => {
    const at = flowToScreenPosition(mid)
    store.getState().openPicker({ x: at.x, y: at.y, target: { on: 'edge', edge: id } })
  }
  return (
    <g className={`way-line${selected || lit || wanted ? ' on' : ''}${wanted ? ' wanted' : ''}`}>
      <title>{data?.words}</title>
      <path className="hit react-flow__edge-interaction" d={path} />
      <path className="stroke" d={path} />
      <path className="head" d={`M${end.x - 4} ${end.y - 7.5}L${end.x} ${end.y - 0.5}L${end.x + 4} ${end.y - 7.5}Z`} />
      {!readOnly && (
        <>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
          <g className="deed plus" transform={`translate(${mid.x} ${mid.y})`} onClick={add}>
            <title>Put a step in here</title>
            <circle r={9} />
            <path d="M-4 0H4M0 -4V4" />
          </g>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
          <g
            className="deed take"
            transform={`translate(${last.x} ${last.y})`}
            onClick={() => store.getState().edit((graph) => ({ ...graph, edges: graph.edges.filter((it) => it.id !== id) }))}
          >
            <title>Remove this way</title>
            <circle r={7} />
            <path d="M-2.5 -2.5L2.5 2.5M2.5 -2.5L-2.5 2.5" />
          </g>
        </>
      )}
    </g>
  )
})
