import type { FlowGraph } from '@baton/engine'
import { boxOf } from '../geometry.ts'

/** What stands over the canvas at the bottom right: map and tools. */
const CORNER = { width: 172, height: 166 }
const EDGE = 40
/** The row of problems and tools along the bottom. */
const FOOT = 60

type Px = `${number}px`
export interface FitOptions {
  padding: { top: Px; left: Px; right: Px; bottom: Px }
  maxZoom: number
}

/** How to fit a flow so that no card lies under the map: room beside it or above it, whichever leaves the cards larger. */
export function fitOptions({ nodes }: FlowGraph, frame: { width: number; height: number } | undefined): FitOptions {
  const boxes = nodes.map(boxOf)
  const wide = Math.max(1, Math.max(...boxes.map((it) => it.x + it.width)) - Math.min(...boxes.map((it) => it.x)))
  const high = Math.max(1, Math.max(...boxes.map((it) => it.y + it.height)) - Math.min(...boxes.map((it) => it.y)))
  const { width, height } = frame ?? { width: 900, height: 800 }
  const beside = Math.min(1, (width - EDGE - CORNER.width) / wide, (height - EDGE - FOOT) / high)
  const above = Math.min(1, (width - 2 * EDGE) / wide, (height - EDGE - CORNER.height) / high)
  const [right, bottom] = beside >= above ? [CORNER.width, FOOT] : [EDGE, CORNER.height]
  return { padding: { top: `${EDGE}px`, left: `${EDGE}px`, right: `${right}px`, bottom: `${bottom}px` }, maxZoom: 1 }
}

/** The size of the canvas on the page now. */
export const canvasFrame = () => document.querySelector('.canvas')?.getBoundingClientRect()
