import type { ContactHistory, LeadLine, TimelineEvent } from '@baton/db'
import { eventWords } from './event-words.ts'

/** What a happening is about, for its icon and words. */
export type HappeningKind =
  | 'handed-over'
  | 'assigned'
  | 'accepted'
  | 'rejected'
  | 'overflow'
  | 'call'
  | 'voicemail'
  | 'wrong-number'
  | 'no-answer'
  | 'wrote'
  | 'meeting'
  | 'note'
  | 'opportunity'
  | 'stage'
  | 'won'
  | 'lost'
  | 'given-back'
  | 'late'
  | 'taken-back'
  | 'resumed'
  | 'no-response'
  | 'joined'
  | 'mail'
  | 'page'
  | 'did'
  | 'told'
  | 'created'

/** Something that happened to a contact or that it did, ready to be worded by the page. */
export interface Happening {
  id: string
  at: number
  kind: HappeningKind
  /** For mail: what became of it; for the others the type of the event. */
  type: string
  /** The mail, page, flow or team it is about. */
  about: string | null
  /** Who of sales did it. */
  by: string | null
  /** A second line: reason, note, plain properties. */
  detail: string | null
  /** Points that it brought, in hundredths. */
  points: number | null
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

/** A new stage. What sales did of it is told by the hand-off. */
const STAGES: Readonly<Record<string, string>> = {
  name: 'Became a name again',
  lead: 'Became a lead',
  customer: 'Became a customer',
  disqualified: 'Was disqualified',
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** What mails are called: by the key or the id of the send, or by the template. */
export interface MailNames {
  byKey: ReadonlyMap<string, string>
  byTemplate: ReadonlyMap<string, string>
}

/** An event of a contact; null: it is told elsewhere, or nobody needs to know. */
export function happeningOf(event: Omit<TimelineEvent, 'receivedAt' | 'historic'>, names: MailNames): Happening | null {
  const { id, type, props, occurredAt: at, machine } = event
  const shared = { id, at, type, by: null, points: null, machine }
  // Hand-offs are told by themselves, with names.
  if (type.startsWith('sales.')) return null
  if (type === 'lifecycle.changed') {
    const about = STAGES[String(props.to)] ?? null
    return about === null ? null : { ...shared, kind: 'did', about, detail: null }
  }
  if (type === 'contact.created') return { ...shared, kind: 'created', about: null, detail: null }
  if (type.startsWith('mail.')) {
    const about = names.byTemplate.get(String(props.templateId)) ?? names.byKey.get(String(props.sendKey)) ?? null
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
  // What it was about belongs to the sentence: "Webinar attended: Month-end close".
  const subject = text(props.name) ?? text(props.title)
  const about = subject === null ? eventWords(type) : `${eventWords(type)}: ${subject}`
  return { ...shared, kind: 'did', about, detail: detailOf(props, ['name', 'title']) }
}

const amountOf = (value: unknown) => (typeof value === 'number' ? value.toLocaleString('en') : null)

/** Lines of a lead's log that are told, and how. Reminders, drafts and places in queues are nobody's news. */
const TOLD: Readonly<Record<string, (data: Readonly<Record<string, unknown>>) => Pick<Happening, 'kind' | 'about' | 'detail'>>> = {
  accepted: () => ({ kind: 'accepted', about: null, detail: null }),
  rejected: (data) => ({ kind: 'rejected', about: text(data.why), detail: text(data.note) }),
  call: (data) => ({ kind: 'call', about: null, detail: text(data.note) }),
  voicemail: (data) => ({
    kind: 'voicemail',
    about: typeof data.attempt === 'number' ? String(data.attempt) : null,
    detail: text(data.note),
  }),
  'wrong-number': (data) => ({ kind: 'wrong-number', about: null, detail: text(data.note) }),
  'no-answer': (data) => ({ kind: 'no-answer', about: null, detail: text(data.note) }),
  mail: (data) => ({ kind: 'wrote', about: text(data.subject), detail: null }),
  meeting: (data) => ({
    kind: 'meeting',
    about: typeof data.startsAt === 'number' ? String(data.startsAt) : null,
    detail: text(data.note),
  }),
  note: (data) => ({ kind: 'note', about: null, detail: text(data.note) }),
  opportunity: (data) => ({
    kind: 'opportunity',
    about: text(data.name),
    detail: [text(data.stage), amountOf(data.amount)].filter(Boolean).join(', '),
  }),
  stage: (data) => ({ kind: 'stage', about: text(data.stage), detail: null }),
  won: (data) => ({ kind: 'won', about: text(data.name), detail: amountOf(data.amount) }),
  lost: (data) => ({ kind: 'lost', about: text(data.why), detail: text(data.note) }),
  'given-back': (data) => ({ kind: 'given-back', about: null, detail: text(data.note) }),
  breached: (data) => ({ kind: 'late', about: text(data.repName), detail: null }),
  'clawed-back': (data) => ({ kind: 'taken-back', about: text(data.repName), detail: text(data.note) }),
  resumed: () => ({ kind: 'resumed', about: null, detail: null }),
  'no-response': () => ({ kind: 'no-response', about: null, detail: null }),
  joined: (data) => ({ kind: 'joined', about: null, detail: text(data.why) }),
}

function ofLine(line: LeadLine, flowNames: ReadonlyMap<string, string>): Happening | null {
  const told = TOLD[line.kind]?.(line.data)
  if (!told) return null
  const detail = told.detail === '' ? null : told.detail
  const about = line.kind === 'joined' ? (flowNames.get(String(line.data.flowId)) ?? null) : told.about
  const by = line.byId === null ? null : line.byName
  return { ...told, about, detail, id: `log/${line.id}`, at: line.at, type: line.kind, by, points: null, machine: false }
}

/** Why a rep got a lead, for who reads it later. */
const ROUTED: Readonly<Record<string, string>> = {
  rotation: 'By rotation',
  territory: 'By territory',
  owner: 'The account or an opportunity was theirs already',
  manager: 'By a manager’s hand',
}

function ofHandoff(
  handoff: ContactHistory['handoffs'][number],
  lines: readonly LeadLine[],
  flowNames: ReadonlyMap<string, string>,
): Happening[] {
  const flowName = flowNames.get(handoff.flowId) ?? null
  const { id, teamName, rejectReason, rejectNote } = handoff
  const shared = { type: handoff.state, points: null, machine: false }
  const given = lines.filter((line) => line.kind === 'assigned' || line.kind === 'reassigned')
  const all: Happening[] = [
    { ...shared, id: `${id}/handed`, at: handoff.createdAt, kind: 'handed-over', about: flowName, by: null, detail: null },
  ]
  for (const line of given) {
    const reason = line.data.reason
    const said = typeof reason === 'object' && reason !== null && 'code' in reason ? String(reason.code) : ''
    const code = line.kind === 'reassigned' ? 'manager' : said
    const by = text(line.data.repName) ?? handoff.repName
    all.push({ ...shared, id: `log/${line.id}`, at: line.at, kind: 'assigned', about: teamName, by, detail: ROUTED[code] ?? null })
  }
  // Leads from before there was a log are told from what is kept of them.
  if (given.length === 0 && handoff.assignedAt !== null)
    all.push({ ...shared, id: `${id}/given`, at: handoff.assignedAt, kind: 'assigned', about: teamName, by: handoff.repName, detail: null })
  if (handoff.answeredAt !== null && !lines.some((line) => line.kind === 'accepted' || line.kind === 'rejected')) {
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
  return [...all, ...lines.flatMap((line) => ofLine(line, flowNames) ?? [])]
}

/** Points by the instant at which what brought them came in. */
function pointsOf({ ledger }: ContactHistory): Map<number, number> {
  const points = new Map<number, number>()
  for (const line of ledger) points.set(line.at, (points.get(line.at) ?? 0) + line.points)
  return points
}

/** Everything that happened, the newest first. `log`: lines of all hand-offs of the contact. */
export function timelineOf(
  history: ContactHistory,
  log: readonly LeadLine[],
  flowNames: ReadonlyMap<string, string>,
  createdAt: number,
): Happening[] {
  const names: MailNames = {
    byKey: new Map(history.sends.flatMap(({ key, subject }) => (subject === null ? [] : [[key, subject] as const]))),
    byTemplate: new Map(
      history.sends.flatMap(({ templateId, templateName }) => (templateName === null ? [] : [[templateId, templateName] as const])),
    ),
  }
  const written = new Set(log.flatMap((line) => (line.kind === 'mail' ? [String(line.data.mail)] : [])))
  const points = pointsOf(history)
  const events = history.events.toReversed().flatMap((event) => {
    // A rep's mail is told once, as written.
    if (event.type === 'mail.sent' && written.has(String(event.props.sendKey))) return []
    const happening = happeningOf(event, names)
    if (!happening) return []
    const gained = points.get(event.receivedAt)
    points.delete(event.receivedAt)
    return [gained === undefined || gained === 0 ? happening : { ...happening, points: gained }]
  })
  // Oldest first, so that what happened at the same instant keeps its order when it is turned round.
  const happenings = [
    ...events,
    ...history.handoffs.toReversed().flatMap((one) => {
      const lines = log.filter((line) => line.handoffId === one.id).toReversed()
      return ofHandoff(one, lines, flowNames)
    }),
  ]
  if (!happenings.some((one) => one.kind === 'created'))
    happenings.unshift({
      ...{ id: 'created', at: createdAt, kind: 'created', type: 'created', about: null },
      ...{ by: null, detail: null, points: null, machine: false },
    })
  return happenings.sort((a, b) => a.at - b.at).toReversed()
}
