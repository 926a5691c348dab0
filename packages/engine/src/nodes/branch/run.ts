import { compileCondition } from '../../condition/compile.ts'
import { defineRun } from '../../kind.ts'
import { UNDECIDED } from '../../state/result.ts'
import { fault } from '../base.ts'
import { branch, OTHERWISE } from './index.ts'

/** Whether any case that was looked at could not be decided; whoever came in before that case was asked does not count. */
const unknownIn = (seen: readonly { truth: boolean | null }[]): true | undefined => seen.some((it) => it.truth === null) || undefined

/** What its settings must be, and what it does. */
export const branchRun = defineRun(branch, {
  check: ({ cases }, catalog) => {
    if (cases.length === 0) return [fault('branch.cases', 'cases', 'Add a case, or take this step away: everybody goes the same way.')]
    const ids = cases.map((it) => it.id)
    return cases.flatMap(({ id, name, when }, i) => {
      const twice = id === OTHERWISE.id || id === UNDECIDED || ids.indexOf(id) !== i
      const shown = name.trim() || `Case ${i + 1}`
      if (twice) return [fault('branch.id', `cases.${i}`, `Two cases share one way. Remove ${shown} and add it again.`)]
      if (when.rules.length === 0) return [fault('branch.when', `cases.${i}.when`, `Say who goes to ${shown}: add a condition.`)]
      const compiled = compileCondition(when, catalog)
      return 'ok' in compiled ? [] : compiled.issues.map((it) => ({ ...it, path: `cases.${i}.when.${it.path}` }))
    })
  },
  compile: ({ cases }, tools) => {
    const ready = cases.map(({ id, when }) => ({ id, when: tools.condition(when) }))
    return {
      enter: (scope) => {
        const seen: { id: string; truth: boolean | null; rules: ReturnType<(typeof ready)[number]['when']['explain']>['rules'] }[] = []
        const { now, enteredAt: entered } = scope
        const enteredAt = entered ?? scope.enrolment.enteredAt
        for (const { id, when } of ready) {
          const { truth, rules } = when.explain(scope)
          seen.push({ id, truth, rules })
          if (truth === true)
            return {
              do: 'leave',
              port: id,
              reason: { code: 'branch.case', case: id, cases: seen, now, enteredAt },
              unknown: unknownIn(seen),
            }
        }
        return {
          do: 'leave',
          port: OTHERWISE.id,
          reason: { code: 'branch.otherwise', cases: seen, now, enteredAt },
          unknown: unknownIn(seen),
        }
      },
      conditions: ready.map((it) => it.when),
    }
  },
})
