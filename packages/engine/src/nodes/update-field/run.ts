import type { Issue } from '../../check/issue.ts'
import { defineRun } from '../../kind.ts'
import type { FieldDefinition } from '../../state/person.ts'
import { fault, faultAround, onward } from '../base.ts'
import { compileAction } from './compile.ts'
import { fitsField } from './fits.ts'
import { fieldOf, updateField } from './index.ts'
import type { FieldAction } from './schema.ts'

/** By this field people are told apart: a flow never changes it. */
const IDENTITY = 'email'

function checkAction(action: FieldAction, field: FieldDefinition | undefined): Omit<Issue, 'nodes'>[] {
  switch (action.do) {
    case 'clear':
      return []
    case 'set': {
      if (action.value === null) return [fault('field.value', 'action.value', 'Give the value, or choose to empty the field.')]
      const say = field ? fitsField(field, action.value) : undefined
      return say === undefined ? [] : [faultAround('field.value', 'action.value', say)]
    }
    case 'copy':
      if (action.from === null) return [fault('field.from', 'action.from', 'Choose the field to copy from.')]
      return action.from === field?.key
        ? [fault('field.from', 'action.from', 'This would copy the field onto itself. Choose another.')]
        : []
    case 'carried':
      return action.key ? [] : [fault('field.from', 'action.key', 'Choose what to copy, by the name under which it is carried.')]
    case 'add': {
      const { amount } = action
      const fine = amount !== null && amount !== 0 && Math.abs(amount) <= LARGEST
      const number = !field || field.type === 'number'
      return [
        ...(fine ? [] : [fault('field.amount', 'action.amount', 'Give the number to add: other than 0; a negative one takes away.')]),
        ...(number ? [] : [faultAround('field.amount', 'field', `Only numbers can be counted up. ${field.label} is none.`)]),
      ]
    }
    case 'now':
      return !field || field.type === 'date' || field.type === 'datetime'
        ? []
        : [faultAround('field.now', 'field', `${field.label} holds no date. Choose a date field.`)]
  }
}

/** The largest step by which a number is counted. */
const LARGEST = 1_000_000_000

/** What its settings must be, and what it does. */
export const updateFieldRun = defineRun(updateField, {
  check: ({ field, action }, catalog) => {
    if (field === null) return [fault('field.field', 'field', 'Choose the field to change.')]
    if (field === IDENTITY) return [fault('field.identity', 'field', 'The e-mail address says who this is. Choose another field.')]
    return checkAction(action, fieldOf(field, catalog))
  },
  compile: ({ field: key, action }, { catalog }) => {
    // Of a field that is gone nobody knows the type any more: a text takes whatever was chosen for it.
    const field = fieldOf(key, catalog) ?? { key: key ?? '', type: 'text' as const }
    const change = compileAction(action, field)
    return {
      enter: (scope) => {
        const { fields } = scope.state.person
        const before = Object.hasOwn(fields, field.key) ? (fields[field.key] ?? null) : null
        const { after, reason } = change(before, scope)
        const same = before === after
        return { do: 'leave', port: onward.id, reason, effects: same ? [] : [{ do: 'set-field', key: field.key, value: after }] }
      },
      conditions: [],
    }
  },
})
