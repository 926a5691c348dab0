import { DAY } from '@baton/leads'
import { advance } from '../advance/advance.ts'
import { nextInstant } from '../advance/next-instant.ts'
import type { Env, Plan } from '../plan.ts'
import type { ContactState } from '../state/contact.ts'
import type { Step } from '../state/enrolment.ts'
import type { InboxItem } from '../state/input.ts'
import { mailLeft } from '../state/mail-left.ts'
import type { Instant } from '../state/person.ts'
import type { EnrolmentEnd, TurnResult } from '../state/result.ts'
import { explainTriggers, inRollOut, type TriggerVerdict } from './triggers.ts'

/** How far it looks ahead. */
export const EXPLAIN = { days: 90, steps: 200, turns: 2_000 } as const

export type Refusal = TurnResult['refused'][number]['why']

/** What would happen to one person in a flow from now on, if nothing came in from outside. */
export interface Explanation {
  triggers: readonly TriggerVerdict[]
  inRollOut: boolean
  /** The trigger by which they were let in for this; null where they are in the flow already, or the door is shut. */
  entered: string | null
  /** Why the door is shut to them now. */
  refused: Refusal | null
  steps: readonly Step[]
  /** What stopped the look ahead. */
  end:
    | { how: 'over'; ended: EnrolmentEnd; label: string | null; at: Instant }
    | { how: 'rests'; node: string; until: Instant | null }
    | { how: 'parked'; node: string; message: string }
    | { how: 'too-long'; node: string; until: Instant | null }
    | { how: 'not-in' }
}

/**
 * Lets somebody into a flow on a copy of what is known of them, and runs the engine forward (SEMANTICS 3, explain): all live flows, the
 * outside world silent (mail is accepted and never opened, webhooks fail, sales never answers), for 90 days or 200 steps. Who is inside
 * already goes on from there. Nothing is written. E-311 to E-313.
 * @param plan holds the version to be tried as the flow's entry
 * @param node the trigger to come in by; the first one where absent
 */
export function explain(
  plan: Plan,
  state: ContactState,
  of: { flowId: string; key?: string; node?: string | undefined },
  env: Env,
): Explanation {
  const { flowId, key = '' } = of
  const flow = plan.flows.get(flowId)
  const triggers = flow ? explainTriggers(plan, flow, state, env.now) : []
  const node = of.node ?? triggers[0]?.node
  const inside = state.enrolments.some((it) => it.flowId === flowId && it.key === key)
  const steps: Step[] = []
  let refused: Refusal | null = null
  let end: Explanation['end'] | undefined
  const take = (result: TurnResult) => {
    refused ??= result.refused.find((it) => it.flowId === flowId)?.why ?? null
    for (const change of result.enrolments) {
      if (change.value.flowId !== flowId || change.value.key !== key) continue
      steps.push(...change.steps)
      if (change.ended) end ??= { how: 'over', ended: change.ended.how, label: change.ended.label, at: change.ended.at }
    }
  }
  const source = { kind: 'user' as const, id: 'explain' }
  const enrol: InboxItem[] = inside || node === undefined ? [] : [{ kind: 'enrol', at: env.now, flowId, node, key, source }]
  const until = env.now + EXPLAIN.days * DAY
  let now = env.now
  let known = state
  let open: readonly InboxItem[] = enrol
  for (let turns = 0; turns < EXPLAIN.turns; turns++) {
    const due = open.filter((it) => it.at <= now)
    const result = advance(plan, known, { now, items: due }, { now, seed: env.seed })
    take(result)
    known = result.sends.reduce((state, it) => mailLeft(state, it.key), result.state)
    open = [...open.filter((it) => it.at > now), ...silence(result, now)]
    const here = known.enrolments.find((it) => it.flowId === flowId && it.key === key)
    if (end || !here || here.vars.parked || steps.length >= EXPLAIN.steps) break
    const next = Math.min(nextInstant(plan, known), ...open.map((it) => it.at))
    if (!Number.isFinite(next) || next > until) break
    now = Math.max(next, now)
  }
  const entered = inside || refused !== null || steps.length === 0 ? null : (node ?? null)
  return { triggers, inRollOut: flow ? inRollOut(flow, state) : false, entered, refused, steps, end: end ?? whereNow() }

  function whereNow(): Explanation['end'] {
    const here = known.enrolments.find((it) => it.flowId === flowId && it.key === key)
    if (!here) return { how: 'not-in' }
    if (here.vars.parked) return { how: 'parked', node: here.node, message: here.vars.parked.message }
    const far = here.dueAt !== null && here.dueAt > until
    return { how: steps.length >= EXPLAIN.steps || far ? 'too-long' : 'rests', node: here.node, until: here.dueAt }
  }
}

/** What the world answers when it is silent: mail is accepted, a line lets everybody through, nothing else comes back. */
function silence({ sends, withdrawn, effects }: TurnResult, at: Instant): InboxItem[] {
  const gone = sends.filter((it) => !withdrawn.some(({ key }) => key === it.key))
  return [
    ...gone.map(({ key, templateId, node, enrolment }): InboxItem => {
      const props = { sendKey: key, templateId, flowId: enrolment.flowId, node }
      return { kind: 'event', at, event: { id: `${key}/sent`, type: 'mail.sent', props, occurredAt: at, receivedAt: at } }
    }),
    ...effects.flatMap(({ key, kind }): InboxItem[] => {
      if (kind === 'webhook')
        return [{ kind: 'effect', at, effect: key, news: { outcome: 'failed', status: null, why: 'Nobody was asked.' } }]
      return kind === 'throttle' ? [{ kind: 'effect', at, effect: key, news: { outcome: 'released' } }] : []
    }),
  ]
}
