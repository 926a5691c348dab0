import type { Catalog } from '../src/catalog.ts'
import {
  type Condition,
  type EventWindow,
  isGroup,
  type Operator,
  type PropertyRule,
  type Rule,
  type RuleValue,
  type Subject,
  valueTypeOf,
} from '../src/condition/index.ts'
import type { ValueType } from '../src/condition/operators.ts'
import type { SentencePart } from '../src/sentence.ts'

/**
 * Reads a sentence as somebody does who knows the catalog and not the condition: what it says is made a condition again. Written apart
 * from what writes sentences, so that the two can be held against one another. Lists that are cut short cannot be read back.
 */
export function readSentence(parts: readonly SentencePart[], catalog: Catalog, carried: Readonly<Record<string, Carried>>): Condition {
  const reader = new Reader(parts.flatMap(tokensOf), catalog, carried)
  return reader.whole()
}

type Carried = Extract<Subject, { kind: 'carried' }>['type']
type Token = { text: string; strong: boolean }
type Scalar = string | number | boolean

/** Brackets stick to the words that they enclose. */
function tokensOf({ text, kind }: SentencePart): Token[] {
  const [, open = '', words = '', close = ''] = /^(\(*)([\s\S]*?)(\)*)$/.exec(text) ?? []
  const sign = (it: string): Token => ({ text: it, strong: false })
  return [...[...open].map(sign), { text: words, strong: kind === 'strong' }, ...[...close].map(sign)]
}

const DEEDS: Readonly<Record<string, string>> = { 'they clicked': 'mail.clicked', 'they viewed': 'page' }
const RECORDS = { company: 'company', companies: 'company', purchase: 'purchase', purchases: 'purchase' } as const
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** What the words of comparisons mean in English. Not taken from where they are written: words that were swapped there would agree. */
type Words = Readonly<Record<string, Operator>>
const EQUALITY: Words = { is: 'is', 'is not': 'is-not' }
const PRESENCE: Words = { 'is empty': 'empty', 'is not empty': 'not-empty' }
const LISTED: Words = { ...EQUALITY, 'is one of': 'any-of', 'is none of': 'none-of' }
const SIZES: Words = { 'is at least': 'ge', 'is more than': 'gt', 'is at most': 'le', 'is less than': 'lt' }
const AMOUNTS: Words = { ...EQUALITY, ...SIZES, 'is between': 'between' }
const PARTS: Words = { contains: 'contains', 'does not contain': 'not-contains', 'starts with': 'starts-with', 'ends with': 'ends-with' }
const DAYS: Words = { 'is before': 'before', 'is after': 'after', 'is between': 'between' }
const SPANS: Words = { 'was in the last': 'in-last-days', 'is in the next': 'in-next-days' }
const TEXT: Words = { ...LISTED, ...PARTS, 'comes before': 'lt', 'comes after': 'gt', ...PRESENCE }
const DATE: Words = { 'is on': 'is', ...DAYS, ...SPANS, ...PRESENCE }
const TAGS: Words = { 'has any of': 'any-of', 'has none of': 'none-of', 'has all of': 'all-of', ...PRESENCE }
const PROPERTY: Words = { ...LISTED, ...PARTS, ...AMOUNTS, ...DAYS, ...PRESENCE }
const COUNTS: Words = {
  ...{ 'at least': 'ge', 'more than': 'gt', 'at most': 'le', 'less than': 'lt' },
  ...{ exactly: 'is', 'not exactly': 'is-not', between: 'between' },
}
const COMPARED: Readonly<Partial<Record<ValueType, Words>>> = {
  ...{ text: TEXT, choice: { ...LISTED, ...PRESENCE }, number: { ...AMOUNTS, ...PRESENCE }, boolean: { ...EQUALITY, ...PRESENCE } },
  ...{ date: DATE, datetime: DATE, tags: TAGS, score: AMOUNTS, grade: LISTED, stage: LISTED, owner: EQUALITY, weekday: LISTED },
  today: { is: 'is', ...DAYS },
}
const compares = new Set([...Object.values(COMPARED), PROPERTY].flatMap((it) => Object.keys(it)))
const LISTS: ReadonlySet<Operator> = new Set(['any-of', 'none-of', 'all-of'])
const BARE: ReadonlySet<Operator> = new Set(['empty', 'not-empty'])

