import type { FlowEdge, FlowGraph } from '@baton/engine'
import { type Box, boxOf, entryAt, portAt, shapeOf } from '../geometry.ts'
import type { Point } from '../grid.ts'

/** From a card to the first bend, and from one line to the next in the same channel. */
const STUB = 14
const LANE = 10
/** A way that misses the middle of a card by less goes straight in. */
const STRAIGHT = 24
/** Lines keep this far from cards they pass. */
const CLEAR = 12
/** Nearer than this, a line along a card it passes is taken for a part of it. */
const NEAR = 10

/** A card that a line may meet. */
interface Met extends Box {
  /** The line begins or ends at it. */
  own?: boolean
}

/** A horizontal stretch that is taken: lines to the same step may share it, others keep apart. */
interface Taken {
  y: number
  from: number
  to: number
  target: string
}

/** Stretches by height: only those within a lane of a line can be in its way, and a long flow has thousands. */
class Lanes {
  private readonly rows = new Map<number, Taken[]>()

  add(it: Taken): void {
    const row = Math.floor(it.y / LANE)
    const own = this.rows.get(row)
    if (own) own.push(it)
    else this.rows.set(row, [it])
  }

  /** How many lines to other steps lie on, or too close to, a stretch. */
  shared(y: number, from: number, to: number, target: string): number {
    const row = Math.floor(y / LANE)
    let count = 0
    for (let at = row - 1; at <= row + 1; at++) {
      for (const it of this.rows.get(at) ?? []) {
        if (it.target !== target && Math.abs(it.y - y) < LANE - 1 && from < it.to && to > it.from) count++
      }
    }
    return count
  }
}

const between = (a: number, b: number, x: number) => x > Math.min(a, b) && x < Math.max(a, b)

/** Whether a straight stretch runs through a card, or along it no further away than `off`. */
function crosses(a: Point, b: Point, box: Box, off: number): boolean {
  if (a.x === b.x)
    return between(box.x - off, box.x + box.width + off, a.x) && Math.min(a.y, b.y) < box.y + box.height && Math.max(a.y, b.y) > box.y
  return between(box.y - off, box.y + box.height + off, a.y) && Math.min(a.x, b.x) < box.x + box.width && Math.max(a.x, b.x) > box.x
}

const length = (points: readonly Point[]) =>
  points.slice(1).reduce((sum, it, at) => sum + Math.abs(it.x - (points[at]?.x ?? 0)) + Math.abs(it.y - (points[at]?.y ?? 0)), 0)

/** How bad a line is: through cards is worst, then over other lines or close along a card it only passes, then bends and length. */
function cost(points: readonly Point[], boxes: readonly Met[], lanes: Lanes, target: string): number {
  let hits = 0
  let shared = 0
  let close = 0
  for (let at = 1; at < points.length; at++) {
    const a = points[at - 1]
    const b = points[at]
    if (!a || !b) continue
    for (const box of boxes) {
      if (!crosses(a, b, box, NEAR)) continue
      if (crosses(a, b, box, 2)) hits++
      else if (!box.own) close++
    }
    if (a.y === b.y) shared += lanes.shared(a.y, Math.min(a.x, b.x), Math.max(a.x, b.x), target)
  }
  return hits * 100_000 + (shared + close) * 4_000 + points.length * 60 + length(points)
}

/** The line when nothing is in the way: down, across, down; or out at the side and back up. */
export function plainLine(s: Point, t: Point): Point[] {
  if (t.y - s.y >= 2 * STUB) {
    if (Math.abs(s.x - t.x) < 1) return [s, t]
    const y = t.y - Math.max(STUB, Math.min(20, (t.y - s.y) / 2))
    return [s, { x: s.x, y }, { x: t.x, y }, t]
  }
  const x = Math.max(s.x, t.x) + 132
  return [s, { x: s.x, y: s.y + STUB }, { x, y: s.y + STUB }, { x, y: t.y - STUB }, { x: t.x, y: t.y - STUB }, t]
}

const none = new Lanes()

/** Cards by height, in bands: a way looks only at those it could meet. */
class Rows {
  private static readonly BAND = 256
  private readonly bands = new Map<number, Box[]>()

  constructor(boxes: readonly Box[]) {
    for (const it of boxes) {
      for (let at = Math.floor(it.y / Rows.BAND); at <= Math.floor((it.y + it.height) / Rows.BAND); at++) {
        const own = this.bands.get(at)
        if (own) own.push(it)
        else this.bands.set(at, [it])
      }
    }
  }

  between(low: number, high: number): Box[] {
    const found = new Set<Box>()
    const [first, last] = [Math.floor(low / Rows.BAND), Math.floor(high / Rows.BAND)]
    // A step may stand anywhere: of a way as long as a street only the bands with cards in them are looked at.
    const bands = last - first < this.bands.size ? Array.from({ length: last - first + 1 }, (_, at) => first + at) : this.bands.keys()
    for (const band of bands) for (const it of this.bands.get(band) ?? []) if (it.y < high && it.y + it.height > low) found.add(it)
    return [...found]
  }
}

