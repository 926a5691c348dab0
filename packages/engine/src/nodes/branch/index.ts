import { z } from 'zod'
import { compileCondition } from '../../condition/compile.ts'
import { condition } from '../../condition/schema.ts'
import { defineKind, type Port } from '../../kind.ts'
import { UNDECIDED } from '../../state/result.ts'
import { configBase, fault, plain, strong } from '../base.ts'

const OTHERWISE: Port = { id: 'otherwise', label: 'Otherwise', tone: 'neutral' }

export const branchConfig = z.object({
  ...configBase(1),
  /** In order; the first that is true is taken. `id` is the port and stays when the name changes. */
  cases: z.array(z.object({ id: z.string().min(1).max(64), name: z.string().max(80), when: condition })).max(50),
})

/** Whether any case that was looked at could not be decided; whoever came in before that case was asked does not count. */
const unknownIn = (seen: readonly { truth: boolean | null }[]): { unknown?: true } =>
  seen.some((it) => it.truth === null) ? { unknown: true } : {}

/** Ordered cases, first match wins; what is unknown matches nothing and is counted. */
export const branch = defineKind({
  type: 'branch',
  category: 'logic',
  rests: false,
  version: 1,
  migrations: [],
  config: branchConfig,
  defaults: () => ({ v: 1, cases: [{ id: 'case-1', name: 'Yes', when: { combinator: 'and', rules: [] } }] }),
  ports: ({ cases }) => [...cases.map(({ id, name }, i): Port => ({ id, label: name.trim() || `Case ${i + 1}`, tone: 'good' })), OTHERWISE],
  references: () => [],
  conditions: ({ cases }) => cases.map((it) => it.when),
  sentence: ({ cases }) => {
    const names = cases.map(({ name }, i) => strong(name.trim() || `Case ${i + 1}`))
    return [plain('Which way: '), ...names.flatMap((name, i) => (i === 0 ? [name] : [plain(', '), name])), plain(', or otherwise')]
  },
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
        const at = { now: scope.now, enteredAt: scope.enteredAt ?? scope.enrolment.enteredAt }
        for (const { id, when } of ready) {
          const verdict = when.explain(scope)
          seen.push({ id, ...verdict })
          if (verdict.truth === true)
            return { do: 'leave', port: id, reason: { code: 'branch.case', case: id, cases: seen, ...at }, ...unknownIn(seen) }
        }
        return { do: 'leave', port: OTHERWISE.id, reason: { code: 'branch.otherwise', cases: seen, ...at }, ...unknownIn(seen) }
      },
      conditions: ready.map((it) => it.when),
    }
  },
})
