import type { SentencePart } from '@baton/engine'
import type { Reason } from '../people.ts'
import { because, type Fact, nameIn, plain, type ReasonScope, ruleWords, sawWords, shown, strong, truthWords, utc } from './parts.ts'

/** The codes of goals, chance, the outside world and other flows. */
const CODES = [
  'goal.met',
  'goal.earlier',
  'goal.not-yet',
  'split.drawn',
  'split.kept',
  'list.changed',
  'webhook.answered',
  'webhook.failed',
  'notify.told',
  'notify.nobody',
  'throttle.released',
  'flow.started',
  'flow.not-started',
] as const
export type ActionReason = Extract<Reason, { code: (typeof CODES)[number] }>

const codes: ReadonlySet<string> = new Set(CODES)
export const isAction = (reason: { code: string }): reason is ActionReason => codes.has(reason.code)

/** One sentence for a step of one of these kinds. */
export function actionWords(reason: ActionReason, { catalog, portName }: ReasonScope): readonly SentencePart[] {
  switch (reason.code) {
    case 'goal.met':
      return [plain('The goal was reached: '), strong(because({ id: '', truth: true, rules: reason.rules }, catalog))]
    case 'goal.earlier':
      return [plain('The goal had been reached')]
    case 'goal.not-yet':
      return [plain('The goal was not reached yet')]
    case 'split.drawn':
      return [
        plain('Fell by chance on '),
        strong(portName(reason.way)),
        plain(reason.before === null ? '' : ', as their earlier way is gone'),
      ]
    case 'split.kept':
      return [plain('Went '), strong(portName(reason.way)), plain(' again, as the first time')]
    case 'list.changed': {
      const list = nameIn(catalog.segments, reason.segmentId, 'a list that is gone')
      if (reason.on === reason.was) return [plain(reason.on ? 'Was already on ' : 'Was not on '), strong(list)]
      return [plain(reason.on ? 'Put on ' : 'Taken off '), strong(list)]
    }
    case 'webhook.answered':
      return [plain('Answered'), ...kept(reason.saved)]
    case 'webhook.failed':
      return [plain('The call failed: '), strong(reason.why)]
    case 'notify.told': {
      const name =
        reason.to.kind === 'user' ? nameIn(catalog.users, reason.to.id, 'somebody') : nameIn(catalog.teams, reason.to.id, 'a team')
      return [plain('Told '), strong(name), plain(reason.asOwner ? ', who has them' : '')]
    }
    case 'notify.nobody':
      return [plain('Nobody of sales has them, so nobody was told')]
    case 'throttle.released':
      return [
        plain('Their turn came in the line of '),
        strong(`${reason.count.toLocaleString('en')} ${reason.per === 'hour' ? 'an' : 'a'} ${reason.per}`),
      ]
    case 'flow.started':
      return [
        plain('Started '),
        strong(nameIn(catalog.flows, reason.flowId, 'another flow')),
        plain(reason.key === '' ? '' : ` for ${reason.key}`),
      ]
    case 'flow.not-started':
      return [
        plain('Did not start '),
        strong(nameIn(catalog.flows, reason.flowId, 'the other flow')),
        plain(': what it would have been about is empty'),
      ]
  }
}

function kept(saved: Readonly<Record<string, unknown>>): SentencePart[] {
  const names = Object.entries(saved).slice(0, 3)
  return names.flatMap(([key, it], i) => [plain(i === 0 ? ': ' : ', '), plain(`${key} `), strong(shown(it))])
}

/** Everything such a reason holds, as a table. */
export function actionFacts(reason: ActionReason, { catalog, portName }: ReasonScope): Fact[] {
  switch (reason.code) {
    case 'goal.met':
    case 'goal.not-yet':
      return [
        ...reason.rules.map((it) => ({ name: ruleWords(it, catalog), value: `saw ${sawWords(it)}: ${truthWords(it.truth)}` })),
        { name: 'Looked at', value: utc(reason.now) },
        { name: 'In the flow since', value: utc(reason.enteredAt) },
      ]
    case 'goal.earlier':
      return [{ name: 'Came', value: utc(reason.now) }]
    case 'split.drawn':
      return [
        { name: 'Fell on', value: `${(reason.dice * 100).toFixed(2)} of 100` },
        ...reason.ways.map(({ id, weight }) => ({ head: 'Shares', name: portName(id), value: `${weight}%` })),
      ]
    case 'split.kept':
      return [{ name: 'Drawn', value: 'at their first time here' }]
    case 'list.changed':
      return [{ name: 'On it before', value: shown(reason.was) }]
    case 'webhook.answered':
      return [
        { name: 'Status', value: String(reason.status) },
        { name: 'Answered', value: utc(reason.at) },
        ...Object.entries(reason.saved).map(([name, it]) => ({ head: 'Kept', name, value: shown(it) })),
        ...reason.missing.map((name) => ({ head: 'Not in the answer, or of another type', name, value: 'not kept' })),
      ]
    case 'webhook.failed':
      return [
        { name: 'Status', value: reason.status === null ? 'no answer' : String(reason.status) },
        { name: 'Given up', value: utc(reason.at) },
      ]
    case 'notify.told':
      return [{ name: 'How', value: [...(reason.inApp ? ['in Baton'] : []), ...(reason.email ? ['by e-mail'] : [])].join(' and ') }]
    case 'notify.nobody':
    case 'flow.not-started':
      return []
    case 'throttle.released':
      return [
        { name: 'Came', value: utc(reason.arrived) },
        { name: 'Went on', value: utc(reason.now) },
      ]
    case 'flow.started':
      return Object.entries(reason.data).map(([name, it]) => ({ head: 'Went along', name, value: shown(it) }))
  }
}
