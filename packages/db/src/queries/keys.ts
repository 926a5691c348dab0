import { and, desc, eq, isNull } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import { writeKey } from '../schema/workspace.ts'

/** What a client that sends events may do with its key. */
export type KeyKind = 'browser' | 'server'

export interface WriteKeyRow {
  id: string
  name: string
  kind: KeyKind
  /** Its last four characters, to tell keys apart. */
  last4: string
  /** A browser's key whole, for its snippet; null for a server's, and for one made before it was kept. */
  publicKey: string | null
  /** Pages a browser key may be used from; empty: any. */
  origins: string[]
  createdAt: number
  /** When an event last came with it, ms; written at most once a minute. */
  lastUsedAt: number | null
  revokedAt: number | null
}

const { id, name, kind, last4, publicKey, origins, createdAt, lastUsedAt, revokedAt } = writeKey
const columns = { id, name, kind, last4, publicKey, origins, createdAt, lastUsedAt, revokedAt }

/** Every key, revoked ones too, the newest first. */
export function listKeys(sql: Sql): Promise<WriteKeyRow[]> {
  return sql.db.select(columns).from(writeKey).orderBy(desc(writeKey.createdAt), desc(writeKey.id))
}

export interface NewKey {
  name: string
  kind: KeyKind
  /** SHA-256 of the whole key, hex. A server's key is shown once and stored nowhere. */
  hash: string
  last4: string
  publicKey?: string | null | undefined
  origins: string[]
  createdBy: string
  createdAt: number
}

export async function addKey(tx: Sql, made: NewKey): Promise<string> {
  const keyId = newId('key')
  await tx.db.insert(writeKey).values({ id: keyId, ...made })
  return keyId
}

/** @returns the name of the key that stopped working; undefined when there is no such key at work */
export async function revokeKey(tx: Sql, { keyId, now }: { keyId: string; now: number }): Promise<string | undefined> {
  const [row] = await tx.db
    .update(writeKey)
    .set({ revokedAt: now })
    .where(and(eq(writeKey.id, keyId), isNull(writeKey.revokedAt)))
    .returning({ name: writeKey.name })
  return row?.name
}

/** The key at work with this hash. */
export async function keyByHash(sql: Sql, hash: string): Promise<WriteKeyRow | undefined> {
  const [row] = await sql.db
    .select(columns)
    .from(writeKey)
    .where(and(eq(writeKey.hash, hash), isNull(writeKey.revokedAt)))
  return row
}

/** Notes that an event came with this key. Call it at most once a minute per key. */
export async function markKeyUsed(sql: Sql, { keyId, now }: { keyId: string; now: number }): Promise<void> {
  await sql.db.update(writeKey).set({ lastUsedAt: now }).where(eq(writeKey.id, keyId))
}
