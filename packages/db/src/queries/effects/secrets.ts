import type { Sql } from '../../open/handle.ts'
import { bumpPlan } from '../plan.ts'

/** What may be shown of a secret. */
export interface SecretRow {
  name: string
  last4: string
  createdAt: number
  updatedAt: number
  lastUsedAt: number | null
}

/** All secrets by name, without what they hold. */
export function listSecrets(sql: Sql): Promise<SecretRow[]> {
  return sql.query(
    `select name, last4, created_at as "createdAt", updated_at as "updatedAt", last_used_at as "lastUsedAt" from secret order by lower(name), name`,
  )
}

/** Keeps a secret under its name; one that is there gets the new value. @returns whether it is a new name */
export async function saveSecret(
  tx: Sql,
  { name, sealed, last4, by, at }: { name: string; sealed: string; last4: string; by: string; at: number },
): Promise<boolean> {
  const [row] = await tx.query<{ made: boolean }>(
    `insert into secret (name, sealed, last4, created_by, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)
     on conflict (name) do update set sealed = excluded.sealed, last4 = excluded.last4, updated_at = excluded.updated_at
     returning created_at = updated_at as made`,
    [name, sealed, last4, by, at],
  )
  await bumpPlan(tx)
  return row?.made ?? false
}

/** @returns false where there is none of this name */
export async function removeSecret(tx: Sql, name: string): Promise<boolean> {
  const rows = await tx.query('delete from secret where name = $1 returning 1', [name])
  if (rows.length > 0) await bumpPlan(tx)
  return rows.length > 0
}

/** What secrets hold, sealed, by name; for the one who calls. */
export async function sealedSecrets(sql: Sql, names: readonly string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map()
  const rows = await sql.query<{ name: string; sealed: string }>('select name, sealed from secret where name = any($1::text[])', [names])
  return new Map(rows.map((row) => [row.name, row.sealed]))
}

/** When they were last used, to the hour, so that a busy address does not write a row for each call. */
export async function noteSecretUse(sql: Sql, names: readonly string[], at: number): Promise<void> {
  if (names.length === 0) return
  await sql.query('update secret set last_used_at = $2 where name = any($1::text[]) and (last_used_at is null or last_used_at < $3)', [
    names,
    at,
    at - 3_600_000,
  ])
}
