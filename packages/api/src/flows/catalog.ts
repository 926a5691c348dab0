import { type Handle, type PlanRows, planRows, sendingOf } from '@baton/db'
import { type Catalog, emptyCatalog, type SendingRules } from '@baton/engine'

/** Everything a step may refer to, from the rows that plans are made of. */
export const catalogOf = ({
  flows,
  pastFlows,
  fields,
  segments,
  lists,
  templates,
  topics,
  teams,
  agreements,
  settings,
  calendars,
  forms,
  eventTypes,
  users,
  secrets,
  scoring,
}: PlanRows): Catalog => ({
  ...emptyCatalog(settings.zone),
  fields: fields.map(({ options, ...field }) => ({ ...field, ...(options ? { options } : {}) })),
  segments: [
    ...segments.map(({ id, name, condition }) => ({ id, name, condition })),
    ...lists.map(({ id, name }) => ({ id, name, list: true })),
  ],
  templates,
  topics,
  teams,
  agreements,
  sending: rulesOf(settings),
  mailing: { sender: settings.senderAddress !== '', postal: settings.postalAddress.trim() !== '' },
  dimensions: settings.dimensions,
  grade: scoring?.grade ?? null,
  calendars,
  flows: flows.map(({ id, name, liveVersion, startable }) => ({ id, name, version: liveVersion, startable })),
  pastFlows,
  forms,
  eventTypes,
  users,
  secrets,
})

/** What the gate asks of the workspace; what becomes of mail later is the sender's. */
function rulesOf(settings: PlanRows['settings']): SendingRules {
  const { caps, quiet } = sendingOf(settings)
  return { caps, quiet }
}

/** What exists around a flow now: the editor, the checks and the compiler read it alike. */
export const currentCatalog = async (db: Handle): Promise<Catalog> => catalogOf(await planRows(db))
