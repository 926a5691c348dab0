import { disconnect } from '@baton/engine'
import { type Edge, type EdgeProps, useStoreApi } from '@xyflow/react'
import { memo, useCallback, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { foldNumber, fullNumber } from '../../ui/numbers.ts'
import { readStep, shapeOf, stepIn } from '../geometry.ts'
import type { Point } from '../grid.ts'
import { type EditorState, useEditor, useEditorStore } from '../store.ts'
import { wordsOf } from './card-words.ts'
import { useLevel } from './level.ts'
import { mostOf, mostWords, outsideOf } from './loops.ts'
import { middleOf, pathOf, plainLine } from './route.ts'
import { type Flow, flowOf, wayShare } from './volume.ts'

export type WayEdge = Edge<{ line: readonly Point[] }, 'way'>

/** The library measures from the outer side of a dot; ways begin and end at the card's edge, its centre. */
const DOT = 4

/** In Live the row of ports is ten higher, by the counts: the line still fits. */
const near = (a: Point | undefined, x: number, y: number, wide = 2) => a !== undefined && Math.abs(a.x - x) < wide && Math.abs(a.y - y) < 16

/** A way between two steps. While one of them is dragged, it follows by the shortest line; the router comes after the drop. */
export const WayLine = memo(function WayLine(props: EdgeProps<WayEdge>) {
  const { id, source, target, sourceHandleId, data, sourceX, sourceY, targetX, targetY, selected } = props
  const port = sourceHandleId ?? ''
  const { on, wanted, readOnly, most, people, came, lost, band, between, share } = useEditor(
    useShallow((state) => ({
      on: state.selected.has(source) && (state.selected.size === 1 || state.selected.has(target)),
      wanted: state.dropWay === id,
      readOnly: state.readOnly,
      most: mostOf(state.history.present, id),
      ...(state.counts ? liveFlow(state, source, port) : undefined),
    })),
  )
  const level = useLevel()
  const [hovered, setHovered] = useState(false)
  // The library's handles at the ends lie over the way, beside what is drawn here: pointing at them is pointing at the way.
  const watch = useCallback((drawn: SVGGElement | null) => {
    const whole = drawn?.closest('.react-flow__edge')
    if (!whole) return
    const enter = () => setHovered(true)
    const leave = () => setHovered(false)
    whole.addEventListener('pointerenter', enter)
    whole.addEventListener('pointerleave', leave)
    return () => {
      whole.removeEventListener('pointerenter', enter)
      whole.removeEventListener('pointerleave', leave)
    }
  }, [])
  const line = data?.line
  const fits = line !== undefined && near(line[0], sourceX, sourceY) && near(line.at(-1), targetX, targetY, 26)
  const start = { x: sourceX, y: sourceY - DOT }
  const points = fits ? [start, ...line.slice(1)] : plainLine(start, { x: targetX, y: targetY + DOT })
  const end = points.at(-1) ?? { x: targetX, y: targetY }
  const path = pathOf([...points.slice(0, -1), { x: end.x, y: end.y - 3 }])
  const look = `way-line${selected || on || wanted ? ' on' : ''}${wanted ? ' wanted' : ''}`
  const volume = band !== undefined && band > 0 && <path className="band" d={path} strokeWidth={band} />
  if (level !== 'near') {
    return (
      <g className={look}>
        {volume}
        <path className="stroke" d={path} />
      </g>
    )
  }
  const flow =
    people === undefined || came === undefined || lost === undefined || band === undefined
      ? undefined
      : { people, came, lost, band, between, share }
  return (
    <g ref={watch} className={look}>
      {hovered && <Ends source={source} target={target} flow={flow} />}
      {volume}
      <path className="hit react-flow__edge-interaction" d={path} />
      <path className="stroke" d={path} />
      <path className="head" d={`M${end.x - 4} ${end.y - 7.5}L${end.x} ${end.y - 0.5}L${end.x + 4} ${end.y - 7.5}Z`} />
      {most !== undefined && <Limit most={most} line={points} />}
      {flow && flow.came > 0 && <Share flow={flow} start={start} left={turnsRight(points)} />}
      {!readOnly && (hovered || selected) && <Deeds id={id} mid={middleOf(points)} last={{ x: end.x + 16, y: end.y - 14 }} />}
    </g>
  )
})

function liveFlow({ counts, history }: EditorState, source: string, port: string): Flow | undefined {
  const step = stepIn(history.present, source)
  const first = step === undefined || shapeOf(step).ports[0]?.id === port
  return flowOf(counts, source, port, first)
}

/** Whether a way goes off to the right so soon that words at its right would be struck through by it. */
function turnsRight([start, first, second]: readonly Point[]): boolean {
  return start !== undefined && first !== undefined && second !== undefined && first.y - start.y < 26 && second.x > first.x + 4
}

/** What went by this way, of those who came to the step above it; on its other side who left the flow up there. */
function Share({ flow, start, left }: { flow: Flow; start: Point; left: boolean }) {
  const { lost, band } = flow
  const beside = Math.max(8, band / 2 + 4) * (left ? -1 : 1)
  return (
    <>
      <text className="share" textAnchor={left ? 'end' : 'start'} x={start.x + beside} y={start.y + 15}>
        {wayShare(flow)}
      </text>
      {lost > 0 && (
        <text className="share lost" textAnchor={left ? 'start' : 'end'} x={start.x - beside} y={start.y + 15}>
          ↓ {foldNumber(lost)} left
        </text>
      )}
    </>
  )
}

/** How often people come round, beside the loop. */
function Limit({ most, line }: { most: number; line: readonly Point[] }) {
  const { x, y, right } = outsideOf(line)
  return (
    <text className="limit" textAnchor={right ? 'start' : 'end'} x={x} y={y}>
      {mostWords(most)}
    </text>
  )
}

/** Where a way comes from and goes to, for whoever points at it. */
function Ends({ source, target, flow }: { source: string; target: string; flow: Flow | undefined }) {
  const store = useEditorStore()
  const { history, catalog } = store.getState()
  const named = (id: string) => {
    const step = stepIn(history.present, id)
    if (!step) return 'a folded group'
    const { text, name } = wordsOf(step, readStep(step), catalog)
    return name ?? text
  }
  const went =
    flow &&
    `\n${fullNumber(flow.people)}${flow.between === undefined ? ` of ${fullNumber(flow.came)}` : ''} went this way, ${wayShare(flow)}`
  const between = flow?.between === undefined ? '' : ` of those who went on\nEight times of ten ${flow.between} people`
  const left = flow && flow.lost > 0 ? `\n${fullNumber(flow.lost)} left the flow before they could go on` : ''
  return (
    <title>
      {named(source)} → {named(target)}
      {went}
      {between}
      {left}
    </title>
  )
}

/** What a way offers to whoever points at it: a step put in at its middle, and its end. */
function Deeds({ id, mid, last }: { id: string; mid: Point; last: Point }) {
  const store = useEditorStore()
  const flow = useStoreApi()
  const add = () => {
    const { transform, domNode } = flow.getState()
    const frame = domNode?.getBoundingClientRect()
    const [x, y, zoom] = transform
    const at = { x: mid.x * zoom + x + (frame?.left ?? 0), y: mid.y * zoom + y + (frame?.top ?? 0) }
    store.getState().openPicker({ ...at, target: { on: 'edge', edge: id } })
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard has keys of its own for both */}
      <g className="deed plus" transform={`translate(${mid.x} ${mid.y})`} onClick={add}>
        <title>Put a step in here</title>
        <circle r={9} />
        <path d="M-4 0H4M0 -4V4" />
      </g>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      <g
        className="deed take"
        transform={`translate(${last.x} ${last.y})`}
        onClick={() => store.getState().edit((graph) => disconnect(graph, [id]))}
      >
        <title>Remove this way</title>
        <circle r={7} />
        <path d="M-2.5 -2.5L2.5 2.5M2.5 -2.5L-2.5 2.5" />
      </g>
    </>
  )
}
