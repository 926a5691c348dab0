import type { Catalog } from '../../catalog.ts'
import { defineKind } from '../../kind.ts'
import type { Sentence, SentencePart } from '../../sentence.ts'
import type { FieldDefinition } from '../../state/person.ts'
import { missing, onward, plain, strong } from '../base.ts'
import { type FieldAction, updateFieldConfig } from './schema.ts'

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
  changes: ({ field }) => (field === null ? [] : [{ kind: 'field', id: field }]),
  takes: ({ action }) => (action.do === 'carried' && action.key ? [action.key] : []),
  sentence: ({ field, action }, catalog) => words(action, fieldOf(field, catalog), catalog),
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

export const fieldOf = (key: string | null, catalog: Catalog): FieldDefinition | undefined => catalog.fields.find((it) => it.key === key)
const nameOf = (key: string | null, catalog: Catalog, open: string): SentencePart => {
  const found = fieldOf(key, catalog)
  return found ? strong(found.label) : missing(open)
}
const shown = (value: string | number | boolean) => (value === true ? 'yes' : value === false ? 'no' : String(value))
