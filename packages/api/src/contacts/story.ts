import { contactHistory, leadLog, liveScoreModel, type Passage, type Profile, type Sql, versionGraph, workspaceSettings } from '@baton/db'
import { dimensionRules, type FlowNode } from '@baton/engine'
import { explainScore, gradeOf } from '@baton/leads'
import { causeNames } from '../desk/scores.ts'
import { timelineOf } from '../desk/timeline.ts'

/** One line of points as it counts now. Points in hundredths. */
export interface ScoreLine {
  key: string
  points: number
  /** As they were given; the same where lines keep their worth. */
  given: number
  /** Whole UTC days since then. */
  age: number
  /** What is left of each point at that age, in millionths. */
  factor: number
  /** The step or the rule of the score model that gave them, by name. */
  rule: string
  /** Null where a rule of the score model gave them. */
  flowId: string | null
  at: number
}

/** A score with all its lines, the newest first: the lines and `cut` add up to `total`. */
export interface LedgerOf {
  dimension: string
  name: string
  total: number
  /** What the most that counts takes away. */
  cut: number
  /** The most that counts of the points given; null: no limit. */
  cap: number | null
  lines: ScoreLine[]
}

/** The steps of a version that somebody went through, to be named as its author named them. */
export interface PassedGraph {
  flowId: string
  version: number
  nodes: Pick<FlowNode, 'id' | 'type' | 'data'>[]
}

async function graphsOf(sql: Sql, passages: readonly Passage[]): Promise<PassedGraph[]> {
  const wanted = new Map(passages.map(({ flowId, version }) => [`${flowId}/${version}`, { flowId, version }]))
  const graphs: PassedGraph[] = []
  for (const { flowId, version } of wanted.values()) {
    const graph = await versionGraph(sql, flowId, version)
    if (graph) graphs.push({ flowId, version, nodes: graph.nodes.map(({ id, type, data }) => ({ id, type, data })) })
  }
  return graphs
}

/** What happened to somebody whose profile the caller may see, ready to be worded, as of `at`. */
export async function storyOf(sql: Sql, profile: Profile, at: number) {
  const history = await contactHistory(sql, profile.id)
  const { dimensions } = await workspaceSettings(sql)
  const nameOf = await causeNames(sql, history.ledger)
  const scores = dimensions.map(({ id, name }): LedgerOf => {
    const { total, cut, lines, cap } = explainScore(history.ledger, id, at, dimensionRules(dimensions, id))
    const shown = lines.map(({ line, value, age, factor }) => ({
      key: line.key,
      points: value,
      given: line.points,
      age,
      factor,
      rule: nameOf(line),
      flowId: 'flowId' in line.cause ? line.cause.flowId : null,
      at: line.at,
    }))
    return { dimension: id, name, total, cut, cap: cap ?? null, lines: shown }
  })
  const flows = new Map(history.passages.map((passage) => [passage.flowId, passage.flowName]))
  const thresholds = (await liveScoreModel(sql))?.model.grade ?? null
  const totalOf = (id: string) => scores.find((it) => it.dimension === id)?.total ?? 0
  return {
    ...history,
    scores,
    /** Null where the score model has none. */
    grade: thresholds && gradeOf(totalOf(thresholds.fit.dimension), totalOf(thresholds.engagement.dimension), thresholds),
    happenings: timelineOf(history, await leadLog(sql, profile.id), flows, profile.createdAt),
    graphs: await graphsOf(sql, history.passages),
  }
}
