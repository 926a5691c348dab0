import type { Past } from '@baton/engine'
import type { Sql } from '../open/handle.ts'
import { type Lane, type Lot, loadStates, lot } from './turns/index.ts'

/** Types of events that are always needed: they say how somebody was before. */
const ALWAYS = ['lifecycle.changed', 'mail.bounced', 'mail.complained', 'mail.unsubscribed'] as const

/** What of the past is needed to play it again. */
export interface PastNeeds {
  flowId: string
  /** The window. */
  from: number
  until: number
  /** Event type → days of history before the window. */
  events: ReadonlyMap<string, number>
  mails: ReadonlySet<string>
  related: ReadonlySet<string>
  drawn: boolean
}

type Row<T> = T & { contactId: number }

/**
 * What is stored of contacts, as of now, with what a window of the past needs: by a few statements for all of them. Deleted and merged contacts
 * are not among them.
 */
export async function loadPasts(sql: Sql, lane: Lane, ids: readonly number[], needs: PastNeeds): Promise<Map<number, Past>> {
  const { flowId, from, until, mails, related, drawn } = needs
  const pasts = new Map<number, { -readonly [K in keyof Past]: Past[K] extends readonly (infer T)[] ? T[] : Past[K] }>()
  const events = new Map([...ALWAYS.map((type) => [type, 0] as const), ...needs.events])
  for (const [id, state] of await loadStates(sql, lane, ids, { events, now: from, horizon: null, mails, related, drawn })) {
    pasts.set(id, { state, sends: [], handoffs: [], consents: [], entries: [], entered: 0 })
  }
  if (pasts.size === 0) return pasts
  const wanted = [...pasts.keys()].map((id) => ({ bucket: id % 1024, id }))
  const ask = <T extends object>(text: (q: Lot) => string) => {
    const q = lot(lane, wanted, 'id bigint')
    const statement = text(q)
    return sql.query<Row<T>>(statement, q.params)
  }
  for (const { contactId, ...row } of await ask<Past['sends'][number]>(
    (
      q,
    ) => `select s.contact_id as "contactId", s.key, s.template_id as "templateId", s.at, s.status, s.purpose, s.topic, s.flow_id as "flowId",
                   s.node, s.sent_at as "sentAt"
            from ${q.v} join send s on ${q.on('s')} and s.contact_id = v.id
            where s.at >= ${q.add(from)} and s.at <= ${q.add(until)} order by s.at, s.key collate "C"`,
  ))
    pasts.get(contactId)?.sends.push(row)
  for (const { contactId, acceptedAt, rejectReason, rejectNote, ...row } of await ask<
    Omit<Past['handoffs'][number], 'answer' | 'why' | 'note'> & {
      acceptedAt: number | null
      rejectReason: string | null
      rejectNote: string | null
    }
  >(
    (q) => `select h.contact_id as "contactId", h.key, h.flow_id as "flowId", h.team_id as "teamId", h.created_at as "createdAt",
                   h.assigned_at as "assignedAt", h.answered_at as "answeredAt", h.closed_at as "closedAt", h.accepted_at as "acceptedAt",
                   h.reject_reason as "rejectReason", h.reject_note as "rejectNote"
            from ${q.v} join handoff h on ${q.on('h')} and h.contact_id = v.id order by h.created_at, h.key collate "C"`,
  )) {
    const answeredAt = acceptedAt ?? row.answeredAt
    const answer = answeredAt === null ? null : acceptedAt === null && rejectReason !== null ? 'rejected' : 'accepted'
    pasts.get(contactId)?.handoffs.push({ ...row, answeredAt, answer, why: rejectReason, note: rejectNote })
  }
  for (const { contactId, ...row } of await ask<Past['consents'][number]>(
    (q) => `select l.contact_id as "contactId", l.topic, l.given, l.at
            from ${q.v} join consent_log l on ${q.on('l')} and l.contact_id = v.id order by l.at, l.seq`,
  ))
    pasts.get(contactId)?.consents.push(row)
  for (const { contactId, node, code, data, ...row } of await ask<Entry>(
    (q) => `select e.contact_id as "contactId", e.key, e.entered_at as at, e.vars -> 'data' as data, j.node, j.code
            from ${q.v} join enrolment e on ${q.on('e')} and e.contact_id = v.id
            left join lateral (select f.steps -> 0 ->> 'node' as node, f.steps -> 0 -> 'reason' ->> 'code' as code from journal f
              where f.bucket = e.bucket and f.enrolment_id = e.id order by f.seq limit 1) j on true
            where e.flow_id = ${q.add(flowId)} and e.entered_at >= ${q.add(from)} and e.entered_at <= ${q.add(until)}
            order by e.entered_at, e.key collate "C", e.entry`,
  )) {
    const past = pasts.get(contactId)
    if (!past) continue
    past.entered++
    // What the flow listens to lets in again by itself.
    if (node !== null && code !== null && ASKED.has(code)) past.entries.push({ ...row, node, data: data ?? undefined })
  }
  return pasts
}

interface Entry {
  key: string
  at: number
  data: Past['entries'][number]['data'] | null
  node: string | null
  code: string | null
}

/** Somebody, a program or another flow let them in. */
const ASKED: ReadonlySet<string> = new Set(['trigger.manual', 'trigger.api', 'trigger.flow'])
