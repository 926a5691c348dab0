import type { Catalog } from '../catalog.ts'
import type { Operator, Subject } from './schema.ts'

/** What a rule compares: decides which operators fit and what a value looks like. */
export type ValueType =
  | 'text'
  | 'choice'
  | 'number'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'tags'
  | 'score'
  | 'count'
  | 'sum'
  | 'recency'
  | 'segment'
  | 'agreement'
  | 'consent'
  | 'grade'
  | 'stage'
  | 'owner'
  | 'mailable'
  | 'passage'
  | 'today'
  | 'weekday'

/** What the author has to give with an operator. `days` is a positive number; `range` two values, the lower first. */
export type ValueShape = 'none' | 'one' | 'list' | 'range' | 'days'

export interface OperatorChoice {
  op: Operator
  /** Words between subject and value, as in LOOK §6. */
  label: string
  value: ValueShape
}

const choice = (op: Operator, label: string, value: ValueShape = 'one'): OperatorChoice => ({ op, label, value })

const presence = [choice('empty', 'is empty', 'none'), choice('not-empty', 'is not empty', 'none')]
const equality = [choice('is', 'is'), choice('is-not', 'is not')]
const oneOf = [choice('any-of', 'is one of', 'list'), choice('none-of', 'is none of', 'list')]
const amounts = [
  choice('ge', 'is at least'),
  choice('gt', 'is more than'),
  choice('le', 'is at most'),
  choice('lt', 'is less than'),
  ...equality,
  choice('between', 'is between', 'range'),
]
const parts = [
  choice('contains', 'contains'),
  choice('not-contains', 'does not contain'),
  choice('starts-with', 'starts with'),
  choice('ends-with', 'ends with'),
]
const times = [
  choice('is', 'is on'),
  choice('before', 'is before'),
  choice('after', 'is after'),
  choice('between', 'is between', 'range'),
  choice('in-last-days', 'was in the last', 'days'),
  choice('in-next-days', 'is in the next', 'days'),
  ...presence,
]
const dates = [choice('before', 'is before'), choice('after', 'is after')]
const counts = [
  choice('ge', 'at least'),
  choice('gt', 'more than'),
  choice('le', 'at most'),
  choice('lt', 'less than'),
  choice('is', 'exactly'),
  choice('is-not', 'not exactly'),
  choice('between', 'between', 'range'),
]

/** The white list: whatever is not in it does not compile, neither to a closure nor to SQL. Only presence sees what is missing. */
export const OPERATORS: Readonly<Record<ValueType, readonly OperatorChoice[]>> = {
  text: [...equality, ...parts, ...oneOf, choice('lt', 'comes before'), choice('gt', 'comes after'), ...presence],
  choice: [...equality, ...oneOf, ...presence],
  number: [...amounts, ...presence],
  boolean: [...equality, ...presence],
  date: times,
  datetime: times,
  tags: [
    choice('any-of', 'has any of', 'list'),
    choice('none-of', 'has none of', 'list'),
    choice('all-of', 'has all of', 'list'),
    ...presence,
  ],
  score: amounts,
  count: counts,
  sum: amounts,
  recency: amounts,
  segment: [choice('is', 'are in', 'none'), choice('is-not', 'are not in', 'none')],
  agreement: [choice('is', 'meet', 'none'), choice('is-not', 'do not meet', 'none')],
  consent: [choice('is', 'agreed to', 'none'), choice('is-not', 'did not agree to', 'none')],
  grade: [...equality, ...oneOf],
  stage: [...equality, ...oneOf],
  owner: equality,
  mailable: [choice('is', 'can get mail', 'none'), choice('is-not', 'cannot get mail', 'none')],
  passage: [choice('is', 'are', 'none'), choice('is-not', 'are not', 'none')],
  today: [choice('is', 'is'), ...dates, choice('between', 'is between', 'range')],
  weekday: [...equality, ...oneOf],
}

/** Operators for a property of an event or a related record, whose type nobody declared: the type of the value decides. */
export const PROPERTY_OPERATORS: readonly OperatorChoice[] = [
  ...equality,
  ...parts,
  ...amounts.slice(0, 4),
  choice('between', 'is between', 'range'),
  ...dates,
  ...oneOf,
  ...presence,
]

export const STAGES = ['name', 'lead', 'accepted', 'opportunity', 'customer', 'disqualified', 'lost'] as const
/** Days of the week in ISO order: Monday is 1. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export const OWNER_SIDES = ['marketing', 'sales'] as const

/** The type of what a subject yields; undefined when it refers to a field the catalog does not know. */
export function valueTypeOf(subject: Subject, catalog: Catalog): ValueType | undefined {
  switch (subject.kind) {
    case 'field':
      return catalog.fields.find((it) => it.key === subject.key)?.type
    case 'event':
      if (typeof subject.measure === 'object') return 'sum'
      return subject.measure === 'days-since-last' ? 'recency' : 'count'
    case 'related':
      return typeof subject.measure === 'object' ? 'sum' : 'count'
    case 'journey':
      return 'count'
    case 'carried':
      return subject.type
    case 'score':
    case 'segment':
    case 'agreement':
    case 'grade':
    case 'stage':
    case 'owner':
    case 'consent':
    case 'mailable':
    case 'passage':
    case 'today':
    case 'weekday':
      return subject.kind
  }
}

/** The operators an editor may offer for a subject, in order, with their words. Empty for a field that no longer exists. */
export function operatorsFor(subject: Subject, catalog: Catalog): readonly OperatorChoice[] {
  const type = valueTypeOf(subject, catalog)
  return type === undefined ? [] : OPERATORS[type]
}
