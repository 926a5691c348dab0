import type { SeenMoment, SeenWalk } from './protocol.ts'

/** What is shown at once: one step, or a moment in which no step was taken. */
export interface Frame {
  at: number
  moment: SeenMoment
  step: SeenMoment['steps'][number] | null
  /** Whether it is the first and the last of its moment. */
  first: boolean
  last: boolean
}

/** A walk, step by step. */
export const framesOf = ({ moments }: Pick<SeenWalk, 'moments'>): Frame[] =>
  moments.flatMap((moment): Frame[] => {
    const { at, steps } = moment
    if (steps.length === 0) return [{ at, moment, step: null, first: true, last: true }]
    return steps.map((step, i) => ({ at, moment, step, first: i === 0, last: i === steps.length - 1 }))
  })

/** Steps of a flow inside stand on the canvas as the step that holds them. */
export const onCanvas = (node: string): string => node.split('/')[0] ?? node

/** Where the person is at a frame; null: outside. */
export function placeAt(frames: readonly Frame[], cursor: number): string | null {
  const frame = frames[cursor]
  if (!frame) return null
  const next = frame.last ? frame.moment.here : null
  if (next?.how === 'rests' || next?.how === 'parked') return onCanvas(next.node)
  const step = frame.step ?? frames.slice(0, cursor).findLast((it) => it.step)?.step
  return step ? onCanvas(step.node) : null
}

/** Everything gone through up to a frame: steps, and ways by step and port. */
export function trailAt(frames: readonly Frame[], cursor: number): { nodes: ReadonlySet<string>; ways: ReadonlySet<string> } {
  const nodes = new Set<string>()
  const ways = new Set<string>()
  for (const { step } of frames.slice(0, cursor + 1)) {
    if (!step) continue
    nodes.add(onCanvas(step.node))
    ways.add(`${onCanvas(step.node)} ${step.port}`)
  }
  const here = placeAt(frames, cursor)
  if (here !== null) nodes.add(here)
  return { nodes, ways }
}
