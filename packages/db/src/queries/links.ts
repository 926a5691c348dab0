import { and, desc, eq, gt, isNull, lt, or } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import { invitation, type Role, signInLink } from '../schema/auth.ts'

/** What a link lets its bearer do. The token itself is never stored, only its hash. */
export type LinkPurpose =
  /** Become the first admin; only while there is no user. */
  | { kind: 'first' }
  /** Join with this address and role. */
  | { kind: 'invitation'; id: string; email: string; role: Role }
  /** Choose a new password. */
  | { kind: 'reset'; userId: string }

const open = (now: number) => and(isNull(invitation.acceptedAt), isNull(invitation.revokedAt), gt(invitation.expiresAt, now))
const unused = (now: number) => and(isNull(signInLink.usedAt), gt(signInLink.expiresAt, now))

/** What an unused link is for; undefined when it is unknown, used, withdrawn or too old. Changes nothing. */
export async function findLink(sql: Sql, { tokenHash, now }: { tokenHash: string; now: number }): Promise<LinkPurpose | undefined> {
  const [link] = await sql.db
    .select()
    .from(signInLink)
    .where(and(eq(signInLink.tokenHash, tokenHash), unused(now)))
  if (link) return link.userId === null ? { kind: 'first' } : { kind: 'reset', userId: link.userId }
  const [invited] = await sql.db
    .select({ id: invitation.id, email: invitation.email, role: invitation.role })
    .from(invitation)
    .where(and(eq(invitation.tokenHash, tokenHash), open(now)))
  return invited && { kind: 'invitation', ...invited }
}

/**
 * Uses a link up: of several callers at once exactly one is told what it is for. Using a first link uses up all of them.
 * Call it in the transaction of what the link allows.
 */
export async function takeLink(tx: Sql, { tokenHash, now }: { tokenHash: string; now: number }): Promise<LinkPurpose | undefined> {
  const purpose = await findLink(tx, { tokenHash, now })
  if (!purpose) return undefined
  if (purpose.kind === 'invitation') {
    const taken = await tx.db
      .update(invitation)
      .set({ acceptedAt: now })
      .where(and(eq(invitation.id, purpose.id), open(now)))
      .returning({ id: invitation.id })
    return taken.length > 0 ? purpose : undefined
  }
  const same = purpose.kind === 'first' ? isNull(signInLink.userId) : eq(signInLink.userId, purpose.userId)
  const taken = await tx.db
    .update(signInLink)
    .set({ usedAt: now })
    .where(and(same, unused(now)))
    .returning({ tokenHash: signInLink.tokenHash })
  return taken.some((row) => row.tokenHash === tokenHash) ? purpose : undefined
}

/** Stores a sign-in link. @param link.userId null: it makes the first admin */
export async function addSignInLink(
  tx: Sql,
  link: { tokenHash: string; userId: string | null; createdAt: number; expiresAt: number },
): Promise<void> {
  await tx.db.insert(signInLink).values(link)
}

export interface InvitationRow {
  id: string
  email: string
  role: Role
  createdAt: number
  expiresAt: number
}

/** Stores an invitation; an earlier open one to the same address stops working. */
export async function addInvitation(
  tx: Sql,
  made: { email: string; role: Role; tokenHash: string; invitedBy: string; createdAt: number; expiresAt: number },
): Promise<InvitationRow> {
  await tx.db
    .update(invitation)
    .set({ revokedAt: made.createdAt })
    .where(and(eq(invitation.email, made.email), open(made.createdAt)))
  const id = newId('inv')
  await tx.db.insert(invitation).values({ id, ...made })
  return { id, email: made.email, role: made.role, createdAt: made.createdAt, expiresAt: made.expiresAt }
}

/** Invitations that can still be accepted, the newest first. */
export function openInvitations(sql: Sql, now: number): Promise<InvitationRow[]> {
  const { id, email, role, createdAt, expiresAt } = invitation
  return sql.db.select({ id, email, role, createdAt, expiresAt }).from(invitation).where(open(now)).orderBy(desc(createdAt), desc(id))
}

/** @returns the address that was invited; undefined when there is no such open invitation */
export async function revokeInvitation(tx: Sql, { id, now }: { id: string; now: number }): Promise<string | undefined> {
  const [row] = await tx.db
    .update(invitation)
    .set({ revokedAt: now })
    .where(and(eq(invitation.id, id), open(now)))
    .returning({ email: invitation.email })
  return row?.email
}

/** Removes links and invitations that can no longer be used. @returns how many */
export async function dropDeadLinks(tx: Sql, now: number): Promise<number> {
  const links = await tx.db
    .delete(signInLink)
    .where(or(lt(signInLink.expiresAt, now), lt(signInLink.usedAt, now)))
    .returning({ tokenHash: signInLink.tokenHash })
  const invitations = await tx.db
    .delete(invitation)
    .where(or(lt(invitation.expiresAt, now), lt(invitation.acceptedAt, now), lt(invitation.revokedAt, now)))
    .returning({ id: invitation.id })
  return links.length + invitations.length
}
