import { dateOf, dayAt } from '../condition/calendar.ts'
import { resolveCondition } from '../condition/resolve.ts'
import { isResolvedGroup, type ResolvedGroup } from '../condition/resolved.ts'
import { type Condition, isGroup } from '../condition/schema.ts'
import type { Issue } from './issue.ts'
import type { Rule } from './subject.ts'

/** Dates that have passed when the flow goes live: nobody waits for them any more, and nothing before them can be true. E-328. */
export const datePast: Rule = ({ nodes, catalog, context: { now } }) => {
  if (now === undefined) return []
  const today = dateOf(dayAt(now, catalog.workspaceZone))
  const issues: Issue[] = []
  for (const { id, kind, config } of nodes.values()) {
    const fixed = kind.fixed?.(config)
    if (fixed && fixed.at < now) {
      const say = `The date of this step is past: ${fixed.over}. Choose another date, or take the step away.`
      issues.push({ code: 'date-past', severity: 'warning', nodes: [id], say })
    }
    for (const condition of kind.conditions(config)) {
      if (!asksToday(condition)) continue
      const resolved = resolveCondition(condition, catalog)
      const past = 'ok' in resolved ? pastDay(resolved.ok, today) : undefined
      if (past === undefined) continue
      const say = `A condition here asks whether it is before ${past}. That is past, and never true again. Change the date.`
      issues.push({ code: 'date-past', severity: 'warning', nodes: [id], say })
    }
  }
  return issues
}

const asksToday = (condition: Condition): boolean =>
  condition.rules.some((it) => (isGroup(it) ? asksToday(it) : it.subject.kind === 'today'))

/** The end of a span of days that is over; what is negated is meant to be over. */
function pastDay(group: ResolvedGroup, today: string): string | undefined {
  if (group.not) return undefined
  for (const it of group.rules) {
    if (isResolvedGroup(it)) {
      const inner = pastDay(it, today)
      if (inner !== undefined) return inner
    } else if (it.subject.kind === 'today' && it.test.on === 'range' && it.test.to !== null && it.test.to <= today) return it.test.to
  }
  return undefined
}
