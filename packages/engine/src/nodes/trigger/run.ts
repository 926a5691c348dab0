import { defineRun, type StepScope } from '../../kind.ts'
import { onward } from '../base.ts'
import { trigger } from './index.ts'
import { wayOf } from './ways/index.ts'

/** What its settings must be, and what it does. */
export const triggerRun = defineRun(trigger, {
  check: ({ on }, catalog) => wayOf(on).check(catalog),
  compile: ({ on }, tools) => {
    const enter = (scope: StepScope) => ({
      do: 'leave' as const,
      port: onward.id,
      reason: scope.enrolment.vars.entered ?? { code: 'trigger.manual' as const, by: { kind: 'system' as const, id: 'baton' } },
    })
    const { trigger: lets, conditions = [] } = wayOf(on).compile(tools)
    return { enter, due: enter, trigger: lets, conditions }
  },
})
