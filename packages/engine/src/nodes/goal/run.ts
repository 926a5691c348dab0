import { compileCondition } from '../../condition/compile.ts'
import type { CompiledCondition } from '../../condition/compiled.ts'
import { defineRun, type Outcome, type StepScope } from '../../kind.ts'
import { fault } from '../base.ts'
import { atGoal, goal, notReached } from './index.ts'

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

/** What its settings must be, and what it does. */
export const goalRun = defineRun(goal, {
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
