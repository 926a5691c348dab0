import type { Ids } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import { bulk } from './turns/bulk.ts'
import type { Lane } from './turns/lane.ts'

/** What somebody of sales is told of a lead. */
export const leadNews = [
  'assigned',
  'resumed',
  'joined',
  'reminded',
  'taken',
  'breached',
  'escalated',
  'no-hours',
  'quiet',
  'moved-here',
  'moved-on',
  'to-marketing',
] as const
export type LeadNews = (typeof leadNews)[number]

/** The plain words of a note, for lists of what went out. Whoever delivers it says more. */
const WORDS: Readonly<Record<LeadNews, string>> = {
  assigned: 'A new lead is yours.',
  resumed: 'Time to try a lead again.',
  joined: 'A lead of yours asked again.',
  reminded: 'A lead of yours waits for an answer.',
  taken: 'A lead was given to somebody else.',
  breached: 'A lead was not worked in time.',
  escalated: 'A lead waits for a manager.',
  'no-hours': 'A lead has no deadline: its rep has no working hours.',
  quiet: 'A deal was taken back: nothing happened for long.',
  'moved-here': 'A manager gave you a lead.',
  'moved-on': 'A manager gave a lead of yours to somebody else.',
  'to-marketing': 'A manager took a lead of yours back to marketing.',
}

/** One note to one user. */
export interface LeadNote {
  handoffId: number
  what: LeadNews
  to: string
  /** Tells notes of the same kind about the same lead apart, e.g. the revision at which it happened. */
  nth: number
  at: number
  /** Whether also by e-mail, as the reader has chosen. */
  mail: boolean
  /** Facts of that moment: a deadline, who has it now. */
  data?: Readonly<Record<string, unknown>> | undefined
}

/** A call of a web address about a lead. */
export interface LeadCall {
  handoffId: number
  nth: number
  at: number
  url: string
  /** Name of the secret that signs it; null: none does. */
  secret: string | null
  body: Readonly<Record<string, unknown>>
}

/** Minutes during which a call is tried again: a day. */
const CALL_FOR = 1440

interface Row {
  bucket: number
  id: number
  handoff: number
  key: string
  kind: string
  payload: Readonly<Record<string, unknown>>
  at: number
}

/**
 * Asks for notes to users, and for calls, about leads: effects like any other, with keys of their own, so that each goes out once. Notes
 * about leads of a paused flow go out, too: sales is not paused.
 */
export async function tellOfLeads(
  tx: Sql,
  ids: Ids,
  { notes, calls = [] }: { notes: readonly LeadNote[]; calls?: readonly LeadCall[] | undefined },
  lane?: Lane,
): Promise<void> {
  const said = notes.map(({ handoffId, what, to, nth, at, mail, data }) => ({
    ...{ handoff: handoffId, key: `lead/${handoffId}/${what}/${nth}/${to}`, kind: 'notify', at },
    payload: { lead: handoffId, what, to: { kind: 'user', id: to }, inApp: true, email: mail, text: WORDS[what], data: data ?? {} },
  }))
  const called = calls.map(({ handoffId, nth, at, url, secret, body }) => ({
    ...{ handoff: handoffId, key: `lead/${handoffId}/call/${nth}`, kind: 'webhook', at },
    payload: { url, method: 'POST', headers: [], body, sign: secret, giveUpAfter: CALL_FOR },
  }))
  const all = [...said, ...called]
  if (all.length === 0) return
  const made = await ids.take(
    all.map((it) => it.handoff % 1024),
    tx,
  )
  const rows = all.map((it, i): Row => ({ ...it, bucket: it.handoff % 1024, id: made[i] ?? 0 }))
  await bulk(
    tx,
    lane ?? { kind: 'span', from: 0, to: 1023 },
    rows,
    'id bigint, handoff bigint, key text, kind text, payload jsonb, at bigint',
    (
      q,
    ) => `insert into effect (bucket, id, contact_id, key, kind, flow_id, object_key, entry, version, node, payload, status, at, next_attempt_at)
            select h.bucket, v.id, h.contact_id, v.key, v.kind, h.flow_id, h.object_key, h.entry, h.version, h.node, v.payload, 'queued', v.at, v.at
            from ${q.v} join handoff h on ${q.on('h')} and h.id = v.handoff on conflict (bucket, key) do nothing`,
  )
}