/** "29 Mar 2026", with a time and what it is counted from where they are said. */
function dateOf(text: string): string | undefined {
  const [, day = '', name = '', year = '', time, offset] =
    /^(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})(?: (\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?: UTC([+-]\d{2}:\d{2})?)?)?$/.exec(text) ?? []
  const month = MONTHS.indexOf(name) + 1
  if (month === 0) return undefined
  const date = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`
  if (time === undefined) return date
  return `${date}T${time}${offset ?? (text.includes('UTC') ? 'Z' : '')}`
}

const numberOf = (text: string) => Number(text.replace(/^once$/, '1').replace(/ .*$/, ''))

class Reader {
  #at = 0
  private readonly tokens: readonly Token[]
  private readonly catalog: Catalog
  private readonly carried: Readonly<Record<string, Carried>>
  constructor(tokens: readonly Token[], catalog: Catalog, carried: Readonly<Record<string, Carried>>) {
    this.tokens = tokens
    this.catalog = catalog
    this.carried = carried
  }

  whole(): Condition {
    const all = this.list()
    if (this.#at < this.tokens.length) this.fail('nothing more')
    return all
  }

  private fail(wanted: string): never {
    const text = this.tokens.map((it, i) => `${i === this.#at ? '>>' : ''}${it.strong ? `*${it.text}*` : it.text}`).join(' ')
    throw new Error(`${wanted} was expected: ${text}`)
  }
  private peek = (ahead = 0): Token => this.tokens[this.#at + ahead] ?? { text: '', strong: false }
  private is = (text: string, ahead = 0) => !this.peek(ahead).strong && this.peek(ahead).text === text
  private take(): string {
    return this.tokens[this.#at++]?.text ?? this.fail('a word')
  }
  private took(text: string): boolean {
    if (!this.is(text)) return false
    this.#at++
    return true
  }
  private must(text: string): void {
    if (!this.took(text)) this.fail(text)
  }
  private name(): string {
    return this.peek().strong ? this.take() : this.fail('a name')
  }

  private list(): Condition {
    const rules = [this.member()]
    const combinator = this.is('or') ? 'or' : 'and'
    while (this.took(combinator)) rules.push(this.member())
    return { combinator, rules }
  }
  private member(): Rule | Condition {
    const not = this.took('not')
    if (!not && !this.is('(')) return this.rule()
    this.must('(')
    const group = this.list()
    this.must(')')
    return isGroup(group) && not ? { ...group, not } : group
  }

  private rule(): Rule {
    if (this.peek().strong) return this.named(this.take())
    const words = this.take()
    const id = (list: readonly { id: string; name: string }[]) => {
      const name = this.name()
      return list.find((it) => it.name === name)?.id ?? this.fail('something of the catalog')
    }
    const passage = (is: 'now' | 'ever', op: Operator): Rule => ({ subject: { kind: 'passage', flowId: id(this.catalog.flows), is }, op })
    switch (words) {
      case 'they are in':
      case 'they are not in':
        return { subject: { kind: 'segment', segmentId: id(this.catalog.segments) }, op: words === 'they are in' ? 'is' : 'is-not' }
      case 'they meet':
      case 'they do not meet':
        return { subject: { kind: 'agreement', agreementId: id(this.catalog.agreements) }, op: words === 'they meet' ? 'is' : 'is-not' }
      case 'they are in the flow':
        return passage('now', 'is')
      case 'they are not in the flow':
        return passage('now', 'is-not')
      case 'they are or were in the flow':
        return passage('ever', 'is')
      case 'they never came into the flow':
        return passage('ever', 'is-not')
      case 'they agreed to':
      case 'they did not agree to':
        return { subject: { kind: 'consent', topic: this.name().replace(/ mail$/, '') }, op: words === 'they agreed to' ? 'is' : 'is-not' }
      case 'they':
        return { subject: { kind: 'mailable' }, op: this.name() === 'can get mail' ? 'is' : 'is-not' }
      case 'the value': {
        const key = this.name()
        return this.compared({ kind: 'carried', key, type: this.carried[key] ?? 'text' })
      }
      case 'they came to':
        return { subject: { kind: 'journey', node: this.name() }, ...this.howOften() }
      case 'they left': {
        const node = this.name()
        this.must('by')
        return { subject: { kind: 'journey', node, port: this.name() }, ...this.howOften() }
      }
      case 'they have':
        return this.related()
      case 'the sum of':
        return this.sum(this.name())
      case 'the last time': {
        const type = this.deed(this.take())
        const [where, window] = [this.where(), this.window()]
        const compared = this.comparison(AMOUNTS, numberOf)
        this.must('ago')
        return { subject: { kind: 'event', type, where, window, measure: 'days-since-last' }, ...compared }
      }
      default: {
        const type = this.deed(words)
        const where = this.where()
        const often = this.howOften()
        return { subject: { kind: 'event', type, where, window: this.window() }, ...often }
      }
    }
  }

  private deed(words: string): string {
    const what = this.name()
    return words === 'they did' ? what : (DEEDS[words] ?? this.fail('a deed'))
  }

  private named(name: string): Rule {
    const field = this.catalog.fields.find((it) => it.label === name)
    if (field) return this.compared({ kind: 'field', key: field.key })
    const score = this.catalog.dimensions.find((it) => `${it.name} score` === name)
    if (score) return this.compared({ kind: 'score', dimension: score.id })
    if (name === 'the day of the week') return this.compared({ kind: 'weekday' })
    if (name === 'grade' || name === 'stage' || name === 'owner' || name === 'today') return this.compared({ kind: name })
    return this.fail('a subject')
  }

  private compared(subject: Subject): Rule {
    const type = valueTypeOf(subject, this.catalog) ?? this.fail('a field')
    const read = (text: string): Scalar => {
      if (type === 'number' || type === 'score') return Number(text)
      if (type === 'boolean') return text === 'yes'
      if (type === 'weekday') return text.toLowerCase()
      return type === 'text' || type === 'choice' ? text : (dateOf(text) ?? text)
    }
    return { subject, ...this.comparison(COMPARED[type] ?? {}, read) }
  }

  /** Words of a comparison, and what is compared with. */
  private comparison(words: Words, read: (text: string) => Scalar): Pick<Rule, 'op' | 'value'> {
    const op = words[this.take()] ?? this.fail('a comparison')
    if (BARE.has(op)) return { op }
    if (Object.values(SPANS).includes(op)) return { op, value: numberOf(this.name()) }
    if (LISTS.has(op)) return { op, value: this.items(op === 'all-of' ? 'and' : 'or').map(read) }
    const first = read(this.name())
    if (op !== 'between') return { op, value: first }
    this.must('and')
    const second = read(this.name())
    return { op, value: [first, second] }
  }

  /** `a, b or c`. What comes behind the joining word and is then compared itself belongs to the next rule. */
  private items(joiner: 'and' | 'or'): string[] {
    const found: string[] = []
    while (this.peek().strong && this.peek().text.endsWith(',') && this.peek(1).strong) found.push(this.take().slice(0, -1))
    found.push(this.name())
    if (this.is(joiner) && this.peek(1).strong && !(compares.has(this.peek(2).text) && !this.peek(2).strong)) {
      this.#at++
      found.push(this.name())
    }
    return found
  }

  /** The properties that events and records are narrowed by; in brackets where nothing else ends them. */
  private where(): PropertyRule[] {
    const bracket = this.is('(') && this.is('where', 1)
    if (bracket) this.#at++
    const rules: PropertyRule[] = []
    while (this.took(rules.length === 0 ? 'where' : 'and')) {
      const key = this.name()
      rules.push({ key, ...this.comparison(PROPERTY, propertyOf) })
    }
    if (bracket) this.must(')')
    return rules
  }

  private window(): EventWindow {
    if (this.took('since they entered')) return { kind: 'since-entering' }
    return this.took('since they came to this step') ? { kind: 'since-arriving' } : this.lastDays()
  }
  private lastDays(): Exclude<EventWindow, { kind: 'since-entering' | 'since-arriving' }> {
    return this.took('in the last') ? { kind: 'days', days: numberOf(this.name()) } : { kind: 'ever' }
  }

  private howOften(): { op: Operator; value: RuleValue } {
    if (this.peek().strong && this.peek().text === 'never') return this.never()
    return this.counted()
  }
  private never(): { op: Operator; value: RuleValue } {
    this.#at++
    return { op: 'is', value: 0 }
  }
  private counted(): { op: Operator; value: RuleValue } {
    const op = COUNTS[this.take()] ?? this.fail('how often')
    const first = numberOf(this.name())
    if (op !== 'between') return { op, value: first }
    this.must('and')
    return { op, value: [first, numberOf(this.name())] }
  }

  private related(): Rule {
    const none = this.peek().text.startsWith('no ')
    const before = this.#at
    const often = none ? this.never() : this.counted()
    const said = this.tokens.slice(before, this.#at).at(-1)?.text.replace(/^\S+ /, '') ?? ''
    const of = Object.entries(RECORDS).find(([word]) => word === said)?.[1] ?? this.fail('a kind of record')
    return { subject: { kind: 'related', of, where: this.where(), window: this.lastDays() }, ...often }
  }

  private sum(key: string): Rule {
    this.must('over')
    const over = this.name()
    const record = Object.entries(RECORDS).find(([word]) => word === over)?.[1]
    const where = this.where()
    if (record) {
      const window = this.lastDays()
      return { subject: { kind: 'related', of: record, where, window, measure: { sum: key } }, ...this.comparison(AMOUNTS, Number) }
    }
    const window = this.window()
    const compared = this.comparison(AMOUNTS, Number)
    return { subject: { kind: 'event', type: over, where, window, measure: { sum: key } }, ...compared }
  }
}

/** Nobody declared the type of a property: what looks like a number is one. */
function propertyOf(text: string): Scalar {
  if (text === 'yes' || text === 'no') return text === 'yes'
  const number = Number(text)
  return text !== '' && String(number) === text ? number : (dateOf(text) ?? text)
}
