import { type Handle, type PlanRows, planRows } from '@baton/db'
import { type Catalog, emptyCatalog } from '@baton/engine'

/** Everything a step may refer to, from the rows that plans are made of. */
export const catalogOf = ({ fields, segments, templates, teams, settings, eventTypes, secrets }: PlanRows): Catalog => ({
  ...emptyCatalog(settings.zone),
  fields: fields.map(({ options, ...field }) => ({ ...field, ...(options ? { options } : {}) })),
  segments: segments.map(({ id, name }) => ({ id, name })),
  templates,
  teams,
  dimensions: settings.dimensions,
  eventTypes,
  secrets,
})

/** What exists around a flow now: the editor, the checks and the compiler read it alike. */
export const currentCatalog = async (db: Handle): Promise<Catalog> => catalogOf(await planRows(db))
