import { DAY } from '@baton/leads'
import type { Catalog } from '../catalog.ts'
import { compileCondition } from '../condition/compile.ts'
import { compileWhere } from '../condition/where.ts'
import { circularRules } from './circle.ts'
import { type AttributeRule, type BehaviourRule, type CompiledScoring, holdId } from './compiled.ts'
import { ruleTag } from './publish.ts'
import type { PublishedModel } from './schema.ts'

/** Makes a published model ready to run. A rule that cannot be read (a field was taken away) is left out and told; the others run. E-350. */
export function compileScoring({ version, rules }: PublishedModel, catalog: Catalog): CompiledScoring {
  const attributes = new Map<string, AttributeRule>()
  const behaviours = new Map<string, BehaviourRule[]>()
  const broken: { rule: string; say: string }[] = []
  const circular = circularRules(rules, catalog)
  for (const rule of rules) {
    const { id, dimension, points } = rule
    const ready = { id, tag: ruleTag(rule), dimension, points }
    if (circular.has(id)) {
      broken.push({ rule: id, say: 'It asks for the score that it changes.' })
    } else if (rule.kind === 'attribute') {
      const when = compileCondition(rule.when, catalog, 'segment')
      if ('ok' in when) attributes.set(holdId(id), { ...ready, when: when.ok })
      else broken.push({ rule: id, say: when.issues.map((it) => it.say).join(' ') })
    } else {
      const where = compileWhere(rule.where)
      const atMost = rule.atMost && { count: rule.atMost.count, ms: rule.atMost.days * DAY }
      const of = behaviours.get(rule.event) ?? []
      if ('ok' in where) behaviours.set(rule.event, [...of, { ...ready, where: where.ok, atMost }])
      else broken.push({ rule: id, say: where.issues.map((it) => it.say).join(' ') })
    }
  }
  return { version, attributes, behaviours, tags: new Set(rules.map(ruleTag)), broken }
}
