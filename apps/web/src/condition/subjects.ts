import {
  type Catalog,
  type ConditionPlace,
  conditionSentence,
  OPERATORS,
  operatorsFor,
  passedFlows,
  RELATED,
  type RelatedKind,
  type Rule,
  type Subject,
  valueTypeOf,
} from '@baton/engine'
import type { Choice } from './pick.tsx'

/** What Baton itself notes of people, offered beside the events that came in. */
const OWN_EVENTS = [
  'mail.clicked',
  'mail.opened',
  'mail.sent',
  'mail.bounced',
  'mail.complained',
  'mail.unsubscribed',
  'sales.handed-over',
  'sales.accepted',
  'sales.rejected',
  'sales.disqualified',
  'sales.breached',
  'sales.no-response',
  'sales.attempted',
  'sales.contacted',
  'sales.given-back',
  'sales.opportunity',
  'sales.converted',
  'sales.lost',
]

/** "they clicked" and "any link": how the sentence begins for events of a type. */
export function deedOf(type: string, narrowed: boolean, catalog: Catalog): readonly [glue: string, what: string] {
  const where = narrowed ? [{ key: 'x', op: 'empty' as const }] : []
  const subject: Subject = { kind: 'event', type, where, window: { kind: 'ever' } }
  const [glue, what] = conditionSentence({ combinator: 'and', rules: [{ subject, op: 'ge', value: 1 }] }, catalog)
  return [glue?.text ?? 'they did', what?.text ?? type]
}

const keyOf = (subject: Subject): string => {
  switch (subject.kind) {
    case 'field':
      return `field:${subject.key}`
    case 'score':
      return `score:${subject.dimension}`
    case 'segment':
      return `segment:${subject.segmentId}`
    case 'agreement':
      return `agreement:${subject.agreementId}`
    case 'consent':
      return `consent:${subject.topic}`
    case 'event':
      return `event:${subject.type}`
    case 'related':
      return `related:${subject.of}`
    case 'passage':
      return `passage:${subject.flowId}`
    case 'journey':
      return `journey:${subject.node}`
    case 'carried':
    case 'grade':
    case 'stage':
    case 'owner':
    case 'mailable':
    case 'today':
    case 'weekday':
      return subject.kind
  }
}

const KINDS: readonly RelatedKind[] = ['company', 'opportunity', 'purchase']

/** What only somebody in this flow has: the steps they came by, what they carry. */
function inFlow({ steps = [] }: Catalog): Choice[] {
  const group = 'In this flow'
  return [
    ...steps.map(({ id, name }) => ({ value: `journey:${id}`, label: `came to ${name}`, group })),
    { value: 'carried', label: 'a value they carry', group },
  ]
}

/** Topics that people can agree to; the one for all marketing mail is always there. */
const topicsOf = ({ topics }: Catalog) =>
  topics.some((it) => it.id === 'marketing') ? topics : [{ id: 'marketing', name: 'marketing' }, ...topics]

/** Everything a rule may look at, by group, in the words of the sentence. `value` is read back by `subjectFrom`. */
export function subjectChoices(catalog: Catalog, place: ConditionPlace): readonly Choice[] {
  const known = 'What is known'
  const events = [...OWN_EVENTS, ...catalog.eventTypes.filter((type) => !OWN_EVENTS.includes(type))]
  return [
    ...catalog.fields.map(({ key, label }) => ({ value: `field:${key}`, label, group: known })),
    { value: 'stage', label: 'stage', group: known },
    { value: 'owner', label: 'owner', group: known },
    ...catalog.dimensions.map(({ id, name }) => ({ value: `score:${id}`, label: `${name} score`, group: 'Score' })),
    ...(catalog.grade ? [{ value: 'grade', label: 'grade', group: 'Score' }] : []),
    ...events.map((type) => ({ value: `event:${type}`, label: deedOf(type, false, catalog).join(' '), group: 'What they did' })),
    ...catalog.segments.map(({ id, name }) => ({ value: `segment:${id}`, label: name, group: 'In a segment' })),
    ...catalog.agreements.map(({ id, name }) => ({ value: `agreement:${id}`, label: name, group: 'Meets an agreement' })),
    ...KINDS.map((of) => ({ value: `related:${of}`, label: `their ${RELATED[of][1]}`, group: 'What belongs to them' })),
    ...passedFlows(catalog).map(({ id, name }) => ({ value: `passage:${id}`, label: name, group: 'In a flow' })),
    ...(place === 'flow' ? inFlow(catalog) : []),
    ...topicsOf(catalog).map(({ id, name }) => ({ value: `consent:${id}`, label: `agreed to ${name} mail`, group: 'Mail' })),
    { value: 'mailable', label: 'can get mail', group: 'Mail' },
    { value: 'today', label: 'today', group: 'Time' },
    { value: 'weekday', label: 'the day of the week', group: 'Time' },
  ]
}

/** An event type that nobody has sent yet may be named all the same. */
export const otherEvent = (text: string): Choice => ({
  value: `event:${text.trim()}`,
  label: `they did “${text.trim()}”`,
  group: 'What they did',
})

export function subjectFrom(value: string): Subject {
  const [kind = '', ...rest] = value.split(':')
  const id = rest.join(':')
  switch (kind) {
    case 'score':
      return { kind, dimension: id }
    case 'segment':
      return { kind, segmentId: id }
    case 'agreement':
      return { kind, agreementId: id }
    case 'consent':
      return { kind, topic: id }
    case 'event':
      return { kind, type: id, where: [], window: { kind: 'ever' } }
    case 'related':
      return { kind, of: KINDS.find((it) => it === id) ?? 'company', where: [], window: { kind: 'ever' } }
    case 'passage':
      return { kind, flowId: id, is: 'now' }
    case 'journey':
      return { kind, node: id }
    case 'carried':
      return { kind, key: '', type: 'text' }
    case 'grade':
    case 'stage':
    case 'owner':
    case 'mailable':
    case 'today':
    case 'weekday':
      return { kind }
    default:
      return { kind: 'field', key: id }
  }
}

/** A rule about a subject with nothing chosen yet; of what is counted "at least once" is a fair beginning. */
export function ruleAbout(subject: Subject, catalog: Catalog): Rule {
  const op = operatorsFor(subject, catalog)[0]?.op ?? 'is'
  return valueTypeOf(subject, catalog) === 'count' ? { subject, op, value: 1 } : { subject, op }
}

/** The same rule about another subject: comparison and value stay where they still mean something. */
export function aboutOther(rule: Rule, subject: Subject, catalog: Catalog): Rule {
  if (keyOf(rule.subject) === keyOf(subject)) return rule
  const before = valueTypeOf(rule.subject, catalog)
  const after = valueTypeOf(subject, catalog)
  const listed = after === 'choice' || after === 'segment' || after === 'agreement' || after === 'passage'
  const same = before === after && after !== undefined && !listed && OPERATORS[after].some(({ op }) => op === rule.op)
  return same ? { ...rule, subject } : ruleAbout(subject, catalog)
}
