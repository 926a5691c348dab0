import {
  type Actor,
  type Catalog,
  type Condition,
  conditionSentence,
  type GateTrace,
  propertyRule,
  rule,
  type SentencePart,
  saw,
  whereWords,
} from '@baton/engine'
import { momentWords } from './moment.ts'
import { pointsWords, type Reason, type Trace } from './people.ts'

const plain = (text: string): SentencePart => ({ text, kind: 'plain' })
const strong = (text: string): SentencePart => ({ text, kind: 'strong' })

/** What the words of a reason need to know around it. */
export interface ReasonScope {
  catalog: Catalog
  /** The name of the way a step was left by. */
  portName: (port: string) => string
}

type Named = readonly { id: string; name: string }[]
const nameIn = (list: Named, id: string | null, gone: string) => (id === null ? gone : (list.find((it) => it.id === id)?.name ?? gone))

const actorWords = ({ kind, name }: Actor): string => {
  if (name !== undefined && name !== '') return name
  return { user: 'somebody', key: 'your website or product', import: 'an import', flow: 'another flow', system: 'Baton' }[kind]
}

const gates: Readonly<Record<GateTrace['verdict'], string>> = {
  pass: 'nothing stood against it',
  'no-address': 'no e-mail address is known',
  'no-consent': 'they did not agree to marketing mail',
  suppressed: 'mail to this address is stopped',
  'marketing-hold': 'sales has them, so marketing holds its mail',
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

function didWords(type: string, where: readonly Trace[]): SentencePart[] {
  const rules = where.map((it) => `${propertyWords(it)} (saw ${sawWords(it)})`)
  return [plain('Did '), strong(type), plain(rules.length === 0 ? '' : ` where ${rules.join(' and ')}`)]
}

type Verdict = { id: string; truth: boolean | null; rules: Trace[] }

/** The rules that made a case true, with what was seen: "Job is retired (was retired)". */
function because({ rules }: Verdict, catalog: Catalog): string {
  const told = rules.filter((it) => it.truth === true)
  const words = (told.length > 0 ? told : rules).slice(0, 2).map((it) => `${ruleWords(it, catalog)} (saw ${sawWords(it)})`)
  return words.join(', ') + (told.length > 2 ? ` and ${told.length - 2} more` : '')
}

const values = (value: unknown): string =>
  value === null || value === undefined || value === '' ? 'empty' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** Why a step was taken, as one sentence. Every code has its words. */
export function reasonWords(reason: Reason, scope: ReasonScope): readonly SentencePart[] {
  const { catalog, portName } = scope
  switch (reason.code) {
    case 'trigger.segment':
      return [plain('Joined '), strong(nameIn(catalog.segments, reason.segmentId, 'a segment that is gone'))]
    case 'trigger.event':
      return didWords(reason.type, reason.where)
    case 'trigger.manual':
      return [plain('Put in by '), strong(actorWords(reason.by))]
    case 'trigger.publish':
      return [
        plain('Was in '),
        strong(nameIn(catalog.segments, reason.segmentId, 'the segment')),
        plain(` when ${actorWords(reason.by)} published`),
      ]
    case 'wait.duration':
      return [plain('Waited until '), strong(momentWords(reason.target, reason.zone)), ...frozen(reason.frozenMs)]
    case 'wait.time-of-day':
      if (reason.late === 'skip') return [plain('Came too late for '), strong(reason.time), plain(', so went on at once')]
      if (reason.late === 'grace') return [plain('Came a little after '), strong(reason.time), plain(', so went on at once')]
      return [plain('Waited for '), strong(momentWords(reason.target, reason.zone))]
    case 'branch.case': {
      const taken = reason.cases.find((it) => it.id === reason.case)
      return [plain('Went to '), strong(portName(reason.case)), plain(taken ? `: ${because(taken, catalog)}` : '')]
    }
    case 'branch.otherwise': {
      const unknown = reason.cases.filter((it) => it.truth === null).length
      const why =
        unknown === 0
          ? 'no case was true'
          : unknown === reason.cases.length
            ? 'no case could be decided'
            : 'no case was true, some could not be decided'
      return [plain('Went to '), strong(portName('otherwise')), plain(`: ${why}`)]
    }
    case 'score.added': {
      const name = nameIn(catalog.dimensions, reason.dimension, 'a score that is gone')
      return [
        strong(pointsWords(reason.points, true)),
        plain(` ${name}: from ${pointsWords(reason.before)} to `),
        strong(pointsWords(reason.after)),
      ]
    }
    case 'field.set': {
      const label = catalog.fields.find((it) => it.key === reason.key)?.label ?? reason.key
      return [strong(label), plain(`: from ${values(reason.before)} to `), strong(values(reason.after))]
    }
    case 'send.queued':
      return [plain('Sent '), strong(nameIn(catalog.templates, reason.templateId, 'a message that is gone'))]
    case 'send.not-sent':
      return [plain('Not sent: '), strong(gates[reason.gate.verdict])]
    case 'handoff.accepted':
      return [plain('Accepted by '), strong(reason.by)]
    case 'handoff.rejected':
      return [plain(`Rejected by ${reason.by}: `), strong(reason.why), plain(reason.note === null ? '' : `. “${reason.note}”`)]
    case 'handoff.overflow':
      return [plain('Nobody of the team could take it')]
    case 'exit':
      return [plain(reason.finished ? 'Finished' : 'Left'), plain(reason.label === '' ? '' : ': '), strong(reason.label)]
    case 'removed':
      return [plain('Taken out by '), strong(actorWords(reason.by))]
    case 'left-segment':
      return [
        plain('Left '),
        strong(nameIn(catalog.segments, reason.segmentId, 'the segment')),
        plain(', and the flow is only for people in it'),
      ]
    case 'restarted':
      return [plain('Began anew: '), strong(actorWords(reason.by))]
    case 'goal.reached':
      return [plain('Reached the goal: '), strong(because({ id: '', truth: true, rules: reason.rules }, catalog))]
    case 'exit-rule':
      return [plain('Left by the flow’s rule: '), strong(because({ id: '', truth: true, rules: reason.rules }, catalog))]
    case 'moved':
      return [plain('Moved by '), strong(actorWords(reason.by))]
    case 'migrated':
      return [plain(reason.node === null ? 'Left with version ' : 'Moved on with version '), strong(String(reason.to))]
    case 'merged':
      return [plain('Two contacts were one person: went on in the other passage')]
    case 'flow-stopped':
      return [plain('The flow was stopped')]
    case 'no-way-on':
      return [...reasonWords(reason.because, scope), plain('; this way leads nowhere, so they left')]
  }
}

const frozen = (ms: number): SentencePart[] => (ms === 0 ? [] : [plain(', the time the flow stood still given back')])

/** What the sending gate looked at, in words. */
export const gateWords = (gate: GateTrace): string => gates[gate.verdict]
