import type { FlowGraph } from '@baton/engine'
import { type Box, boxOf, overlaps } from '../geometry.ts'
import type { Point } from '../grid.ts'
import { framesOf } from './groups.ts'

/** What stands over the canvas at the bottom right: map and tools. */
const CORNER = { width: 172, height: 166 }
/** What stands at the top right where a rule holds for everybody. */
const ALWAYS = { width: 316, height: 92 }
const EDGE = 28
/** The row of problems and tools along the bottom. */
const FOOT = 60
/** As large as a note is at first. */
const NOTE = { width: 200, height: 96 }
/** By how much less is tried next. */
const LESS = 0.97
/** Down to a tenth of the largest: on a canvas as small as the map there is no free place. */
const TRIES = 75

type Size = Pick<Box, 'width' | 'height'>
type Px = `${number}px`
export interface FitOptions {
  padding: { top: Px; left: Px; right: Px; bottom: Px }
  maxZoom: number
}

/**
 * How to fit a flow so that no card lies under what stands over the canvas: as large as may be, in the middle where nothing is in the way, else
 * moved aside.
 */
export function fitOptions(graph: FlowGraph, frame: Size | undefined): FitOptions {
  const { nodes, notes = [], settings } = graph
  const boxes: Box[] = [...nodes.map(boxOf), ...framesOf(graph), ...notes.map((it) => ({ ...it.position, ...NOTE }))]
  const [left, top] = [Math.min(...boxes.map((it) => it.x)), Math.min(...boxes.map((it) => it.y))]
  const wide = Math.max(1, Math.max(...boxes.map((it) => it.x + it.width)) - left)
  const high = Math.max(1, Math.max(...boxes.map((it) => it.y + it.height)) - top)
  const { width, height } = frame ?? { width: 900, height: 800 }
  const ruled = (settings.exitWhen?.rules.length ?? 0) > 0 || settings.onLeavingSegment === 'leave'
  const over: Box[] = [
    { x: width - CORNER.width, y: height - CORNER.height, ...CORNER },
    ...(ruled ? [{ x: width - ALWAYS.width, y: 0, ...ALWAYS }] : []),
  ]
  const room = { width: width - 2 * EDGE, height: height - EDGE - FOOT }
  let zoom = Math.min(1, room.width / wide, room.height / high)
  for (let tries = 0; ; tries++) {
    const size = { width: wide * zoom, height: high * zoom }
    const at = PLACES.map(([across, down]) => ({
      x: EDGE + (room.width - size.width) * across,
      y: EDGE + (room.height - size.height) * down,
    }))
    const free = at.find(({ x, y }) =>
      boxes.every((it) => {
        const drawn = { x: x + (it.x - left) * zoom, y: y + (it.y - top) * zoom, width: it.width * zoom, height: it.height * zoom }
        return !over.some((what) => overlaps(what, drawn))
      }),
    )
    if (free || tries === TRIES) return { padding: paddings(free ?? { x: EDGE, y: EDGE }, size, { width, height }), maxZoom: 1 }
    zoom *= LESS
  }
}

/** Where a flow is tried in its room, from its start to its end across and down: the middle first. */
const PLACES = [
  [0.5, 0.5],
  [0.25, 0.5],
  [0, 0.5],
  [0.5, 0],
  [0, 0],
  [0.5, 1],
  [0, 1],
] as const

const px = (n: number): Px => `${Math.floor(n)}px`

const paddings = ({ x, y }: Point, flow: Size, frame: Size) => ({
  top: px(y),
  left: px(x),
  right: px(frame.width - x - flow.width),
  bottom: px(frame.height - y - flow.height),
})

/** Whether the whole flow is in view on a canvas of this size. */
export function allSeen({ nodes }: FlowGraph, { x, y, zoom }: { x: number; y: number; zoom: number }, size: Size): boolean {
  return nodes.map(boxOf).every((it) => {
    const [left, top] = [it.x * zoom + x, it.y * zoom + y]
    return left >= 0 && top >= 0 && left + it.width * zoom <= size.width && top + it.height * zoom <= size.height
  })
}

/** The size of the canvas on the page now. */
export const canvasFrame = () => document.querySelector('.canvas')?.getBoundingClientRect()

/** Where on the screen what is pasted is put down: at the pointer, or in view where it points at something else, or at nothing yet. */
export function pastePlace({ x, y }: Point): Point {
  const frame = canvasFrame()
  if (!frame || (x > frame.left && x < frame.right && y > frame.top && y < frame.bottom)) return { x, y }
  return { x: frame.left + frame.width / 2 - 112, y: frame.top + frame.height / 3 }
}
