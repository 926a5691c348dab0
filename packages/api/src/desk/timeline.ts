import type { ContactHistory, TimelineEvent } from '@baton/db'

/** Something that happened to a contact or that it did, ready to be worded by the page. */
export interface Happening {
  id: string
  at: number
  kind: 'handed-over' | 'assigned' | 'accepted' | 'rejected' | 'overflow' | 'mail' | 'page' | 'did' | 'told' | 'created'
  /** For mail: what became of it; for the others the type of the event. */
  type: string
  /** The mail, page, flow or team it is about. */
  about: string | null
  /** Who of sales did it. */
  by: string | null
  /** A second line: reason, note, plain properties. */
  detail: string | null
  machine: boolean
}

const MAX_DETAIL = 160

const plain = (value: unknown) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** Plain properties as one line; ids and addresses of requests are for machines. */
function detailOf(props: Readonly<Record<string, unknown>>, except: readonly string[] = []): string | null {
  const parts = Object.entries(props)
    .filter(([key, value]) => plain(value) && value !== '' && !except.includes(key) && !/(^|_)id$|Id$/.test(key))
    .map(([key, value]) => `${key}: ${String(value)}`)
  const text = parts.join(', ')
  return text === '' ? null : text.length > MAX_DETAIL ? `${text.slice(0, MAX_DETAIL - 1)}…` : text
}

/** Clients name the viewing of a page in many ways. */
const PAGE = /^(page|screen)([ ._-]?view(ed)?)?$/i

/** An event's name as words: `demo.requested` reads Demo requested. */
function eventWords(type: string): string {
  const words = type
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[._-]+/g, ' ')
    .trim()
    .toLowerCase()
  return words === '' ? type : `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

/** A new stage. That sales accepted is told by the hand-off. */
const STAGES: Readonly<Record<string, string>> = {
  name: 'Became a name again',
  lead: 'Became a lead',
  opportunity: 'Became an opportunity',
  customer: 'Became a customer',
  disqualified: 'Was disqualified',
  lost: 'Was lost',
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

function ofEvent(event: TimelineEvent, templates: ReadonlyMap<string, string>): Happening | null {
  const { id, type, props, occurredAt: at, machine } = event
  const shared = { id, at, type, by: null, machine }
  // Hand-offs are told by themselves, with names.
  if (type.startsWith('sales.')) return null
  if (type === 'lifecycle.changed') {
    const about = STAGES[String(props.to)] ?? null
    return about === null ? null : { ...shared, kind: 'did', about, detail: null }
  }
  if (type === 'contact.created') return { ...shared, kind: 'created', about: null, detail: null }
  if (type.startsWith('mail.')) {
    const about = templates.get(String(props.templateId)) ?? null
    return { ...shared, kind: 'mail', about, detail: text(props.url) }
  }
  if (PAGE.test(type)) {
    const about = text(props.name) ?? text(props.title) ?? text(props.path) ?? text(props.url)
    return { ...shared, kind: 'page', about, detail: null }
  }
  if (type === 'identify' || type === 'alias' || type === 'group') return { ...shared, kind: 'told', about: null, detail: null }
  if (type === 'form.submitted') {
    const detail = detailOf(props, ['form', 'formName', 'page', 'email'])
    return { ...shared, kind: 'did', about: `Sent the form ${text(props.formName) ?? ''}`.trim(), detail }
  }
  if (type === 'consent.confirmed') return { ...shared, kind: 'did', about: 'Confirmed by mail that we may write', detail: null }
  return { ...shared, kind: 'did', about: /[A-Z ]/.test(type) && !/[._]/.test(type) ? type : eventWords(type), detail: detailOf(props) }
}

function ofHandoff(handoff: ContactHistory['handoffs'][number], flowName: string | null): Happening[] {
  const { id, teamName, repName: by, rejectReason, rejectNote } = handoff
  const shared = { type: handoff.state, machine: false }
  const all: Happening[] = [
    { ...shared, id: `${id}/handed`, at: handoff.createdAt, kind: 'handed-over', about: flowName, by: null, detail: null },
  ]
  if (handoff.assignedAt !== null)
    all.push({ ...shared, id: `${id}/given`, at: handoff.assignedAt, kind: 'assigned', about: teamName, by, detail: null })
  if (handoff.answeredAt !== null) {
    const rejected = rejectReason !== null
    all.push({
      ...shared,
      id: `${id}/answered`,
      at: handoff.answeredAt,
      kind: rejected ? 'rejected' : 'accepted',
      about: rejectReason,
      by: handoff.answeredByName,
      detail: rejectNote,
    })
  }
  if (handoff.state === 'overflow')
    all.push({ ...shared, id: `${id}/overflow`, at: handoff.createdAt, kind: 'overflow', about: teamName, by: null, detail: null })
  return all
}

/** Everything that happened, the newest first. */
export function timelineOf(history: ContactHistory, flowNames: ReadonlyMap<string, string>, createdAt: number): Happening[] {
  const templates = new Map(history.sends.flatMap((send) => (send.templateName === null ? [] : [[send.templateId, send.templateName]])))
  // Oldest first, so that what happened at the same instant keeps its order when it is turned round.
  const happenings = [
    ...history.events.toReversed().flatMap((event) => ofEvent(event, templates) ?? []),
    ...history.handoffs.toReversed().flatMap((one) => ofHandoff(one, flowNames.get(one.flowId) ?? null)),
  ]
  if (!happenings.some((one) => one.kind === 'created'))
    happenings.unshift({
      id: 'created',
      at: createdAt,
      kind: 'created',
      type: 'created',
      about: null,
      by: null,
      detail: null,
      machine: false,
    })
  return happenings.sort((a, b) => a.at - b.at).toReversed()
}
