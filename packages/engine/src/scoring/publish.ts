import type { Catalog } from '../catalog.ts'
import { canonicalJson } from '../compile/canonical.ts'
import type { PublishedRule, ScoreRule } from './schema.ts'
import { scoreRuleName } from './words.ts'

/** What a line of points names as its rule: the rule in the form that it has had since a version. */
export const ruleTag = ({ id, since }: Pick<PublishedRule, 'id' | 'since'>): string => `${id}@${since}`

/** What a rule does; what it is called does not count. */
const meaning = ({ name: _, ...rule }: ScoreRule): string => canonicalJson(rule)

/**
 * The rules of a draft as version `version` has them: one that says what it said before stays as it is, so that its lines stay. E-350.
 */
export function publishRules(
  draft: readonly ScoreRule[],
  { before, version, catalog }: { before: readonly PublishedRule[]; version: number; catalog: Catalog },
): PublishedRule[] {
  const known = new Map(before.map(({ since, words: _, ...rule }) => [rule.id, { since, does: meaning(rule) }]))
  return draft.map((rule) => {
    const was = known.get(rule.id)
    const since = was !== undefined && was.does === meaning(rule) ? was.since : version
    return { ...rule, since, words: scoreRuleName(rule, catalog) }
  })
}