/** Lines worth comparing for one way. */
function candidates(s: Point, t: Point, boxes: readonly Met[]): Point[][] {
  const lines: Point[][] = [plainLine(s, t)]
  const down = t.y - s.y >= 2 * STUB
  if (down) {
    const ys = new Set<number>()
    for (let lane = 0; lane < 5; lane++) {
      ys.add(t.y - 20 - lane * LANE)
      ys.add(s.y + STUB + lane * LANE)
    }
    for (const y of ys) if (y >= s.y + 8 && y <= t.y - 8) lines.push([s, { x: s.x, y }, { x: t.x, y }, t])
  }
  const top = Math.min(s.y, t.y)
  const bottom = Math.max(s.y, t.y)
  const near = boxes.filter((it) => it.y < bottom + 4 && it.y + it.height > top - 4)
  const xs = new Set<number>([Math.max(s.x, t.x) + 132, Math.min(s.x, t.x) - 132])
  for (const it of near) {
    xs.add(it.x - CLEAR)
    xs.add(it.x + it.width + CLEAR)
    xs.add(it.x + it.width + CLEAR + LANE)
  }
  const straight = cost(lines[0] ?? [], boxes, none, '')
  if (down && straight < 4_000) return lines
  for (const x of xs) {
    for (const up of [STUB, STUB + LANE]) {
      lines.push([s, { x: s.x, y: s.y + up }, { x, y: s.y + up }, { x, y: t.y - up }, { x: t.x, y: t.y - up }, t])
    }
  }
  return lines
}

/** Ends and turns of every way, orthogonal, around the cards, lines to different steps apart. Deterministic. */
export function routeAll(graph: FlowGraph): ReadonlyMap<string, readonly Point[]> {
  const nodes = new Map(graph.nodes.map((it) => [it.id, it]))
  const boxes = new Map(graph.nodes.map((it) => [it.id, boxOf(it)]))
  const rows = new Rows([...boxes.values()])
  const ends = graph.edges.flatMap((edge): { edge: FlowEdge; s: Point; t: Point }[] => {
    const from = nodes.get(edge.source)
    const to = nodes.get(edge.target)
    if (!from || !to) return []
    const out = portAt(shapeOf(from), edge.sourceHandle)
    const into = entryAt(shapeOf(to))
    const dx = from.position.x + out.x - (to.position.x + into.x)
    // A few pixels beside the middle are no bend worth drawing.
    if (Math.abs(dx) <= STRAIGHT) into.x += dx
    return [
      { edge, s: { x: from.position.x + out.x, y: from.position.y + out.y }, t: { x: to.position.x + into.x, y: to.position.y + into.y } },
    ]
  })
  ends.sort((a, b) => a.t.y - b.t.y || Math.abs(a.s.x - a.t.x) - Math.abs(b.s.x - b.t.x) || (a.edge.id < b.edge.id ? -1 : 1))
  const lanes = new Lanes()
  const lines = new Map<string, readonly Point[]>()
  for (const { edge, s, t } of ends) {
    const low = Math.min(s.y, t.y) - 40
    const high = Math.max(s.y, t.y) + 40
    const around = rows.between(low, high)
    // The own cards count too, but the line leaves and enters them at their edge.
    const own = [boxes.get(edge.source), boxes.get(edge.target)]
    const inside = around.map((it): Met => (own.includes(it) ? { ...it, y: it.y + 3, height: it.height - 6, own: true } : it))
    let best: readonly Point[] = []
    let least = Number.POSITIVE_INFINITY
    for (const line of candidates(s, t, inside)) {
      const price = cost(line, inside, lanes, edge.target)
      if (price < least) {
        least = price
        best = line
      }
    }
    lines.set(edge.id, best)
    for (let at = 1; at < best.length; at++) {
      const a = best[at - 1]
      const b = best[at]
      if (a && b && a.y === b.y && a.x !== b.x) lanes.add({ y: a.y, from: Math.min(a.x, b.x), to: Math.max(a.x, b.x), target: edge.target })
    }
  }
  return lines
}

/** An SVG path along the points, corners rounded by eight. */
export function pathOf(points: readonly Point[], radius = 8): string {
  const [first, ...rest] = points
  if (!first) return ''
  let path = `M${first.x} ${first.y}`
  for (const [at, point] of rest.entries()) {
    const before = rest[at - 1] ?? first
    const after = rest[at + 1]
    if (!after) {
      path += `L${point.x} ${point.y}`
      continue
    }
    const r = Math.min(radius, Math.hypot(point.x - before.x, point.y - before.y) / 2, Math.hypot(after.x - point.x, after.y - point.y) / 2)
    const into = towards(point, before, r)
    const out = towards(point, after, r)
    path += `L${into.x} ${into.y}Q${point.x} ${point.y} ${out.x} ${out.y}`
  }
  return path
}

function towards(from: Point, to: Point, by: number): Point {
  const far = Math.hypot(to.x - from.x, to.y - from.y)
  return far === 0 ? from : { x: from.x + ((to.x - from.x) * by) / far, y: from.y + ((to.y - from.y) * by) / far }
}

/** The point half way along. */
export function middleOf(points: readonly Point[]): Point {
  let left = length(points) / 2
  for (let at = 1; at < points.length; at++) {
    const a = points[at - 1]
    const b = points[at]
    if (!a || !b) break
    const far = Math.abs(b.x - a.x) + Math.abs(b.y - a.y)
    if (left <= far) return towards(a, b, left)
    left -= far
  }
  return points[0] ?? { x: 0, y: 0 }
}
