import type { StepScope } from '../../kind.ts'
import type { FieldValue } from '../../state/person.ts'
import type { PersonReason } from '../../state/reasons/person.ts'
import { currentValue } from '../../values/fill.ts'
import type { FieldAction } from './schema.ts'
import { added, type FieldShape, type NewValue, nowFor, taken } from './value.ts'

/** What an action makes of a field, with all that it came from. */
export interface Change {
  after: FieldValue | null
  reason: PersonReason
}

/** An action on a field of a known shape, ready to be carried out. */
export function compileAction(action: FieldAction, field: FieldShape): (before: FieldValue | null, scope: StepScope) => Change {
  const { key, type } = field
  switch (action.do) {
    case 'set':
    case 'clear': {
      const after = action.do === 'set' ? action.value : null
      return (before) => ({ after, reason: { code: 'field.set', key, before, after } })
    }
    case 'copy':
    case 'carried': {
      const from = action.do === 'copy' ? 'contact' : 'carried'
      const of = (action.do === 'copy' ? action.from : action.key) ?? ''
      const options = type === 'choice' ? [...(field.options ?? [])] : undefined
      return (before, scope) => {
        const raw = currentValue({ from, key: of }, scope)
        const { after, kept } = outcome(taken(raw, field), before)
        return { after, reason: { code: 'field.copied', key, from, of, raw, type, options, before, after, kept } }
      }
    }
    case 'add': {
      const amount = action.amount ?? 0
      return (before) => {
        const { after, kept } = outcome(added(before, amount), before)
        return { after, reason: { code: 'field.added', key, amount, before, after, kept } }
      }
    }
    case 'now':
      return (before, scope) => {
        const { zone } = scope.zone
        const after = nowFor(type, scope.now, zone)
        return { after, reason: { code: 'field.now', key, type, zone, now: scope.now, before, after } }
      }
  }
}

const outcome = (made: NewValue, before: FieldValue | null) =>
  'kept' in made ? { after: before, kept: made.kept } : { after: made.value, kept: null }