/** What a note about a lead says, as it is now. */
export interface LeadNoteFacts {
  id: number
  contactId: number
  state: string
  name: string
  company: string | null
  why: string
  repId: string | null
  repName: string | null
  teamId: string
  teamName: string | null
  deadline: number | null
}

/** A lead as a note tells of it; undefined where it or its person is gone. */
export async function leadNoteFacts(sql: Sql, id: number): Promise<LeadNoteFacts | undefined> {
  const [row] = await sql.query<LeadNoteFacts>(
    `select h.id, h.contact_id as "contactId", h.state,
            coalesce(nullif(trim(concat_ws(' ', c.facts->'f'->>'first_name', c.facts->'f'->>'last_name')), ''), c.facts->'f'->>'email', 'Somebody without a name') as name,
            c.facts->'f'->>'company' as company, h.packet->>'why' as why, h.rep_id as "repId", u.name as "repName",
            h.team_id as "teamId", t.name as "teamName", h.deadline
     from handoff h join contact c on c.bucket = h.bucket and c.id = h.contact_id left join "user" u on u.id = h.rep_id left join team t on t.id = h.team_id
     where h.bucket = $1::smallint and h.id = $2 and c.deleted_at is null`,
    [id % 1024, id],
  )
  return row
}

export type NotifyChoice = 'at-once' | 'hourly' | 'daily'

/** How somebody wants to be told; at once where nothing was chosen. */
export async function notifyChoice(sql: Sql, userId: string): Promise<NotifyChoice> {
  const [row] = await sql.query<{ notify: NotifyChoice }>('select notify from rep_setting where user_id = $1', [userId])
  return row?.notify ?? 'at-once'
}

/** Notes about leads of one reader that wait to be mailed together, the newest first. */
export interface Gathered {
  user: { id: string; name: string; email: string }
  notify: NotifyChoice
  toldUntil: number | null
  notes: { id: string; at: number; text: string; leadId: number }[]
}

/** Everybody for whom notes wait to be mailed, whatever they have chosen since; nobody to whom there is nothing to say. */
export async function gatheredNotes(sql: Sql): Promise<Gathered[]> {
  const rows = await sql.query<
    Gathered['user'] & Pick<Gathered, 'notify' | 'toldUntil'> & { note: string; at: number; text: string; leadId: number }
  >(
    `select u.id, u.name, u.email, coalesce(s.notify, 'at-once') as notify, s.told_until as "toldUntil",
            n.id as note, n.at, n.text, n.lead_id as "leadId"
     from notification n join "user" u on u.id = n.user_id left join rep_setting s on s.user_id = u.id
     where n.to_mail and n.lead_id is not null and u.active order by u.id, n.at desc, n.id desc`,
  )
  const all = new Map<string, Gathered>()
  for (const { id, name, email, notify, toldUntil, note, ...said } of rows) {
    const one = all.get(id) ?? { user: { id, name, email }, notify, toldUntil, notes: [] }
    one.notes.push({ id: note, ...said })
    all.set(id, one)
  }
  return [...all.values()]
}

/** These notes were mailed now. */
export async function noteTold(tx: Sql, { user, notes }: Gathered, now: number): Promise<void> {
  await tx.query('update rep_setting set told_until = $2 where user_id = $1', [user.id, now])
  await tx.query('update notification set to_mail = false where user_id = $1 and id = any($2::text[])', [user.id, notes.map((it) => it.id)])
}

/** Who decides for a team: its manager, else every sales manager, else every admin. Only those who may sign in. */
export async function managersOf(sql: Sql, teamId: string): Promise<string[]> {
  const rows = await sql.query<{ id: string; rank: number }>(
    `select u.id, case when t.manager_id = u.id then 0 when u.role = 'sales_manager' then 1 else 2 end as rank
     from "user" u left join team t on t.id = $1
     where u.active and (t.manager_id = u.id or u.role in ('sales_manager', 'admin')) order by 2, 1`,
    [teamId],
  )
  const first = rows[0]?.rank
  return rows.filter((row) => row.rank === first).map((row) => row.id)
}
