import type { SentencePart } from '../sentence.ts'
import { isDate } from './calendar.ts'
import type { OperatorChoice } from './operators.ts'
import type { RuleValue } from './schema.ts'

export const plain = (text: string): SentencePart => ({ text, kind: 'plain' })
export const strong = (text: string): SentencePart => ({ text, kind: 'strong' })
export const missing = (text: string): SentencePart => ({ text, kind: 'missing' })

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A typed value as read aloud: dates in words, yes and no, texts as they are. */
export function valueWords(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(value)
  const [date = '', time] = value.split('T')
  if (!isDate(date)) return value
  const words = `${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1] ?? ''} ${date.slice(0, 4)}`
  return time === undefined ? words : `${words} ${timeWords(time)}`
}

/** "1 day", "14 days". */
export const daysWords = (days: number) => (days === 1 ? '1 day' : `${days} days`)

/** "09:00", to the part of a second that was typed, and what it is counted from where that is not the wall of the workspace. */
function timeWords(time: string): string {
  const [, minutes = '', seconds = '', offset = ''] = /^(\d{2}:\d{2})(?::(\d{2}(?:\.\d+)?))?(Z|[+-]\d{2}:\d{2})?$/.exec(time) ?? []
  if (minutes === '') return time
  const rest = Number(seconds) === 0 ? '' : `:${seconds}`
  return `${minutes}${rest}${offset === '' ? '' : offset === 'Z' ? ' UTC' : ` UTC${offset}`}`
}

/** The words after a subject: comparison and value, or what is still to be chosen. */
export function comparisonWords(choice: OperatorChoice, value: RuleValue | undefined): SentencePart[] {
  const list = (value === undefined ? [] : Array.isArray(value) ? value : [value]).filter((it) => it !== '')
  if (choice.value === 'none') return [plain(choice.label)]
  const [first, second] = list
  if (first === undefined) return [plain(choice.label), missing('choose a value')]
  switch (choice.value) {
    case 'one':
      return [plain(choice.label), strong(valueWords(first))]
    case 'days':
      return [plain(choice.label), strong(typeof first === 'number' ? daysWords(first) : valueWords(first))]
    case 'range':
      return [
        plain(choice.label),
        strong(valueWords(first)),
        plain('and'),
        second === undefined ? missing('choose a value') : strong(valueWords(second)),
      ]
    case 'list':
      return [plain(choice.label), ...listWords(list.map(valueWords), choice.op === 'all-of' ? 'and' : 'or')]
  }
}

/** `a, b or c`; long lists end in "or n more". */
function listWords(values: readonly string[], joiner: 'and' | 'or'): SentencePart[] {
  const shown = values.length > 5 ? values.slice(0, 4) : values
  const rest = values.length - shown.length
  const words = shown.map((it, i) => strong(i < shown.length - 1 && (rest > 0 || i < shown.length - 2) ? `${it},` : it))
  const last = words.at(-1)
  if (rest > 0) return [...words, plain(joiner), strong(`${rest} more`)]
  return last && words.length > 1 ? [...words.slice(0, -1), plain(joiner), last] : words
}

const times = (n: number) => (n === 1 ? 'once' : `${n} times`)

/** True for a count that must be nothing at all. */
export const isNone = (op: OperatorChoice['op'], value: number) =>
  ((op === 'is' || op === 'le') && value === 0) || (op === 'lt' && value === 1)

/** How often: "at least 2 times", "never", "once or more". */
export function countWords(choice: OperatorChoice, value: RuleValue | undefined): SentencePart[] {
  const list = Array.isArray(value) ? value : [value]
  const [first, second] = list
  if (typeof first !== 'number') return [plain(choice.label), missing('choose how often')]
  if (isNone(choice.op, first)) return [strong('never')]
  if (choice.op === 'between')
    return [
      plain('between'),
      strong(String(first)),
      plain('and'),
      typeof second === 'number' ? strong(times(second)) : missing('choose how often'),
    ]
  return [plain(choice.label), strong(times(first))]
}

/** Things people do, said as "they …". `some` is used where the properties are narrowed. */
const DEEDS: Readonly<Record<string, { did: string; what: string; some?: string }>> = {
  'mail.sent': { did: 'were sent', what: 'any mail', some: 'a mail' },
  'mail.opened': { did: 'opened', what: 'any mail', some: 'a mail' },
  'mail.clicked': { did: 'clicked', what: 'any link', some: 'a link' },
  'mail.bounced': { did: 'had', what: 'a mail bounce' },
  'mail.unsubscribed': { did: '', what: 'unsubscribed' },
  'mail.withdrawn': { did: 'had', what: 'a mail withdrawn' },
  'sales.handed-over': { did: 'were', what: 'handed to sales' },
  'sales.accepted': { did: 'were', what: 'accepted by sales' },
  'sales.rejected': { did: 'were', what: 'rejected by sales' },
  'sales.disqualified': { did: 'were', what: 'disqualified by sales' },
  'sales.joined': { did: 'were', what: 'handed to sales while sales had them' },
  'sales.breached': { did: 'were', what: 'answered too late by sales' },
  'sales.no-response': { did: 'were', what: 'never answered by sales' },
  'sales.overflow': { did: 'were', what: 'more than sales could take' },
  'sales.attempted': { did: 'were', what: 'not reached by sales' },
  'sales.contacted': { did: 'were', what: 'reached by sales' },
  'sales.given-back': { did: 'were', what: 'given back by a rep' },
  'sales.opportunity': { did: 'got', what: 'a deal with sales' },
  'sales.converted': { did: 'were', what: 'won by sales' },
  'sales.lost': { did: 'were', what: 'lost by sales' },
  'lifecycle.changed': { did: 'came', what: 'to another stage' },
  'contact.created': { did: 'were', what: 'added' },
  page: { did: 'viewed', what: 'any page', some: 'a page' },
}

/** "they clicked any link", "they did Trial started". */
export function deedWords(type: string, narrowed: boolean): SentencePart[] {
  const deed = Object.hasOwn(DEEDS, type) ? DEEDS[type] : undefined
  if (!deed) return [plain('they did'), strong(type)]
  const what = narrowed ? (deed.some ?? deed.what) : deed.what
  return [plain(deed.did === '' ? 'they' : `they ${deed.did}`), strong(what)]
}

/** Label of a thing in the catalog, or the words for what is gone. */
export function nameOf(list: readonly { id: string; name: string }[], id: string, gone: string): SentencePart {
  const found = list.find((it) => it.id === id)
  return found ? strong(found.name) : missing(gone)
}
