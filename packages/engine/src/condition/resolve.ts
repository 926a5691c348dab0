import { type Catalog, passedFlows, type StepName } from '../catalog.ts'
import { gradeRules, NO_GRADE } from './grade.ts'
import { OPERATORS, valueTypeOf } from './operators.ts'
import { dimensionRules } from './read.ts'
import type { ResolvedGroup, ResolvedProperty, ResolvedRule, ResolvedSubject } from './resolved.ts'
import { type Condition, isGroup, type PropertyRule, type Rule, type Subject } from './schema.ts'
import { propertyTestFor, testFor } from './values.ts'

/** What is wrong with one place of a condition, in words that say what to do. `path` as in `rules.0.subject.where.1.value`. */
export interface ConditionIssue {
  code: 'condition.empty' | 'condition.missing' | 'condition.operator' | 'condition.place' | 'condition.value' | 'condition.window'
  severity: 'error'
  path: string
  say: string
}

/** Where a condition stands: a passage has steps it came by and values it carries only inside a flow. */
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

const ONLY_INSIDE = 'Only people in a flow have that: use it in a step of a flow.'

class Resolver {
  readonly #catalog: Catalog
  readonly #place: ConditionPlace
  readonly #issues: ConditionIssue[]
  /** Agreements within which this is resolved: none may ask for itself. */
  readonly #within: readonly string[]

