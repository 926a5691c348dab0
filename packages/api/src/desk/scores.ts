import { flowById, type Sql } from '@baton/db'
import { type DimensionModel, dimensionRules, type LedgerLine } from '@baton/engine'
import { explainScore } from '@baton/leads'

type Cause = LedgerLine['cause']
const keyOf = ({ flowId, node }: Cause) => `${flowId}/${node}`

/** What the steps that gave points are called: by their author's name for them, else by their flow. */
export async function causeNames(sql: Sql, lines: readonly LedgerLine[]): Promise<(cause: Cause) => string> {
  const names = new Map<string, string>()
  for (const flowId of new Set(lines.map((line) => line.cause.flowId))) {
    const flow = await flowById(sql, flowId)
    for (const { cause } of lines) {
      if (!flow || cause.flowId !== flowId) continue
      const name = [flow.liveGraph, flow.draft].map((graph) => graph?.nodes.find((node) => node.id === cause.node)?.data.name)
      names.set(keyOf(cause), name.find((one) => typeof one === 'string' && one !== '')?.toString() ?? flow.name)
    }
  }
  return (cause) => names.get(keyOf(cause)) ?? 'A step that is gone'
}

/** Lines of one name, added up: what the page shows on a line. `points` as they count now, in hundredths. */
export interface ScoreReason {
  rule: string
  points: number
  times: number
  lastAt: number
}

export interface ShownScore {
  dimension: string
  name: string
  /** The sum of `reasons`, less what the cap takes away. */
  total: number
  cut: number
  reasons: readonly ScoreReason[]
}

/** Every score of a contact with what it is made of, the newest reason first. Reasons that are worth nothing any more are kept. */
export function shownScores(
  lines: readonly LedgerLine[],
  dimensions: readonly DimensionModel[],
  nameOf: (cause: Cause) => string,
  at: number,
): ShownScore[] {
  return dimensions.map(({ id, name }) => {
    const score = explainScore(lines, id, at, dimensionRules(dimensions, id))
    const reasons = new Map<string, ScoreReason>()
    for (const { line, value } of score.lines) {
      const rule = nameOf(line.cause)
      const had = reasons.get(rule)
      reasons.set(rule, {
        rule,
        points: (had?.points ?? 0) + value,
        times: (had?.times ?? 0) + 1,
        lastAt: Math.max(had?.lastAt ?? 0, line.at),
      })
    }
    return {
      dimension: id,
      name,
      total: score.total,
      cut: score.cut,
      reasons: [...reasons.values()].sort((a, b) => b.lastAt - a.lastAt || b.points - a.points),
    }
  })
}
