import { z } from 'zod'
import { compileCondition } from '../../condition/compile.ts'
import type { CompiledCondition } from '../../condition/compiled.ts'
import { condition } from '../../condition/schema.ts'
import { conditionSentence } from '../../condition/sentence.ts'
import { defineKind, type Outcome, type Port, type StepScope } from '../../kind.ts'
import type { Sentence } from '../../sentence.ts'
import { configBase, fault, missing, plain } from '../base.ts'

export const goalConfig = z.object({
  ...configBase(1),
  /** What is watched for everybody in the flow, wherever they stand. */
  when: condition,
  /** Whoever reaches it leaves as reached, or goes on from here. */
  reached: z.enum(['leave', 'jump']).default('leave'),
  /** Who comes here by an ordinary way before it is true goes on by a way of their own, or waits until it is. */
  ifNotYet: z.enum(['go-on', 'wait']).default('go-on'),
})

const atGoal: Port = { id: 'reached', label: 'Reached', tone: 'good' }
const notReached: Port = { id: 'not-reached', label: 'Not reached', tone: 'neutral' }

/** What the flow is for: watched everywhere, reached once per passage. It needs no way in. E-180 to E-183. */
export const goal = defineKind({
  type: 'goal',
  category: 'exit',
  rests: false,
  restsAs: ({ ifNotYet }) => ifNotYet === 'wait',
  version: 1,
  migrations: [],
  config: goalConfig,
  defaults: () => ({ v: 1, when: { combinator: 'and', rules: [] }, reached: 'leave', ifNotYet: 'go-on' }),
  ports: ({ reached, ifNotYet }) => [...(reached === 'jump' ? [atGoal] : []), ...(ifNotYet === 'go-on' ? [notReached] : [])],
  free: ({ reached }) => (reached === 'jump' ? [atGoal.id] : []),
  references: () => [],
  conditions: ({ when }) => [when],
  sentence: ({ when, reached }, catalog): Sentence => {
    const words: Sentence =
      when.rules.length === 0
        ? [missing('say what counts as reached')]
        : conditionSentence(when, catalog).flatMap((part, i) => (i === 0 ? [part] : [plain(' '), part]))
    return [plain(reached === 'leave' ? 'Leave as reached once ' : 'Come here once '), ...words]
  },
  check: ({ when, ifNotYet }, catalog) => {
    if (when.rules.length === 0) return [fault('goal.when', 'when', 'Say what counts as reached: add a condition.')]
    const compiled = compileCondition(when, catalog)
    if (!('ok' in compiled)) return compiled.issues.map((it) => ({ ...it, path: `when.${it.path}` }))
    if (ifNotYet === 'go-on') return []
    const say = 'Who comes here waits until the goal is reached, however long that takes. Let them go on, if they should not.'
    return [{ ...fault('goal.wait', 'ifNotYet', say), severity: 'warning' }]
  },
  compile: ({ when, reached: then, ifNotYet }, { nodeId, condition: ready }) => {
    const compiled = ready(when)
    const decide = (scope: StepScope) => arrive(scope, compiled, then, nodeId)
    const waits = (scope: StepScope): Outcome => decide(scope) ?? stay(scope, compiled)
    return {
      enter: (scope) => {
        const outcome = decide(scope)
        if (outcome) return outcome
        if (ifNotYet === 'wait') return stay(scope, compiled)
        return { do: 'leave', port: notReached.id, reason: { code: 'goal.not-yet', ...seen(scope, compiled) } }
      },
      due: waits,
      again: (scope) => {
        const next = waits(scope)
        // Asked after every item and step: only what has changed is said.
        return next.do === 'stay' && next.due === scope.enrolment.vars.here.until ? undefined : next
      },
      goal: { when: compiled, then },
      conditions: [],
    }
  },
})

const seen = (scope: StepScope, when: CompiledCondition) => ({
  rules: when.explain(scope).rules,
  now: scope.now,
  enteredAt: scope.enrolment.enteredAt,
})

/** Whoever is here and has reached it goes on, or leaves; undefined where it is not true. */
function arrive(scope: StepScope, when: CompiledCondition, then: 'leave' | 'jump', nodeId: string): Outcome | undefined {
  if (when.evaluate(scope).truth === true) {
    const reason = { code: 'goal.met', then, ...seen(scope, when) } as const
    return then === 'jump' ? { do: 'leave', port: atGoal.id, reason } : { do: 'end', how: 'reached', label: null, reason }
  }
  // Brought here by the goal itself, and something else has changed it back within the same moment: reached is reached.
  if (then === 'leave' || !scope.enrolment.vars.goals?.includes(nodeId)) return undefined
  return { do: 'leave', port: atGoal.id, reason: { code: 'goal.earlier', now: scope.now } }
}

/** Waits; time alone may make it true. */
function stay(scope: StepScope, when: CompiledCondition): Outcome {
  const { until } = when.evaluate(scope)
  const due = Number.isFinite(until) ? Math.max(until, scope.now + 1) : null
  return { do: 'stay', due, here: { until: due } }
}
