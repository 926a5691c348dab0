import { runOf } from '../nodes/runs.ts'
import type { Rule } from './subject.ts'

/** What each kind knows of itself: choices still to be made, values that do not fit. */
export const own: Rule = ({ nodes, catalog }) =>
  [...nodes.values()].flatMap(({ id, kind, config }) =>
    (runOf(kind.type)?.check(config, catalog) ?? []).map((issue) => ({ ...issue, nodes: [id] })),
  )
