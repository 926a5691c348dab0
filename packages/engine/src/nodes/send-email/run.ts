import type { Catalog } from '../../catalog.ts'
import { type CompiledNode, type CompileTools, defineRun, type Outcome, type StepScope } from '../../kind.ts'
import type { GateTrace, Reason } from '../../state/reason.ts'
import { fault } from '../base.ts'
import { gate, type Letter, MARKETING_TOPIC, opensAt } from './gate.ts'
import { holdOf } from './hold.ts'
import { notSent, sendEmail, sent, wayOf } from './index.ts'
import type { IfNotSent, SendAgain, SendEmailConfig } from './schema.ts'

/** The longest somebody is held: a year. */
const LONGEST = { hours: 8_760, days: 365 } as const

const LONGEST_AGO = 3_650

const whole = (value: number | null, most: number) => value !== null && Number.isInteger(value) && value >= 1 && value <= most

function checkHold(it: IfNotSent) {
  if (it.do !== 'hold' || whole(it.amount, LONGEST[it.unit])) return []
  const most = LONGEST[it.unit].toLocaleString('en')
  return [fault('send.hold', 'ifNotSent.amount', `Say how long to hold them: a whole number of ${it.unit}, from 1 to ${most}.`)]
}

function checkAgain(it: SendAgain) {
  if (it.when !== 'after' || whole(it.days, LONGEST_AGO)) return []
  const most = LONGEST_AGO.toLocaleString('en')
  return [fault('send.again', 'again.days', `Say after how many days they may get it again: a whole number from 1 to ${most}.`)]
}

/** What the template says of itself. One that nobody knows any more counts as marketing: the stricter of the two. */
function letterOf({ templateId, onSalesBehalf, again }: SendEmailConfig, catalog: Catalog): Letter {
  const id = templateId ?? ''
  const template = catalog.templates.find((it) => it.id === id)
  const purpose = template?.purpose ?? 'marketing'
  const topic = purpose === 'marketing' ? (template?.topic ?? MARKETING_TOPIC) : null
  return { templateId: id, purpose, topic, onSalesBehalf, again }
}

function compile(config: SendEmailConfig, { catalog }: CompileTools): CompiledNode {
  const { ifNotSent } = config
  const letter = letterOf(config, catalog)
  const { templateId, purpose, topic } = letter
  const way = wayOf(ifNotSent)

  const decide = (scope: StepScope): Outcome => {
    const trace = gate(scope, letter, sleepsForIt(scope))
    const hold = ifNotSent.do === 'hold' ? holdOf(scope, ifNotSent) : undefined
    if (trace.verdict === 'pass') {
      const reason: Reason = { code: 'send.queued', templateId, key: scope.effectKey(0), gate: trace, ...heldWords(scope, hold) }
      return { do: 'leave', port: sent.id, reason, effects: [{ do: 'send', templateId, purpose, topic }] }
    }
    if (hold && scope.now < hold.until) return stay(scope, trace, hold)
    const reason: Reason = { code: 'send.not-sent', templateId, ifNotSent: way, gate: trace, ...heldWords(scope, hold) }
    return { do: 'leave', port: way === 'port' ? notSent.id : sent.id, reason }
  }

  return {
    enter: decide,
    due: decide,
    // What has changed may open the gate, or open it sooner or later; what is due by time is left to the timer, so that the log says so.
    again: (scope) => {
      const { dueAt, vars } = scope.enrolment
      const due = vars.watch ? vars.watch.due : dueAt
      if (due !== null && due <= scope.now) return undefined
      const outcome = decide(scope)
      const same = outcome.do === 'stay' && outcome.here?.because === vars.here.because && outcome.here?.opens === vars.here.opens
      return same ? undefined : outcome
    },
    asks: { of: 'mail' },
    conditions: [],
    ...(letter.again.when === 'always' ? {} : { mails: [templateId] }),
  }
}

/** Whether every open hand-off sleeps until this very passage is back. E-402. */
function sleepsForIt({ state, enrolment }: StepScope): boolean {
  const { asleep } = enrolment.vars
  if (!asleep || state.handoffs.length === 0) return false
  return state.handoffs.every((it) => it.state === 'sleeping' && Object.hasOwn(asleep, it.key))
}

/** Held: until the gate opens by time, at most until the hold ends. What stands in `here` is what the pages show. E-261. */
function stay(scope: StepScope, trace: GateTrace, { since, until }: { since: number; until: number }): Outcome {
  const opens = opensAt(trace)
  const fixed = until - scope.pausedBetween(since, scope.now)
  return { do: 'stay', due: opens === null ? until : Math.min(opens, until), here: { since, fixed, until, because: trace.verdict, opens } }
}

/** Whether they were held before it was decided, why last, and until when they would have been. */
function heldWords({ enrolment, now }: StepScope, hold: { since: number; until: number } | undefined) {
  const { because } = enrolment.vars.here
  return hold && typeof because === 'string' ? { held: { ...hold, now, because } } : {}
}

/** What its settings must be, and what it does. */
export const sendEmailRun = defineRun(sendEmail, {
  check: ({ templateId, ifNotSent, again }) => [
    ...(templateId === null ? [fault('send.template', 'templateId', 'Choose the mail to send, or write one.')] : []),
    ...checkHold(ifNotSent),
    ...checkAgain(again),
  ],
  compile: (config, tools) => compile(config, tools),
})
