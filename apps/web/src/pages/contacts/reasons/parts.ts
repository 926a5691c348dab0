import {
  type Actor,
  type Catalog,
  type Condition,
  conditionSentence,
  propertyRule,
  rule,
  type SentencePart,
  saw,
  whereWords,
} from '@baton/engine'
import { momentWords, placeWords } from '../moment.ts'
import type { Trace } from '../people.ts'

export const plain = (text: string): SentencePart => ({ text, kind: 'plain' })
export const strong = (text: string): SentencePart => ({ text, kind: 'strong' })

/** What the words of a reason need to know around it. */
export interface ReasonScope {
  catalog: Catalog
  /** The name of the way a step was left by. */
  portName: (port: string) => string
}

/** A line of the whole reason. Lines that belong to a part of it stand under the same `head`. */
export interface Fact {
  head?: string | undefined
  name: string
  value: string
}

type Named = readonly { id: string; name: string }[]
export const nameIn = (list: Named, id: string | null, gone: string) =>
  id === null ? gone : (list.find((it) => it.id === id)?.name ?? gone)

export const actorWords = ({ kind, name }: Actor): string => {
  if (name !== undefined && name !== '') return name
  return { user: 'somebody', key: 'your website or product', import: 'an import', flow: 'another flow', system: 'Baton' }[kind]
}

const handed: Readonly<Record<string, string>> = { true: 'it is so', false: 'it is not so', null: 'not known, so neither true nor false' }

/** A rule as it was stored, read aloud. */
export function ruleWords(trace: Trace, catalog: Catalog): string {
  const read = rule.safeParse(trace.rule)
  if (!read.success) return 'a condition of an older form'
  const whole: Condition = { combinator: 'and', rules: [read.data] }
  return conditionSentence(whole, catalog)
    .map((part) => part.text)
    .join(' ')
}

/** What the contact had when the rule was looked at. */
export function sawWords(trace: Trace): string {
  const read = saw.safeParse(trace.saw)
  if (!read.success) return 'not kept'
  const { value, shown } = read.data
  if (value === null) return 'empty'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return shown ?? String(value)
}

export const truthWords = (truth: boolean | null): string => handed[String(truth)] ?? ''

/** A condition on a property of an event, read aloud. */
export function propertyWords(trace: Trace): string {
  const read = propertyRule.safeParse(trace.rule)
  if (!read.success) return 'a condition of an older form'
  return whereWords([read.data])
    .slice(1)
    .map((part) => part.text)
    .join(' ')
}

export function didWords(type: string, where: readonly Trace[]): SentencePart[] {
  const rules = where.map((it) => `${propertyWords(it)} (saw ${sawWords(it)})`)
  return [plain('Did '), strong(type), plain(rules.length === 0 ? '' : ` where ${rules.join(' and ')}`)]
}

export type Verdict = { id: string; truth: boolean | null; rules: Trace[] }

/** The rules that made a case true, with what was seen: "Job is retired (was retired)". */
export function because({ rules }: Verdict, catalog: Catalog): string {
  const told = rules.filter((it) => it.truth === true)
  const words = (told.length > 0 ? told : rules).slice(0, 2).map((it) => `${ruleWords(it, catalog)} (saw ${sawWords(it)})`)
  return words.join(', ') + (told.length > 2 ? ` and ${told.length - 2} more` : '')
}

/** Every rule of every case, with what it saw. */
export const caseFacts = (cases: readonly Verdict[], scope: ReasonScope): Fact[] =>
  cases.flatMap((one) =>
    one.rules.map((it) => ({
      head: `${scope.portName(one.id)}: ${truthWords(one.truth)}`,
      name: ruleWords(it, scope.catalog),
      value: `saw ${sawWords(it)}: ${truthWords(it.truth)}`,
    })),
  )

const sources: Readonly<Record<string, string>> = {
  contact: 'their own',
  country: 'by their country',
  company: 'of their company',
  workspace: 'of the workspace, as theirs is not known',
  utc: 'UTC, as no other is known',
}

export const shown = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return 'empty'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(shown).join(', ')
  if (typeof value !== 'object') return String(value)
  return Object.entries(value)
    .map(([key, part]) => `${key} ${shown(part)}`)
    .join(', ')
}

export const utc = (at: number) => momentWords(at, 'UTC')

export function zoneFacts({ zone, zoneSource, arrivedZone = zone }: { zone: string; zoneSource: string; arrivedZone?: string }): Fact[] {
  return [
    { name: 'Zone', value: `${zone}, ${sources[zoneSource] ?? zoneSource}` },
    ...(arrivedZone === zone ? [] : [{ name: 'Zone on arrival', value: placeWords(arrivedZone) }]),
  ]
}

export function timeFacts({ arrived, target, now, zone }: { arrived: number; target: number; now: number; zone: string }): Fact[] {
  return [
    { name: 'Came', value: momentWords(arrived, zone) },
    { name: 'Wanted', value: momentWords(target, zone) },
    { name: 'Went on', value: momentWords(now, zone) },
  ]
}

/** "1 day", "2 days", whichever way the unit is stored. */
export const amountWords = (amount: number, unit: string): string => {
  const one = unit.replace(/s$/, '')
  return `${amount} ${amount === 1 ? one : `${one}s`}`
}
