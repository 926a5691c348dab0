import type { Catalog } from '../catalog.ts'
import { listed } from '../check/words.ts'
import { resolveCondition } from '../condition/resolve.ts'
import { compileWhere } from '../condition/where.ts'
import { asksFor, circularRules } from './circle.ts'
import type { ScoreModel, ScoreRule } from './schema.ts'

/** What is wrong with a rule of a draft, or with the grade (`rule` null). Errors stop a publish. */
export interface ScoreIssue {
  rule: string | null
  severity: 'error' | 'warning'
  code: 'dimension' | 'points' | 'event' | 'condition' | 'circle' | 'after-outcome' | 'grade'
  /** Where in the rule's condition, as `rules.0.value`; empty: the rule itself. */
  path: string
  say: string
}

/** Everything that stops a model from being published, and what to think twice about. E-356, E-357. */
export function checkScoreModel(model: ScoreModel, catalog: Catalog): ScoreIssue[] {
  const circular = circularRules(model.rules, catalog)
  return [...model.rules.flatMap((rule) => ruleIssues(rule, catalog, circular.has(rule.id))), ...gradeIssues(model, catalog)]
}

function ruleIssues(rule: ScoreRule, catalog: Catalog, circular: boolean): ScoreIssue[] {
  const error = (code: ScoreIssue['code'], say: string, path = ''): ScoreIssue => ({ rule: rule.id, severity: 'error', code, path, say })
  const issues: ScoreIssue[] = []
  if (!catalog.dimensions.some((it) => it.id === rule.dimension))
    issues.push(error('dimension', 'This score no longer exists: choose another.'))
  if (rule.points === 0) issues.push(error('points', 'Give the points: a number other than 0.'))
  if (circular)
    issues.push(error('circle', 'This rule asks for the score that it changes, itself or by a segment. Ask for something else.'))
  if (rule.kind === 'behaviour') {
    if (rule.event === '') issues.push(error('event', 'Choose what has to happen.'))
    const where = compileWhere(rule.where)
    if ('issues' in where) issues.push(...where.issues.map((it) => error('condition', it.say, it.path)))
    return issues
  }
  const when = resolveCondition(rule.when, catalog, 'segment')
  if ('issues' in when) issues.push(...when.issues.map((it) => error('condition', it.say, it.path)))
  return [...issues, ...lateFields(rule, catalog)]
}

/** A rule on what is known only after the outcome tells nothing of those whose outcome is still open. E-357. */
function lateFields(rule: Extract<ScoreRule, { kind: 'attribute' }>, catalog: Catalog): ScoreIssue[] {
  const asked = asksFor(rule.when, 'field', catalog)
  const late = catalog.fields.filter((it) => it.afterOutcome && asked.has(it.key)).map((it) => `“${it.label}”`)
  if (late.length === 0) return []
  const one = late.length === 1
  const say = `${listed(late)} ${one ? 'is' : 'are'} known only after the outcome: nobody has ${one ? 'it' : 'them'} yet who is to be judged by this score, and how well it seems to work is an illusion. Ask for something that is known before.`
  return [{ rule: rule.id, severity: 'warning', code: 'after-outcome', path: '', say }]
}

function gradeIssues({ grade }: ScoreModel, { dimensions }: Catalog): ScoreIssue[] {
  if (!grade) return []
  const error = (say: string): ScoreIssue => ({ rule: null, severity: 'error', code: 'grade', path: '', say })
  const issues: ScoreIssue[] = []
  for (const { dimension, at } of [grade.fit, grade.engagement]) {
    const name = dimensions.find((it) => it.id === dimension)?.name
    if (name === undefined) issues.push(error('The grade reads a score that no longer exists: choose another.'))
    else if (at[0] <= at[1] || at[1] <= at[2])
      issues.push(error(`The thresholds of ${name} fall from the best grade to the last: mend them.`))
  }
  if (grade.fit.dimension === grade.engagement.dimension) issues.push(error('Letter and number of the grade need two different scores.'))
  return issues
}
