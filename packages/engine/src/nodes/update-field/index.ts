import type { Catalog } from '../../catalog.ts'
import type { Issue } from '../../check/issue.ts'
import { defineKind } from '../../kind.ts'
import type { Sentence, SentencePart } from '../../sentence.ts'
import type { FieldDefinition } from '../../state/person.ts'
import { fault, faultAround, missing, onward, plain, strong } from '../base.ts'
import { compileAction } from './compile.ts'
import { fitsField } from './fits.ts'
import { type FieldAction, updateFieldConfig } from './schema.ts'

/** By this field people are told apart: a flow never changes it. */
const IDENTITY = 'email'

/** Sets, copies, counts up or clears a field of the contact. */
export const updateField = defineKind({
  type: 'update-field',
  category: 'action',
  rests: false,
  version: 1,
  migrations: [],
  config: updateFieldConfig,
  defaults: () => ({ v: 1, field: null, action: { do: 'set', value: null } }),
  ports: () => [onward],
  references: ({ field, action }) =>
    [field, action.do === 'copy' ? action.from : null].flatMap((id) => (id === null ? [] : [{ kind: 'field' as const, id }])),
  conditions: () => [],
  takes: ({ action }) => (action.do === 'carried' && action.key ? [action.key] : []),
  sentence: ({ field, action }, catalog) => words(action, fieldOf(field, catalog), catalog),
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

function words(action: FieldAction, field: FieldDefinition | undefined, catalog: Catalog): Sentence {
  const name = field ? strong(field.label) : missing('choose a field')
  switch (action.do) {
    case 'clear':
      return [plain('Empty '), name]
    case 'set':
      return [plain('Set '), name, plain(' to '), action.value === null ? missing('choose a value') : strong(shown(action.value))]
    case 'copy':
      return [plain('Copy '), nameOf(action.from, catalog, 'choose a field'), plain(' into '), name]
    case 'carried':
      return [plain('Copy '), action.key ? strong(action.key) : missing('choose a value'), plain(' into '), name]
    case 'add': {
      const { amount } = action
      if (amount === null) return [plain('Add '), missing('how much'), plain(' to '), name]
      return [plain(amount < 0 ? 'Take ' : 'Add '), strong(String(Math.abs(amount))), plain(amount < 0 ? ' from ' : ' to '), name]
    }
    case 'now':
      return [plain('Set '), name, plain(' to '), strong(field?.type === 'date' ? 'today' : 'now')]
  }
}

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

const fieldOf = (key: string | null, catalog: Catalog): FieldDefinition | undefined => catalog.fields.find((it) => it.key === key)
const nameOf = (key: string | null, catalog: Catalog, open: string): SentencePart => {
  const found = fieldOf(key, catalog)
  return found ? strong(found.label) : missing(open)
}
const shown = (value: string | number | boolean) => (value === true ? 'yes' : value === false ? 'no' : String(value))
