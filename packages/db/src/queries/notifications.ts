import type { Sql } from '../open/handle.ts'

/** Something a user should know, as the bell shows it. */
export interface Notification {
  id: string
  at: number
  text: string
  contactId: number | null
  flowId: string | null
  /** The lead it is about. */
  leadId: number | null
  readAt: number | null
}

export interface NewNotification extends Omit<Notification, 'readAt' | 'leadId'> {
  userId: string
  leadId?: number | undefined
  /** Whether it waits to be mailed with others. */
  toMail?: boolean | undefined
}

/** Tells users; what they were told by the same id is not told again. */
export async function addNotifications(tx: Sql, rows: readonly NewNotification[]): Promise<void> {
  if (rows.length === 0) return
  await tx.query(
    `insert into notification (id, user_id, at, text, contact_id, flow_id, lead_id, to_mail)
     select v.id, v."userId", v.at, v.text, v."contactId", v."flowId", v."leadId", coalesce(v."toMail", false)
     from json_to_recordset($1::json) as v(id text, "userId" text, at bigint, text text, "contactId" bigint, "flowId" text, "leadId" bigint,
       "toMail" boolean) on conflict do nothing`,
    [JSON.stringify(rows)],
  )
}

/** A user's own, the newest first; from `before` on back. */
export function notificationsOf(
  sql: Sql,
  userId: string,
  { before, limit }: { before: { at: number; id: string } | null; limit: number },
): Promise<Notification[]> {
  return sql.query(
    `select id, at, text, contact_id as "contactId", flow_id as "flowId", lead_id as "leadId", read_at as "readAt" from notification
     where user_id = $1 and ($2::bigint is null or (at, id) < ($2, $3)) order by at desc, id desc limit $4`,
    [userId, before?.at ?? null, before?.id ?? null, limit],
  )
}

/** How many of a user's own are new, at most a hundred. */
export async function unreadCount(sql: Sql, userId: string): Promise<number> {
  const rows = await sql.query('select 1 from notification where user_id = $1 and read_at is null limit 100', [userId])
  return rows.length
}

/** Marks a user's own as read: those named, or all up to an instant. */
export async function markRead(sql: Sql, userId: string, what: { ids: readonly string[] } | { upTo: number }, at: number): Promise<void> {
  if ('ids' in what) {
    await sql.query('update notification set read_at = $3 where user_id = $1 and id = any($2::text[]) and read_at is null', [
      userId,
      what.ids,
      at,
    ])
  } else
    await sql.query('update notification set read_at = $3 where user_id = $1 and at <= $2 and read_at is null', [userId, what.upTo, at])
}

/** Old ones that were read go after a while. */
export async function forgetNotifications(sql: Sql, readBefore: number): Promise<void> {
  await sql.query('delete from notification where read_at < $1', [readBefore])
}

/** Whom a note is for, as the workspace is now: one user, or the members of a team. Only those who may sign in. */
export function noteReaders(sql: Sql, to: { kind: 'user' | 'team'; id: string }): Promise<{ id: string; name: string; email: string }[]> {
  return to.kind === 'user'
    ? sql.query('select id, name, email from "user" where id = $1 and active', [to.id])
    : sql.query(
        `select u.id, u.name, u.email from team_member m join "user" u on u.id = m.user_id
         where m.team_id = $1 and m.active and u.active order by u.id`,
        [to.id],
      )
}
