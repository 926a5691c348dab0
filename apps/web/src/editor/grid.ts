/** Everything on the canvas stands on a grid of eight. */
export const GRID = 8

export const snap = (value: number) => Math.round(value / GRID) * GRID

export interface Point {
  x: number
  y: number
}
