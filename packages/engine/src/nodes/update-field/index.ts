import { z } from 'zod'
import type { Catalog } from '../../catalog.ts'
import { defineKind } from '../../kind.ts'
import type { FieldDefinition } from '../../state/person.ts'
import { configBase, fault, faultAround, missing, onward, plain, strong } from '../base.ts'
import { fitsField } from './fits.ts'

export const updateFieldConfig = z.object({
  ...configBase(1),
  field: z.string().max(64).nullable(),
  action: z.discriminatedUnion('do', [
    z.object({ do: z.literal('set'), value: z.union([z.string().max(2000), z.number(), z.boolean()]).nullable() }),
    z.object({ do: z.literal('clear') }),
  ]),
})

/** By this field people are told apart: a flow never changes it. */
const IDENTITY = 'email'

/** Sets or clears a field of the contact. */
export const updateField = defineKind({
  type: 'update-field',
  category: 'action',
  rests: false,
  version: 1,
  migrations: [],
  config: updateFieldConfig,
  defaults: () => ({ v: 1, field: null, action: { do: 'set', value: null } }),
  ports: () => [onward],
  references: ({ field }) => (field === null ? [] : [{ kind: 'field', id: field }]),
  conditions: () => [],
  sentence: ({ field, action }, catalog) => {
    const found = fieldOf(field, catalog)
    const name = found ? strong(found.label) : missing('choose a field')
    if (action.do === 'clear') return [plain('Empty '), name]
    return [plain('Set '), name, plain(' to '), action.value === null ? missing('choose a value') : strong(shown(action.value))]
  },
  check: ({ field, action }, catalog) => {
    if (field === null) return [fault('field.field', 'field', 'Choose the field to change.')]
    if (field === IDENTITY) return [fault('field.identity', 'field', 'The e-mail address says who this is. Choose another field.')]
    if (action.do === 'clear') return []
    if (action.value === null) return [fault('field.value', 'action.value', 'Give the value, or choose to empty the field.')]
    const found = fieldOf(field, catalog)
    const say = found ? fitsField(found, action.value) : undefined
    return say === undefined ? [] : [faultAround('field.value', 'action.value', say)]
  },
  compile: ({ field, action }) => {
    const key = field ?? ''
    const after = action.do === 'set' ? action.value : null
    return {
      enter: ({ state }) => {
        const before = Object.hasOwn(state.person.fields, key) ? (state.person.fields[key] ?? null) : null
        return {
          do: 'leave',
          port: onward.id,
          reason: { code: 'field.set', key, before, after },
          effects: before === after ? [] : [{ do: 'set-field', key, value: after }],
        }
      },
      conditions: [],
    }
  },
})

const fieldOf = (key: string | null, catalog: Catalog): FieldDefinition | undefined => catalog.fields.find((it) => it.key === key)
const shown = (value: string | number | boolean) => (value === true ? 'yes' : value === false ? 'no' : String(value))
