import { type Catalog, checkScoreModel, type ScoreIssue, type ScoreRule } from '@baton/engine'
import { type GradeModel, modelFactors } from '@baton/leads'
import { emptyCondition } from '../../condition/edit.ts'
import type { Answers, Inputs } from '../../shell/api.ts'

export type Page = Answers['scores']['model']
export type Model = Inputs['scores']['save']['model']
export type Dimension = Page['inForce']['dimensions'][number]
export type Preview = Answers['scores']['preview']

/** What the editor works on. */
export interface Draft {
  dimensions: readonly Dimension[]
  rules: readonly ScoreRule[]
  grade: GradeModel | null
}

/** The draft where there is one, else what is in force. */
export const draftOf = ({ draft, inForce }: Page): Draft => {
  const { dimensions, rules, grade } = draft ?? inForce
  return { dimensions, rules, grade }
}

/** As the server takes it. */
export const sent = ({ dimensions, rules, grade }: Draft): Model => ({
  dimensions: dimensions.map(({ version: _, ...it }) => it),
  rules: [...rules],
  grade: grade && {
    fit: { ...grade.fit, at: [...grade.fit.at] },
    engagement: { ...grade.engagement, at: [...grade.engagement.at] },
  },
})

export const same = (a: Draft, b: Draft): boolean => JSON.stringify(sent(a)) === JSON.stringify(sent(b))

/** What is wrong with a draft, by rule; what is wrong with the grade stands under the empty name. */
export function issuesOf(draft: Draft, catalog: Catalog): ReadonlyMap<string, readonly ScoreIssue[]> {
  const around = { ...catalog, dimensions: draft.dimensions, grade: draft.grade }
  const byRule = new Map<string, ScoreIssue[]>()
  for (const it of checkScoreModel({ rules: [...draft.rules], grade: sent(draft).grade ?? null }, around))
    byRule.set(it.rule ?? '', [...(byRule.get(it.rule ?? '') ?? []), it])
  return byRule
}

function freeId(taken: readonly { id: string }[], stem: string): string {
  let number = taken.length + 1
  while (taken.some((it) => it.id === `${stem}${number}`)) number++
  return `${stem}${number}`
}

/** A score without a name yet. */
export const freshDimension = (dimensions: readonly Dimension[]): Dimension => ({
  id: freeId(dimensions, 'score_'),
  name: '',
  halfLifeDays: null,
  expiryDays: null,
  cap: null,
  version: 1,
})

/** A rule that says nothing yet. Its id is never one that was used: a version may still know that one. */
export function freshRule(kind: ScoreRule['kind'], dimension: string, rules: readonly ScoreRule[]): ScoreRule {
  const shared = { id: `r${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`, name: '', dimension, points: 1000 }
  if (rules.some((it) => it.id === shared.id)) return freshRule(kind, dimension, rules)
  return kind === 'attribute'
    ? { kind, ...shared, when: emptyCondition }
    : { kind, ...shared, points: 500, event: '', where: [], atMost: null }
}

/** What a score starts with where nobody has set a grade. */
export const freshGrade = (dimensions: readonly Dimension[]): GradeModel | null => {
  const [fit, engagement] = dimensions
  if (!fit || !engagement) return null
  return { fit: { dimension: fit.id, at: [6000, 4000, 2000] }, engagement: { dimension: engagement.id, at: [5000, 2500, 1000] } }
}

/** "half after 30 days, nothing after 90, at most 40 points": how lines of a score count. */
export function countsWords({ halfLifeDays, expiryDays, cap }: Dimension): string {
  const parts = [
    halfLifeDays === null ? null : `half after ${halfLifeDays === 1 ? '1 day' : `${halfLifeDays} days`}`,
    expiryDays === null ? null : `nothing after ${expiryDays === 1 ? '1 day' : `${expiryDays} days`}`,
    cap === null ? null : `at most ${cap / 100} points`,
  ].filter((it) => it !== null)
  return parts.length === 0 ? 'points stay as they are, without a limit' : parts.join(', ')
}

/** Whether the numbers of a score can be kept. */
export function isSound({ name, halfLifeDays, expiryDays }: Dimension): boolean {
  try {
    modelFactors({ halfLifeDays, expiryDays })
    return name.trim() !== ''
  } catch {
    return false
  }
}
