import { type Catalog, passedFlows } from '../catalog.ts'
import type { SentencePart } from '../sentence.ts'
import { OPERATORS, PROPERTY_OPERATORS, valueTypeOf } from './operators.ts'
import { type Condition, type EventWindow, isGroup, type PropertyRule, type Rule, type RuleValue, type Subject } from './schema.ts'
import { comparisonWords, countWords, daysWords, deedWords, isNone, missing, nameOf, plain, strong } from './words.ts'

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
  const value = subject.kind === 'weekday' ? inCapitals(rule.value) : rule.value
  const compared = () => (choice ? comparisonWords(choice, value) : [missing('choose a comparison')])
  switch (subject.kind) {
    case 'event':
      return eventWords(subject, rule)
    case 'related':
      return relatedWords(subject, rule)
    case 'journey':
      return [...journeyWords(subject, catalog), ...countedWords(rule)]
    case 'segment':
      return [
        plain(rule.op === 'is-not' ? 'they are not in' : 'they are in'),
        nameOf(catalog.segments, subject.segmentId, 'choose a segment'),
      ]
    case 'agreement':
      return [
        plain(rule.op === 'is-not' ? 'they do not meet' : 'they meet'),
        nameOf(catalog.agreements, subject.agreementId, 'choose an agreement'),
      ]
    case 'passage':
      return [plain(passageWords(subject.is, rule.op === 'is-not')), nameOf(passedFlows(catalog), subject.flowId, 'choose a flow')]
    case 'consent':
      return [
        plain(rule.op === 'is-not' ? 'they did not agree to' : 'they agreed to'),
        strong(`${catalog.topics.find((it) => it.id === subject.topic)?.name ?? subject.topic} mail`),
      ]
    case 'mailable':
      return [plain('they'), strong(rule.op === 'is-not' ? 'cannot get mail' : 'can get mail')]
    case 'carried':
      return [plain('the value'), subject.key === '' ? missing('choose a name') : strong(subject.key), ...compared()]
    case 'field':
    case 'score':
    case 'grade':
    case 'stage':
    case 'owner':
    case 'today':
    case 'weekday':
      return [subjectWords(subject, catalog), ...compared()]
  }
}

/** Names of days as people write them. */
const inCapitals = (value: RuleValue | undefined): RuleValue | undefined => {
  const word = (it: string | number | boolean) => (typeof it === 'string' ? it.charAt(0).toUpperCase() + it.slice(1) : it)
  return value === undefined ? undefined : Array.isArray(value) ? value.map(word) : word(value)
}

type Named = Extract<Subject, { kind: 'field' | 'score' | 'grade' | 'stage' | 'owner' | 'today' | 'weekday' }>

function subjectWords(subject: Named, catalog: Catalog): SentencePart {
  switch (subject.kind) {
    case 'field': {
      const field = catalog.fields.find((it) => it.key === subject.key)
      return field ? strong(field.label) : missing('choose a field')
    }
    case 'score': {
      const dimension = catalog.dimensions.find((it) => it.id === subject.dimension)
      return dimension ? strong(`${dimension.name} score`) : missing('choose a score')
    }
    case 'weekday':
      return strong('the day of the week')
    case 'grade':
    case 'stage':
    case 'owner':
    case 'today':
      return strong(subject.kind)
  }
}

const passageWords = (is: 'now' | 'ever', negated: boolean) =>
  is === 'now' ? `they are ${negated ? 'not ' : ''}in the flow` : negated ? 'they never came into the flow' : 'they are or were in the flow'

/** "they came to Welcome mail", "they left Wait by no click". */
function journeyWords({ node, port }: Extract<Subject, { kind: 'journey' }>, catalog: Catalog): SentencePart[] {
  const step = catalog.steps?.find((it) => it.id === node)
  const name = step ? strong(step.name) : catalog.steps || node === '' ? missing('choose a step') : strong(node)
  if (port === undefined) return [plain('they came to'), name]
  const way = step?.ports.find((it) => it.id === port)
  return [plain('they left'), name, plain('by'), way ? strong(way.label) : step ? missing('choose a way') : strong(port)]
}

