import { rollOutPlace } from '../advance/roll-out.ts'
import type { CompiledTrigger } from '../kind.ts'
import type { Plan, PlannedFlow } from '../plan.ts'
import type { ContactState } from '../state/contact.ts'
import type { ContactEvent, Instant } from '../state/person.ts'
import type { RuleTrace } from '../state/trace.ts'

/** Whether a trigger would let somebody in as they are now, and what that hangs on. */
export interface TriggerVerdict {
  node: string
  /** now: they fulfil it at this moment; at: it will fire by itself then; if: when it happens; never: it cannot. */
  when: 'now' | 'at' | 'if' | 'never'
  kind: string
  /** What it listens to: a segment, an event type, a field, a score; null where it is for hands and programs. */
  of: string | null
  at: Instant | null
  /** Of a segment: what its condition saw. Of an event: the last one that matched. */
  rules: readonly RuleTrace[]
  last: ContactEvent | null
}

/** Each trigger of the version that lets people in, in the order of node ids. Pure; nothing is let in. E-310. */
export function explainTriggers(plan: Plan, flow: PlannedFlow, state: ContactState, now: Instant): TriggerVerdict[] {
  const triggers = [...(flow.entry?.triggers ?? [])].sort((a, b) => (a.node < b.node ? -1 : 1))
  return triggers.map(({ node, trigger }) => ({ ...NOTHING, node, kind: trigger.on.kind, ...verdictOf(plan, trigger, state, now) }))
}

const NOTHING = { when: 'if', of: null, at: null, rules: [], last: null } as const

function verdictOf(plan: Plan, trigger: CompiledTrigger, state: ContactState, now: Instant): Partial<TriggerVerdict> {
  const { on } = trigger
  const scope = { now, state, enteredAt: null }
  switch (on.kind) {
    case 'segment-joined':
    case 'segment-left':
    case 'schedule': {
      const seen = plan.segments.get(on.segmentId)?.explain(scope)
      const known = Object.hasOwn(state.members, on.segmentId)
      const member = seen ? seen.truth === true : known
      const fires = on.kind === 'schedule' ? member : on.kind === 'segment-joined' ? member && !known : known && !member
      return { of: on.segmentId, when: fires ? 'now' : 'if', rules: seen?.rules ?? [] }
    }
    case 'event': {
      const matching = state.events.filter((it) => it.type === on.type && trigger.match?.(it, scope) !== undefined)
      return { of: on.type, last: matching.at(-1) ?? null }
    }
    case 'field':
      return { of: on.key }
    case 'score':
      return { of: on.dimension }
    case 'date': {
      const next = trigger.nextDate?.(scope, now) ?? null
      return next ? { of: on.key, at: next.at, when: 'at' } : { of: on.key, when: 'never' }
    }
    case 'api':
    case 'flow':
    case 'manual':
      return {}
  }
}

/** Whether the staged roll-out has reached them: triggers let nobody else in. */
export const inRollOut = (flow: PlannedFlow, state: ContactState): boolean =>
  rollOutPlace(state.person.key, flow.flowId) < (flow.share ?? 1)
