import type { Catalog } from '../catalog.ts'
import { OPERATORS, valueTypeOf } from './operators.ts'
import type { ResolvedGroup, ResolvedRule, ResolvedSubject } from './resolved.ts'
import { type Condition, isGroup, type Rule, type Subject } from './schema.ts'
import { propertyTestFor, testFor } from './values.ts'

/** What is wrong with one place of a condition, in words that say what to do. `path` as in `rules.0.subject.where.1.value`. */
export interface ConditionIssue {
  code: 'condition.empty' | 'condition.missing' | 'condition.operator' | 'condition.value' | 'condition.window'
  severity: 'error'
  path: string
  say: string
}

/** Where a condition stands: "since entering" means nothing outside a flow. */
export type ConditionPlace = 'flow' | 'segment'

/**
 * Checks a condition against the white list of operators and against the catalog, and brings its values into the form in which
 * they are compared. All problems are returned, not the first.
 */
export function resolveCondition(
  source: Condition,
  catalog: Catalog,
  place: ConditionPlace = 'flow',
): { ok: ResolvedGroup } | { issues: readonly ConditionIssue[] } {
  const issues: ConditionIssue[] = []
  const found = new Resolver(catalog, place, issues).group(source, '')
  return issues.length > 0 ? { issues } : { ok: found }
}

class Resolver {
  readonly #catalog: Catalog
  readonly #place: ConditionPlace
  readonly #issues: ConditionIssue[]

  constructor(catalog: Catalog, place: ConditionPlace, issues: ConditionIssue[]) {
    this.#catalog = catalog
    this.#place = place
    this.#issues = issues
  }

  #say(code: ConditionIssue['code'], path: string, say: string): undefined {
    this.#issues.push({ code, severity: 'error', path, say })
    return undefined
  }

  group(source: Condition, path: string): ResolvedGroup {
    if (source.rules.length === 0)
      this.#say('condition.empty', `${path}rules`, 'This group has no condition: add one, or remove the group.')
    const rules = source.rules.map((it, i) => (isGroup(it) ? this.group(it, `${path}rules.${i}.`) : this.#rule(it, `${path}rules.${i}.`)))
    return { combinator: source.combinator, not: source.not === true, rules: rules.filter((it) => it !== undefined) }
  }

  #rule(source: Rule, path: string): ResolvedRule | undefined {
    const subject = this.#subject(source.subject, `${path}subject.`)
    const type = valueTypeOf(source.subject, this.#catalog)
    if (!subject || !type) return undefined
    const choice = OPERATORS[type].find((it) => it.op === source.op)
    if (!choice) return this.#say('condition.operator', `${path}op`, 'This cannot be compared like that: choose another comparison.')
    const options = subject.kind === 'field' ? (this.#catalog.fields.find((it) => it.key === subject.key)?.options ?? []) : []
    const parsed = testFor(type, choice, source.value, options, this.#catalog)
    if ('say' in parsed) return this.#say('condition.value', `${path}value`, parsed.say)
    return { subject, test: parsed.test, source }
  }

  #subject(source: Subject, path: string): ResolvedSubject | undefined {
    switch (source.kind) {
      case 'field': {
        const field = this.#catalog.fields.find((it) => it.key === source.key)
        if (!field) return this.#say('condition.missing', `${path}key`, `There is no field “${source.key}”: choose another, or create it.`)
        return { kind: 'field', key: field.key, type: field.type }
      }
      case 'score':
        if (!this.#catalog.dimensions.some((it) => it.id === source.dimension))
          return this.#say('condition.missing', `${path}dimension`, `There is no score “${source.dimension}”: choose another.`)
        return { kind: 'score', dimension: source.dimension }
      case 'segment':
        if (!this.#catalog.segments.some((it) => it.id === source.segmentId))
          return this.#say('condition.missing', `${path}segmentId`, 'This segment no longer exists: choose another.')
        return { kind: 'segment', segmentId: source.segmentId }
      case 'event':
        return this.#event(source, path)
      case 'consent':
        return { kind: 'consent', topic: source.topic }
      case 'stage':
      case 'owner':
        return { kind: source.kind }
    }
  }

  #event(source: Extract<Subject, { kind: 'event' }>, path: string): ResolvedSubject | undefined {
    if (source.window.kind === 'since-entering' && this.#place === 'segment')
      this.#say('condition.window', `${path}window`, 'Nobody enters a segment by a flow: choose “ever” or a number of days.')
    const where = source.where.map((it, i) => {
      const parsed = propertyTestFor(it.op, it.value)
      if ('test' in parsed) return { key: it.key, test: parsed.test }
      return this.#say('condition.value', `${path}where.${i}.value`, parsed.say)
    })
    return {
      kind: 'event',
      type: source.type,
      where: where.filter((it) => it !== undefined),
      window: source.window,
      machines: source.where.some((it) => it.key === 'machine'),
    }
  }
}
