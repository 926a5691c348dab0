import { and, asc, eq, max, sql as raw } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import { account, type Role, session, user } from '../schema/auth.ts'

/** Somebody who may sign in, or could once. */
export interface UserRow {
  id: string
  name: string
  email: string
  role: Role
  active: boolean
  createdAt: number
}

export interface UserListRow extends UserRow {
  /** When a session of theirs was last renewed, ms; null: none is open. */
  seenAt: number | null
}

const columns = { id: user.id, name: user.name, email: user.email, role: user.role, active: user.active, createdAt: user.createdAt }

const plain = <T extends { createdAt: Date }>(row: T) => ({ ...row, createdAt: row.createdAt.getTime() })

/** Everybody, by name; deactivated people too. */
export async function listUsers(sql: Sql): Promise<UserListRow[]> {
  const rows = await sql.db
    .select({ ...columns, seenAt: max(session.updatedAt) })
    .from(user)
    .leftJoin(session, eq(session.userId, user.id))
    .groupBy(user.id)
    .orderBy(asc(raw`lower(${user.name})`), asc(user.id))
  return rows.map((row) => ({ ...plain(row), seenAt: row.seenAt?.getTime() ?? null }))
}

/** Those who can be given work: active, with one of these roles. */
export async function usersWithRole(sql: Sql, role: Role): Promise<UserRow[]> {
  const rows = await sql.db
    .select(columns)
    .from(user)
    .where(and(eq(user.role, role), eq(user.active, true)))
    .orderBy(asc(user.name), asc(user.id))
  return rows.map(plain)
}

export async function userById(sql: Sql, id: string): Promise<UserRow | undefined> {
  const [row] = await sql.db.select(columns).from(user).where(eq(user.id, id))
  return row && plain(row)
}

/** @param email as typed; addresses are stored in lower case */
export async function userByEmail(sql: Sql, email: string): Promise<UserRow | undefined> {
  const [row] = await sql.db.select(columns).from(user).where(eq(user.email, email.trim().toLowerCase()))
  return row && plain(row)
}

/** Whether anybody was ever made: until then the first sign-in link works. */
export async function hasUsers(sql: Sql): Promise<boolean> {
  const rows = await sql.db.select({ id: user.id }).from(user).limit(1)
  return rows.length > 0
}

export interface NewUser {
  name: string
  email: string
  role: Role
  /** As the auth library hashed it. */
  passwordHash: string
  at: number
  /** In a workspace that is made to be run once: the same file gives the same ids. Else a new one. */
  id?: string | undefined
}

/** A user with a password, in the form the auth library reads. @throws unique violation (23505) when the address is taken */
export async function createUser(tx: Sql, { name, email, role, passwordHash, at, id = newId('usr') }: NewUser): Promise<UserRow> {
  const stamp = new Date(at)
  const made = { id, name, email: email.trim().toLowerCase(), role, active: true, createdAt: stamp }
  await tx.db.insert(user).values({ ...made, emailVerified: true, updatedAt: stamp })
  await setPassword(tx, { userId: made.id, passwordHash, at })
  return plain(made)
}

/** Replaces the password of a user, or gives the first. */
export async function setPassword(
  tx: Sql,
  { userId, passwordHash, at }: { userId: string; passwordHash: string; at: number },
): Promise<void> {
  const updatedAt = new Date(at)
  const changed = await tx.db
    .update(account)
    .set({ password: passwordHash, updatedAt })
    .where(and(eq(account.userId, userId), eq(account.providerId, 'credential')))
    .returning({ id: account.id })
  if (changed.length > 0) return
  const id = newId('acc')
  await tx.db
    .insert(account)
    .values({ id, userId, accountId: userId, providerId: 'credential', password: passwordHash, createdAt: updatedAt, updatedAt })
}

/** Ends every session of a user. */
export async function endSessions(tx: Sql, userId: string): Promise<void> {
  await tx.db.delete(session).where(eq(session.userId, userId))
}

/**
 * Changes what a user may do; a deactivated one loses every session in the same transaction.
 * Admins are locked first, so that two changes at once cannot take away the last one.
 * @returns the user before and after; or why nothing was changed
 */
export async function changeUser(
  tx: Sql,
  { id, role, active, at }: { id: string; role?: Role | undefined; active?: boolean | undefined; at: number },
): Promise<{ before: UserRow; after: UserRow } | 'unknown' | 'last-admin'> {
  const admins = await tx.db
    .select({ id: user.id })
    .from(user)
    .where(and(eq(user.role, 'admin'), eq(user.active, true)))
    .orderBy(asc(user.id))
    .for('update')
  const before = await userById(tx, id)
  if (!before) return 'unknown'
  const after = { ...before, role: role ?? before.role, active: active ?? before.active }
  const staysAdmin = after.active && after.role === 'admin'
  if (!staysAdmin && admins.every((admin) => admin.id === id) && admins.length > 0) return 'last-admin'
  await tx.db
    .update(user)
    .set({ role: after.role, active: after.active, updatedAt: new Date(at) })
    .where(eq(user.id, id))
  if (!after.active) await endSessions(tx, id)
  return { before, after }
}
