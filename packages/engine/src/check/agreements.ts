import { dateOf, dayAt } from '../condition/calendar.ts'
import { valueWords } from '../condition/words.ts'
import { conditionReferences } from '../graph/references.ts'
import type { Issue } from './issue.ts'
import type { Rule } from './subject.ts'

/**
 * Steps that go by an agreement which is not signed, or whose review is over. A hand-off says itself that the one it hands over by is not
 * signed. E-336.
 */
export const agreements: Rule = ({ nodes, catalog, context: { now } }) => {
  const today = now === undefined ? undefined : dateOf(dayAt(now, catalog.workspaceZone))
  return [...nodes.values()].flatMap(({ id, kind, config }): Issue[] => {
    const asked = kind.conditions(config).flatMap(conditionReferences)
    const named = [...kind.references(config), ...asked]
    return catalog.agreements.flatMap((it): Issue[] => {
      const has = (list: typeof named) => list.some((one) => one.kind === 'agreement' && one.id === it.id)
      const at = { severity: 'warning' as const, nodes: [id] }
      const issues: Issue[] = []
      if (has(asked) && !it.signed) {
        const say = `“${it.name}” is not signed by both sides. Let a marketer and a sales manager sign it, or ask for something else.`
        issues.push({ code: 'agreement-unsigned', ...at, say })
      }
      if (has(named) && today !== undefined && it.reviewOn !== null && it.reviewOn < today) {
        const say = `“${it.name}” was to be reviewed by ${valueWords(it.reviewOn)}. Look at what it brought, and agree anew.`
        issues.push({ code: 'agreement-outdated', ...at, say })
      }
      return issues
    })
  })
}
