import { isInstant, realDate } from '../../condition/calendar.ts'
import type { FieldDefinition } from '../../state/person.ts'

/** What is wrong with a value for a field, in words that say what to do; undefined if it fits. E-62. */
export function fitsField(field: FieldDefinition, value: string | number | boolean): string | undefined {
  switch (field.type) {
    case 'text':
      return typeof value === 'string' && value !== '' ? undefined : `Give a text for ${field.label}, or choose to empty it.`
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : `Give a number for ${field.label}.`
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `Choose yes or no for ${field.label}.`
    case 'date':
      return typeof value === 'string' && realDate(value) ? undefined : `Give a date such as 2026-05-31 for ${field.label}.`
    case 'datetime':
      return typeof value === 'string' && isInstant(value) && !Number.isNaN(Date.parse(value))
        ? undefined
        : `Give a date and time for ${field.label}.`
    case 'tags':
      return `${field.label} holds tags. Use the step that adds and takes away tags.`
    case 'choice':
      return typeof value === 'string' && (field.options === undefined || field.options.includes(value))
        ? undefined
        : `Choose one of the values of ${field.label}.`
  }
}
