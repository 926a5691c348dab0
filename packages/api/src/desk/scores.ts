import type { LedgerLine } from '@baton/engine'
import { explainScore } from '@baton/leads'

/** Lines of one rule, added up: what the page shows on a line. `points` as they count now, in hundredths. */
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
export function shownScores(lines: readonly LedgerLine[], dimensions: readonly { id: string; name: string }[], at: number): ShownScore[] {
  return dimensions.map(({ id, name }) => {
    const score = explainScore(lines, id, at)
    const reasons = new Map<string, ScoreReason>()
    for (const { line, value } of score.lines) {
      const had = reasons.get(line.rule)
      reasons.set(line.rule, {
        rule: line.rule,
        points: (had?.points ?? 0) + value,
        times: (had?.times ?? 0) + 1,
        lastAt: Math.max(had?.lastAt ?? 0, line.at),
      })
    }
    return { dimension: id, name, total: score.total, cut: score.cut, reasons: [...reasons.values()].sort((a, b) => b.lastAt - a.lastAt) }
  })
}
