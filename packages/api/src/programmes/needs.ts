import { type Catalog, referencesOf } from '@baton/engine'
import type { Programme } from './index.ts'

/**
 * Something that a programme works with. `here`: the workspace has it and it stays as it is. `made`: it comes along as a draft. `choose`: only
 * the user can say. `outside`: an event that has not come in yet.
 */
export interface Need {
  kind: 'mail' | 'segment' | 'list' | 'field' | 'form' | 'team' | 'event'
  name: string
  state: 'here' | 'made' | 'choose' | 'outside'
  /** What else is worth knowing: the subject of a mail, or what does not fit. */
  detail: string | null
}

/** Events that Baton makes by itself. */
const OWN = /^(?:mail|sales|lifecycle|form|contact)\./

/** What a programme will need in this workspace, and what of it is there. */
export function needsOf({ bundle, flow }: Programme, catalog: Catalog): Need[] {
  const state = (found: unknown): Need['state'] => (found === undefined ? 'made' : 'here')
  const mails = bundle.templates.map(({ id, name, subject }): Need => {
    const known = catalog.templates.find((it) => it.id === id)
    const detail = known?.archived ? 'It was put away here. Take it out again under Messages.' : subject
    return { kind: 'mail', name: known?.name ?? name, state: state(known), detail }
  })
  const segments = bundle.segments.map(({ id, name, list }): Need => {
    const known = catalog.segments.find((it) => it.id === id)
    return { kind: list ? 'list' : 'segment', name: known?.name ?? name, state: state(known), detail: null }
  })
  const fields = bundle.fields.map(({ key, label, type }): Need => {
    const known = catalog.fields.find((it) => it.key === key)
    const other = known !== undefined && known.type !== type
    const detail = other ? `It holds another kind of value here (${known.type}). Steps that use it will say so.` : null
    return { kind: 'field', name: known?.label ?? label, state: state(known), detail }
  })
  const forms = bundle.forms.map(({ id, name }): Need => {
    const known = catalog.forms.find((it) => it.id === id)
    return { kind: 'form', name: known?.name ?? name, state: state(known), detail: null }
  })
  const teams = bundle.teams.map((): Need => ({ kind: 'team', name: 'A sales team', state: 'choose', detail: null }))
  const events = referencesOf(flow.graph).flatMap(({ kind, id }): Need[] => {
    if (kind !== 'event' || OWN.test(id)) return []
    const seen = catalog.eventTypes.includes(id)
    return [{ kind: 'event', name: id, state: seen ? 'here' : 'outside', detail: null }]
  })
  return [...teams, ...mails, ...segments, ...fields, ...forms, ...events]
}