const countedWords = (rule: Rule): SentencePart[] => {
  const choice = OPERATORS.count.find((it) => it.op === rule.op)
  return choice ? countWords(choice, rule.value) : [missing('choose how often')]
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

function windowWords(window: EventWindow): SentencePart[] {
  switch (window.kind) {
    case 'ever':
      return []
    case 'days':
      return [plain('in the last'), strong(daysWords(window.days))]
    case 'since-entering':
      return [plain('since they entered')]
    case 'since-arriving':
      return [plain('since they came to this step')]
  }
}

/** A comparison of amounts, with what is still to be chosen. */
function amountWords(type: 'sum' | 'recency', rule: Rule): SentencePart[] {
  const choice = OPERATORS[type].find((it) => it.op === rule.op)
  if (!choice) return [missing('choose a comparison')]
  const words = comparisonWords(choice, rule.value)
  const last = words.at(-1)
  if (type === 'sum' || !last || last.kind !== 'strong') return words
  return [...words.slice(0, -1), strong(last.text === '1' ? '1 day' : `${last.text} days`), plain('ago')]
}

function eventWords(subject: Extract<Subject, { kind: 'event' }>, rule: Rule): SentencePart[] {
  const { measure = 'count' } = subject
  const where = whereWords(subject.where)
  const when = windowWords(subject.window)
  if (typeof measure === 'object')
    return [plain('the sum of'), strong(measure.sum), plain('over'), strong(subject.type), ...where, ...when, ...amountWords('sum', rule)]
  const deed = deedWords(subject.type, subject.where.length > 0)
  if (measure === 'days-since-last') return [plain('the last time'), ...deed, ...where, ...when, ...amountWords('recency', rule)]
  return [...deed, ...where, ...countedWords(rule), ...when]
}

/** "they have at least 2 purchases where plan is pro in the last 30 days", "the sum of amount over purchases is at least 500". */
function relatedWords(subject: Extract<Subject, { kind: 'related' }>, rule: Rule): SentencePart[] {
  const { measure = 'count', of } = subject
  const where = whereWords(subject.where)
  const window = windowWords(subject.window)
  // Where nothing comes behind them that ends them, what is said next would count among them: "… and Age is more than 5".
  const open = measure === 'count' && window.length === 0 && where.length > 0
  const rest = [...(open ? bracketed(where) : where), ...window]
  const [one, many] = RELATED[of]
  if (typeof measure === 'object')
    return [plain('the sum of'), strong(measure.sum), plain('over'), strong(many), ...rest, ...amountWords('sum', rule)]
  const choice = OPERATORS.count.find((it) => it.op === rule.op)
  if (!choice) return [plain('they have'), missing('choose how many'), strong(many), ...rest]
  const [first, second] = Array.isArray(rule.value) ? rule.value : [rule.value]
  if (typeof first !== 'number') return [plain('they have'), plain(choice.label), missing('choose how many'), strong(many), ...rest]
  if (isNone(choice.op, first)) return [plain('they have'), strong(`no ${one}`), ...rest]
  const counted = (n: number) => strong(`${n} ${n === 1 ? one : many}`)
  if (choice.op !== 'between') return [plain('they have'), plain(choice.label), counted(first), ...rest]
  const upper = typeof second === 'number' ? counted(second) : missing('choose how many')
  return [plain('they have'), plain('between'), strong(String(first)), plain('and'), upper, ...rest]
}

/** Words for related records: one, and several. */
export const RELATED = {
  company: ['company', 'companies'],
  opportunity: ['opportunity', 'opportunities'],
  purchase: ['purchase', 'purchases'],
} as const satisfies Record<string, readonly [string, string]>
