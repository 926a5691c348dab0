import { and, desc, eq, lt, or } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import { audit } from '../schema/workspace.ts'
import type { AuditAction } from './audit-actions.ts'

/** Who did something: a user, or (id null) the command line or Baton itself. */
export interface AuditActor {
  id: string | null
  name: string
}

export interface AuditEntry {
  at: number
  actor: AuditActor
  /** What was done, e.g. `user.role-changed`. */
  action: AuditAction
  subject: { kind: string; id: string }
  /** What changed, without personal data beyond what the subject's own page shows. */
  detail?: Readonly<Record<string, unknown>> | undefined
}

export interface AuditRow extends Omit<Required<AuditEntry>, 'action'> {
  id: string
  /** As it was noted, maybe by another version of Baton. */
  action: string
}

/** Notes a change of who gets what. Call it in the transaction of the change. */
export async function appendAudit(tx: Sql, entry: AuditEntry): Promise<void> {
  await tx.db.insert(audit).values({
    id: newId('aud'),
    at: entry.at,
    actorId: entry.actor.id,
    actorName: entry.actor.name,
    action: entry.action,
    subjectKind: entry.subject.kind,
    subjectId: entry.subject.id,
    detail: { ...entry.detail },
  })
}

export interface AuditQuery {
  /** Only of this subject. */
  subject?: { kind: string; id: string } | undefined
  /** The last row of the page before, to go on after it. */
  after?: { at: number; id: string } | undefined
  limit: number
}

/** The newest entries first. */
export async function listAudit(sql: Sql, { subject, after, limit }: AuditQuery): Promise<AuditRow[]> {
  const rows = await sql.db
    .select()
    .from(audit)
    .where(
      and(
        subject && and(eq(audit.subjectKind, subject.kind), eq(audit.subjectId, subject.id)),
        after && or(lt(audit.at, after.at), and(eq(audit.at, after.at), lt(audit.id, after.id))),
      ),
    )
    .orderBy(desc(audit.at), desc(audit.id))
    .limit(limit)
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actor: { id: row.actorId, name: row.actorName },
    action: row.action,
    subject: { kind: row.subjectKind, id: row.subjectId },
    detail: row.detail,
  }))
}
