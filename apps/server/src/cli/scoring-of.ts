import type { Bundle } from '@baton/api'
import { type Catalog, type PublishedModel, publishRules } from '@baton/engine'

/** The score model of a bundle as it counts for whoever walks: its first version; null where it has none. */
export function scoringOf({ scoreModel }: Bundle, catalog: Catalog): PublishedModel | null {
  if (!scoreModel) return null
  const rules = publishRules(scoreModel.rules, { before: [], version: 1, catalog })
  return { version: 1, rules, grade: scoreModel.grade }
}
