import { fold } from '@baton/leads'
import { compileCondition } from '../../../condition/compile.ts'
import type { CompiledCondition, ConditionScope } from '../../../condition/compiled.ts'
import type { Condition } from '../../../condition/schema.ts'
import type { FieldValue } from '../../../state/person.ts'
import { fault } from '../../base.ts'
import type { On, ValueRule } from '../schema.ts'
import type { Way } from './way.ts'

/** A field gets another value. */
export function fieldWay({ field, from, to }: On<'field'>): Way {
  const key = field ?? ''
  const parts = [
    { at: 'from', rule: from },
    { at: 'to', rule: to },
  ] as const
  return {
    check: (catalog) => {
      if (field === null) return [fault('trigger.field', 'on.field', 'Choose the field whose change lets people in.')]
      if (!catalog.fields.some((it) => it.key === field)) return []
      return parts.flatMap(({ at, rule }) => {
        const compiled = rule === null ? undefined : compileCondition(about(key, rule), catalog)
        if (!compiled || 'ok' in compiled) return []
        return compiled.issues.map((it) => ({ ...it, path: `on.${at}.${it.path.replace('rules.0.', '')}` }))
      })
    },
    compile: ({ condition }) => {
      const was = from === null ? undefined : condition(about(key, from))
      const is = to === null ? undefined : condition(about(key, to))
      return {
        conditions: [was, is].filter((it) => it !== undefined),
        trigger: {
          on: { kind: 'field', key },
          changed: (before, after, scope) => {
            const left = seen(was, scope, key, before)
            const right = seen(is, scope, key, after)
            if (!left || !right) return undefined
            return { key: '', reason: { code: 'trigger.field', field: key, before, after, from: left, to: right } }
          },
        },
      }
    },
  }
}

const about = (key: string, rule: ValueRule): Condition => ({ combinator: 'and', rules: [{ subject: { kind: 'field', key }, ...rule }] })

/** What the rule saw of the person as they were with this value; undefined where it does not hold. */
function seen(rule: CompiledCondition | undefined, scope: ConditionScope, key: string, value: FieldValue | number | null) {
  if (!rule) return []
  const { person } = scope.state
  const { [key]: _, ...fields } = person.fields
  const { [key]: __, ...folded } = person.folded
  const text = typeof value === 'string' && value !== '' ? { [key]: fold(value) } : {}
  const then = { ...person, fields: value === null ? fields : { ...fields, [key]: value }, folded: { ...folded, ...text } }
  const { truth, rules } = rule.explain({ ...scope, state: { ...scope.state, person: then } })
  return truth === true ? rules : undefined
}
