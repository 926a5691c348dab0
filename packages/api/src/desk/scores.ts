import { flowById, type Sql, scoreRuleNames } from '@baton/db'
import { type DimensionModel, dimensionRules, type LedgerLine } from '@baton/engine'
import { explainScore, type ScoreLine } from '@baton/leads'

type Line = Pick<LedgerLine, 'cause' | 'rule'>
const keyOf = ({ cause, rule }: Line) => ('flowId' in cause ? `${cause.flowId}/${cause.node}` : rule)

/**
 * What gave points is called: steps by their author's name for them, else by their flow; rules of the score model by theirs; a return by what it
 * did to the score.
 */
export async function causeNames(sql: Sql, lines: readonly Line[]): Promise<(line: Line) => string> {
  const names = await scoreRuleNames(sql, [...new Set(lines.flatMap(({ cause, rule }) => ('ruleId' in cause ? [rule] : [])))])
  for (const flowId of new Set(lines.flatMap(({ cause }) => ('flowId' in cause ? [cause.flowId] : [])))) {
    const flow = await flowById(sql, flowId)
    for (const { cause, rule } of lines) {
      if (!flow || !('flowId' in cause) || cause.flowId !== flowId) continue
      const name = [flow.liveGraph, flow.draft].map((graph) => graph?.nodes.find((node) => node.id === cause.node)?.data.name)
      names.set(keyOf({ cause, rule }), name.find((one) => typeof one === 'string' && one !== '')?.toString() ?? flow.name)
    }
  }
  return (line) =>
    'left' in line.cause ? line.rule : (names.get(keyOf(line)) ?? ('ruleId' in line.cause ? 'A rule that is gone' : 'A step that is gone'))
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
  lines: readonly (Line & ScoreLine)[],
  dimensions: readonly DimensionModel[],
  nameOf: (line: Line) => string,
  at: number,
): ShownScore[] {
  return dimensions.map(({ id, name }) => {
    const score = explainScore(lines, id, at, dimensionRules(dimensions, id))
    const reasons = new Map<string, ScoreReason>()
    for (const { line, value } of score.lines) {
      const rule = nameOf(line)
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
