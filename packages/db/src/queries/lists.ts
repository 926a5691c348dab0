import { newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import { bumpPlan } from './plan.ts'

/** The condition of a list: it has none, and is never asked. */
const NO_CONDITION = JSON.stringify({ combinator: 'and', rules: [] })

interface ListChange {
  name: string
  by: { id: string }
  at: number
}

/** Adds a list: a segment on which people are put. Plans are compiled anew, since flows may begin with it. */
export async function addList(tx: Sql, { name, by, at }: ListChange): Promise<string> {
  const id = newId('seg')
  await tx.query(
    `insert into segment (id, name, kind, condition, status, created_by, created_at, updated_by, updated_at)
     values ($1, $2, 'list', $3::jsonb, 'ready', $4, $5, $4, $5)`,
    [id, name, NO_CONDITION, by.id, at],
  )
  await bumpPlan(tx)
  return id
}

/** Gives a list that is still as the caller saw it another name. @returns false when somebody changed or removed it meanwhile */
export async function renameList(tx: Sql, id: string, rev: number, { name, by, at }: ListChange): Promise<boolean> {
  const rows = await tx.query(
    `update segment set name = $3, rev = rev + 1, updated_by = $4, updated_at = $5
     where id = $1 and rev = $2 and kind = 'list' and status <> 'archived' returning id`,
    [id, rev, name, by.id, at],
  )
  if (rows.length === 0) return false
  await bumpPlan(tx)
  return true
}

/** The list of this id, in use; undefined for what is none. */
export async function listRow(to: Sql, id: string): Promise<{ id: string; name: string } | undefined> {
  const [row] = await to.query<{ id: string; name: string }>(
    `select id, name from segment where id = $1 and kind = 'list' and status <> 'archived'`,
    [id],
  )
  return row
}

/** Who has these e-mail addresses (lower-cased): those that are known, in no order. */
export function contactsByAddress(to: Sql, addresses: readonly string[]): Promise<{ address: string; contactId: number }[]> {
  return to.query(`select value as address, contact_id as "contactId" from identity where kind = 'email' and value = any($1::text[])`, [
    [...addresses],
  ])
}
