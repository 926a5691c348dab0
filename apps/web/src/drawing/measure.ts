import type { Measure } from './lines.ts'

const FAMILY = '"Inter Variable", Inter, system-ui, sans-serif'

let pen: CanvasRenderingContext2D | null | undefined

/** Measures in the letters of the cards; `size` in px. */
export function measureAt(size: number, weight = 400, strongWeight = 550): Measure {
  pen ??= document.createElement('canvas').getContext('2d')
  return (text, strong) => {
    // Without a canvas (a browser that forbids reading it), a letter is a little more than half as wide as high.
    if (!pen) return text.length * size * 0.56
    pen.font = `${strong ? strongWeight : weight} ${size}px ${FAMILY}`
    return pen.measureText(text).width
  }
}
