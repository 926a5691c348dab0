import type { Place } from '../canvas/canvas.tsx'
import type { Box } from '../geometry.ts'

/** From the edge of the canvas. */
const EDGE = 24

/** Where somebody looks when the canvas comes back: where they did before, or at what was chosen meanwhile, if that would not be seen. */
export function placeFor(place: Place, box: Box, frame: { left: number; width: number; height: number }): Place {
  const { zoom } = place
  const [width, height] = [box.width * zoom, box.height * zoom]
  const x = place.x - frame.left + box.x * zoom
  const y = place.y + box.y * zoom
  const seen = x >= EDGE && y >= EDGE && x + width <= frame.width - EDGE && y + height <= frame.height - EDGE
  if (seen) return place
  return { zoom, x: frame.left + (frame.width - width) / 2 - box.x * zoom, y: (frame.height - height) / 2 - box.y * zoom }
}
