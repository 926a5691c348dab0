import { type Catalog, emptyCatalog, type FieldDefinition } from '@baton/engine'
import { storedDimension } from '../scores/model.ts'
import type { Bundle } from './schema.ts'

const text = (key: string, label: string): FieldDefinition => ({ key, label, type: 'text' })

/** The fields that every workspace has; the first migration makes them. */
export const SYSTEM_FIELDS: readonly FieldDefinition[] = [
  text('email', 'E-mail'),
  text('first_name', 'First name'),
  text('last_name', 'Last name'),
  text('phone', 'Phone'),
  text('company', 'Company'),
  text('job_title', 'Job title'),
  text('country', 'Country'),
  text('zone', 'Time zone'),
  text('language', 'Language'),
  { key: 'tags', label: 'Tags', type: 'tags' },
]

/** What the flows of a bundle may refer to: what it brings, and the fields that are everywhere. */
export function bundleCatalog({ fields, segments, templates, teams, dimensions, zone }: Bundle): Catalog {
  const own = new Set(fields.map((it) => it.key))
  return {
    ...emptyCatalog(zone),
    fields: [...SYSTEM_FIELDS.filter((it) => !own.has(it.key)), ...fields],
    segments: segments.map(({ id, name }) => ({ id, name })),
    templates: templates.map(({ id, name, purpose }) => ({ id, name, purpose })),
    teams,
    dimensions: dimensions.map((it) => storedDimension(it, undefined)),
  }
}
