import { zoneOf } from '../../../advance/scope.ts'
import type { CompiledTrigger } from '../../../kind.ts'
import { fault } from '../../base.ts'
import type { On } from '../schema.ts'
import { dateOf, momentAfter } from './moment.ts'
import type { Way } from './way.ts'

/** So far from a date of theirs. */
export function dateWay(on: On<'date'>): Way {
  const { field, amount, unit, side, time, yearly } = on
  const moment = { amount, unit, side, time, yearly }
  return {
    check: ({ fields }) => {
      if (field === null) return [fault('trigger.date', 'on.field', 'Choose the date field that lets people in.')]
      const known = fields.find((it) => it.key === field)
      return !known || known.type === 'date' || known.type === 'datetime'
        ? []
        : [fault('trigger.date', 'on.field', `“${known.label}” holds no dates. Choose a date field.`)]
    },
    compile: ({ catalog }) => ({ trigger: dated(field ?? '', moment, catalog.workspaceZone) }),
  }
}

const dated = (field: string, moment: Parameters<typeof momentAfter>[1], workspaceZone: string): CompiledTrigger => ({
  on: { kind: 'date', key: field },
  nextDate: ({ state: { person, related } }, after) => {
    const stored = Object.hasOwn(person.fields, field) ? person.fields[field] : undefined
    const value = dateOf(stored)
    if (!value || typeof stored !== 'string') return null
    const { zone, source } = zoneOf(person, workspaceZone, related)
    const at = momentAfter(value, moment, zone, after)
    if (at === null) return null
    return {
      at,
      match: { key: '', reason: { code: 'trigger.date', field, value: stored, ...moment, zone, zoneSource: source, target: at } },
    }
  },
})
