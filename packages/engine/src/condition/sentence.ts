import type { Catalog } from '../catalog.ts'
import type { SentencePart } from '../sentence.ts'
import { OPERATORS, PROPERTY_OPERATORS, valueTypeOf } from './operators.ts'
import { type Condition, isGroup, type PropertyRule, type Rule, type Subject } from './schema.ts'
import { comparisonWords, countWords, daysWords, deedWords, missing, nameOf, plain, strong } from './words.ts'

/**
 * A condition read aloud (LOOK §6), without a leading "if": "fit score is at least 60 and they clicked any link at least 2 times
 * in the last 14 days". Parts are joined by one space. What is incomplete comes out as a part of kind `missing`.
 */
export function conditionSentence(source: Condition, catalog: Catalog): SentencePart[] {
  return groupWords(source, catalog, true)
}

function groupWords(group: Condition, catalog: Catalog, outermost: boolean): SentencePart[] {
  if (group.rules.length === 0) return [missing('add a condition')]
  const inner = group.rules.flatMap((it, i) => {
    const words = isGroup(it) ? groupWords(it, catalog, false) : ruleWords(it, catalog)
    return i === 0 ? words : [plain(group.combinator), ...words]
  })
  if (group.not === true) return [plain('not'), ...bracketed(inner)]
  return outermost || group.rules.length === 1 ? inner : bracketed(inner)
}

/** Brackets stick to the words they enclose, so they go into the texts. */
function bracketed(words: readonly SentencePart[]): SentencePart[] {
  return words.map((it, i) => ({ ...it, text: `${i === 0 ? '(' : ''}${it.text}${i === words.length - 1 ? ')' : ''}` }))
}

function ruleWords(rule: Rule, catalog: Catalog): SentencePart[] {
  const { subject } = rule
  const type = valueTypeOf(subject, catalog)
  const choice = type && OPERATORS[type].find((it) => it.op === rule.op)
  switch (subject.kind) {
    case 'event':
      return eventWords(subject, rule)
    case 'segment':
      return [
        plain(rule.op === 'is-not' ? 'they are not in' : 'they are in'),
        nameOf(catalog.segments, subject.segmentId, 'choose a segment'),
      ]
    case 'consent':
      return [plain(rule.op === 'is-not' ? 'they did not agree to' : 'they agreed to'), strong(`${subject.topic} mail`)]
    case 'field':
    case 'score':
    case 'stage':
    case 'owner':
      return [subjectWords(subject, catalog), ...(choice ? comparisonWords(choice, rule.value) : [missing('choose a comparison')])]
  }
}

function subjectWords(subject: Exclude<Subject, { kind: 'event' | 'segment' | 'consent' }>, catalog: Catalog): SentencePart {
  switch (subject.kind) {
    case 'field': {
      const field = catalog.fields.find((it) => it.key === subject.key)
      return field ? strong(field.label) : missing('choose a field')
    }
    case 'score': {
      const dimension = catalog.dimensions.find((it) => it.id === subject.dimension)
      return dimension ? strong(`${dimension.name} score`) : missing('choose a score')
    }
    case 'stage':
      return strong('stage')
    case 'owner':
      return strong('owner')
  }
}

/** "where plan is pro and amount is at least 50"; nothing when there are none. */
export function whereWords(where: readonly PropertyRule[]): SentencePart[] {
  return where.flatMap((rule, i) => {
    const choice = PROPERTY_OPERATORS.find((it) => it.op === rule.op)
    return [
      plain(i === 0 ? 'where' : 'and'),
      strong(rule.key),
      ...(choice ? comparisonWords(choice, rule.value) : [missing('choose a comparison')]),
    ]
  })
}

function eventWords(subject: Extract<Subject, { kind: 'event' }>, rule: Rule): SentencePart[] {
  const choice = OPERATORS.count.find((it) => it.op === rule.op)
  const { window } = subject
  const when =
    window.kind === 'days'
      ? [plain('in the last'), strong(daysWords(window.days))]
      : window.kind === 'since-entering'
        ? [plain('since they entered')]
        : []
  return [
    ...deedWords(subject.type, subject.where.length > 0),
    ...whereWords(subject.where),
    ...(choice ? countWords(choice, rule.value) : [missing('choose how often')]),
    ...when,
  ]
}
