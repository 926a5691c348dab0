import type { FlowGraph } from '@baton/engine'
import { type Box, boxOf, overlaps } from '../geometry.ts'
import { type Point, snap } from '../grid.ts'
import { NOTE_HEIGHT, NOTE_WIDTH } from './elements.ts'
import { routeAll } from './route.ts'

/** From one place that is tried to the next, and how far out. */
const STEP = 24
const RINGS = 40
const ROOM = 12

/** The place nearest to `at`, on the grid, where a new note lies on no card, no way and no other note; `at` where all around is full. */
export function notePlace(graph: FlowGraph, at: Point): Point {
  const size = { width: NOTE_WIDTH, height: NOTE_HEIGHT }
  const taken = [...graph.nodes.map(boxOf), ...[...routeAll(graph).values()].flatMap(stretches)]
  for (const note of graph.notes ?? []) taken.push({ ...note.position, ...size })
  for (let ring = 0; ring <= RINGS; ring++) {
    const free = around(ring)
      .map((by) => ({ x: snap(at.x + by.x * STEP), y: snap(at.y + by.y * STEP) }))
      .find((place) => !taken.some((box) => overlaps({ ...place, ...size }, box, ROOM)))
    if (free) return free
  }
  return { x: snap(at.x), y: snap(at.y) }
}

/** The steps from the middle to a ring around it, nearest first, and of those as near the right ones first. */
function around(ring: number): Point[] {
  const side = Array.from({ length: 2 * ring + 1 }, (_, n) => n - ring)
  return side
    .flatMap((x) => side.map((y) => ({ x, y })))
    .filter(({ x, y }) => Math.max(Math.abs(x), Math.abs(y)) === ring)
    .sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y) || b.x - a.x)
}

const stretches = (line: readonly Point[]): Box[] =>
  line.slice(1).map((b, n) => {
    const a = line[n] ?? b
    return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) }
  })
