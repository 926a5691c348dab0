import { type Condition, isGroup } from '../condition/schema.ts'
import { reach } from '../graph/walk.ts'
import type { Rule } from './subject.ts'

/** Values that a step, or the mail that it sends, uses and that nothing before it lets people carry: they are always missing there. */
export const carriedUnset: Rule = ({ nodes, next, catalog }) => {
  const all = [...nodes.values()]
  const sources = all.map(({ id, kind, config }) => ({ id, gives: kind.carries?.(config) ?? [] })).filter(({ gives }) => gives.length > 0)
  const behind = new Map(sources.map(({ id }) => [id, reach(next.get(id) ?? [], next)]))
  return all.flatMap(({ id, kind, config }) => {
    const mail = kind.mails?.(config)
    const said = catalog.templates.find((it) => it.id === mail?.templateId)?.takes ?? []
    const used = new Set([...(kind.takes?.(config) ?? []), ...said, ...kind.conditions(config).flatMap(carriedOf)])
    const given = sources.filter((it) => behind.get(it.id)?.has(id)).map((it) => it.gives)
    if (given.includes('any')) return []
    return [...used]
      .filter((key) => !given.some((it) => it.includes(key)))
      .map((key) => ({
        code: 'carried-unset',
        severity: 'warning' as const,
        nodes: [id],
        say: `No step before this one keeps “${key}”, so it is always empty here. Let a webhook or the start keep it, or correct the name.`,
      }))
  })
}

/** Names of carried values that a condition looks at. */
function carriedOf(condition: Condition): string[] {
  return condition.rules.flatMap((it) => (isGroup(it) ? carriedOf(it) : it.subject.kind === 'carried' ? [it.subject.key] : []))
}
