export type Side = 'top' | 'right' | 'bottom' | 'left'

interface Size {
  width: number
  height: number
}

interface Box extends Size {
  left: number
  top: number
}

/** Between a tip and what it is about, and from the edge of the window. */
const GAP = 6
const EDGE = 4

const OTHER: Readonly<Record<Side, Side>> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' }

function beside({ left, top, width, height }: Box, tip: Size, side: Side): { left: number; top: number } {
  const middle = { left: left + (width - tip.width) / 2, top: top + (height - tip.height) / 2 }
  switch (side) {
    case 'top':
      return { left: middle.left, top: top - tip.height - GAP }
    case 'bottom':
      return { left: middle.left, top: top + height + GAP }
    case 'left':
      return { left: left - tip.width - GAP, top: middle.top }
    case 'right':
      return { left: left + width + GAP, top: middle.top }
  }
}

const fits = (start: number, size: number, room: number) => start >= EDGE && start + size <= room - EDGE
const within = (start: number, size: number, room: number) => Math.max(EDGE, Math.min(start, room - size - EDGE))

/** Where a tip goes: on the side that is asked for, on the other one where only that has room, and never out of the window. */
export function placeTip(about: Box, tip: Size, side: Side, window: Size): { left: number; top: number } {
  const has = (at: { left: number; top: number }) =>
    side === 'top' || side === 'bottom' ? fits(at.top, tip.height, window.height) : fits(at.left, tip.width, window.width)
  const wanted = beside(about, tip, side)
  const other = beside(about, tip, OTHER[side])
  const at = !has(wanted) && has(other) ? other : wanted
  return { left: within(at.left, tip.width, window.width), top: within(at.top, tip.height, window.height) }
}