  constructor(catalog: Catalog, place: ConditionPlace, issues: ConditionIssue[], within: readonly string[] = []) {
    this.#catalog = catalog
    this.#place = place
    this.#issues = issues
    this.#within = within
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

  #rule(source: Rule, path: string): ResolvedRule | ResolvedGroup | undefined {
    if (source.subject.kind === 'agreement') return this.#agreement(source, source.subject.agreementId, path)
    if (source.subject.kind === 'grade') return this.#grade(source, path)
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

  /** Stands for the condition of the version in force, so that SQL, closures and traces know nothing of agreements. */
  #agreement({ op }: Rule, id: string, path: string): ResolvedGroup | undefined {
    const found = this.#catalog.agreements.find((it) => it.id === id)
    const at = `${path}subject.agreementId`
    if (!found) return this.#say('condition.missing', at, 'This agreement no longer exists: choose another.')
    if (!OPERATORS.agreement.some((it) => it.op === op))
      return this.#say('condition.operator', `${path}op`, 'This cannot be compared like that: choose another comparison.')
    if (this.#within.includes(id)) return this.#say('condition.place', at, 'An agreement cannot ask for itself: take it out there.')
    const issues: ConditionIssue[] = []
    const group = new Resolver(this.#catalog, 'segment', issues, [...this.#within, id]).group(found.qualifies, '')
    const [first] = issues
    if (first) return this.#say(first.code, at, `The agreement “${found.name}” cannot be read. ${first.say}`)
    return op === 'is-not' ? { combinator: 'and', not: true, rules: [group] } : group
  }

  /** Stands for the scores that make these grades. Rule EC-25. */
  #grade(source: Rule, path: string): ResolvedGroup | undefined {
    const { grade } = this.#catalog
    if (!grade) return this.#say('condition.missing', `${path}subject.kind`, NO_GRADE)
    for (const { dimension } of [grade.fit, grade.engagement])
      if (!this.#subject({ kind: 'score', dimension }, `${path}subject.`)) return undefined
    const choice = OPERATORS.grade.find((it) => it.op === source.op)
    if (!choice) return this.#say('condition.operator', `${path}op`, 'This cannot be compared like that: choose another comparison.')
    const parsed = testFor('grade', choice, source.value, [], this.#catalog)
    if ('say' in parsed) return this.#say('condition.value', `${path}value`, parsed.say)
    const found = gradeRules(parsed.test, grade, this.#catalog)
    return found ?? this.#say('condition.value', `${path}value`, 'These are all grades there are: leave one out.')
  }

  #subject(source: Exclude<Subject, { kind: 'agreement' | 'grade' }>, path: string): ResolvedSubject | undefined {
    switch (source.kind) {
      case 'field': {
        const field = this.#catalog.fields.find((it) => it.key === source.key)
        if (!field) return this.#say('condition.missing', `${path}key`, `There is no field “${source.key}”: choose another, or create it.`)
        return { kind: 'field', key: field.key, type: field.type }
      }
      case 'score':
        if (!this.#catalog.dimensions.some((it) => it.id === source.dimension))
          return this.#say('condition.missing', `${path}dimension`, `There is no score “${source.dimension}”: choose another.`)
        return { kind: 'score', dimension: source.dimension, model: dimensionRules(this.#catalog.dimensions, source.dimension) }
      case 'segment':
        if (!this.#catalog.segments.some((it) => it.id === source.segmentId))
          return this.#say('condition.missing', `${path}segmentId`, 'This segment no longer exists: choose another.')
        return { kind: 'segment', segmentId: source.segmentId }
      case 'event':
        return this.#event(source, path)
      case 'consent':
        return { kind: 'consent', topic: source.topic }
      case 'related':
        return {
          kind: 'related',
          of: source.of,
          where: this.#where(source.where, path),
          window: source.window,
          measure: source.measure ?? 'count',
        }
      case 'passage':
        if (!passedFlows(this.#catalog).some((it) => it.id === source.flowId))
          return this.#say('condition.missing', `${path}flowId`, 'This flow no longer exists: choose another.')
        return source
      case 'journey':
        return this.#journey(source, path)
      case 'carried':
        if (this.#place === 'segment') return this.#say('condition.place', `${path}kind`, ONLY_INSIDE)
        if (source.key === '') return this.#say('condition.missing', `${path}key`, 'Choose which value.')
        return source
      case 'today':
      case 'weekday':
        return { kind: source.kind, zone: this.#catalog.workspaceZone }
      case 'mailable':
      case 'stage':
      case 'owner':
        return { kind: source.kind }
    }
  }

  #journey({ node, port }: Extract<Subject, { kind: 'journey' }>, path: string): ResolvedSubject | undefined {
    if (this.#place === 'segment') return this.#say('condition.place', `${path}kind`, ONLY_INSIDE)
    // Only an editor and the checks know the steps of the flow; what is published has been checked.
    const step = this.#catalog.steps?.find((it) => it.id === node)
    if (this.#catalog.steps && !step && !isInside(this.#catalog.steps, node))
      return this.#say('condition.missing', `${path}node`, 'This step no longer exists: choose another.')
    if (step && port !== undefined && !step.ports.some((it) => it.id === port))
      return this.#say('condition.missing', `${path}port`, 'This step has no such way out: choose another.')
    return { kind: 'journey', node, port: port ?? null }
  }

  #where(source: readonly PropertyRule[], path: string): ResolvedProperty[] {
    const where = source.map((it, i) => {
      const parsed = propertyTestFor(it.op, it.value)
      if ('test' in parsed) return { key: it.key, test: parsed.test }
      return this.#say('condition.value', `${path}where.${i}.value`, parsed.say)
    })
    return where.filter((it) => it !== undefined)
  }

  #event(source: Extract<Subject, { kind: 'event' }>, path: string): ResolvedSubject | undefined {
    if (source.window.kind === 'since-entering' && this.#place === 'segment')
      this.#say('condition.window', `${path}window`, 'Nobody enters a segment by a flow: choose “ever” or a number of days.')
    if (source.window.kind === 'since-arriving' && this.#place === 'segment')
      this.#say('condition.window', `${path}window`, 'A segment has no steps to arrive at: choose “ever” or a number of days.')
    return {
      kind: 'event',
      type: source.type,
      where: this.#where(source.where, path),
      window: source.window,
      measure: source.measure ?? 'count',
      machines: source.where.some((it) => it.key === 'machine'),
    }
  }
}

/**
 * A step of a flow inside that its call did not bring, since no way leads there from the start that was chosen: nobody ever came by. The
 * version inside was checked as a whole and never changes. E-302.
 */
const isInside = (steps: readonly StepName[], node: string): boolean => steps.some(({ id }) => node.startsWith(`${id}/`))
