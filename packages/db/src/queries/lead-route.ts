import type { Catalog } from '@baton/engine'
import { type LeadOwner, leadOwners, type OwnedRecord } from '@baton/leads'
import { sql } from 'drizzle-orm'
import { run } from '../condition/run.ts'
import { conditionSql } from '../condition/sql.ts'
import type { Sql } from '../open/handle.ts'
import type { LeadRoute } from '../schema/handoff.ts'
import { listTerritories } from './territories.ts'

/** A lead whose owners and territory are looked for. */
export interface Unrouted {
  id: number
  contactId: number
}

/** Users who could be named by records. */
export interface Member {
  id: string
  email: string
}

async function ownersOf(tx: Sql, leads: readonly Unrouted[], members: readonly Member[]): Promise<Map<number, LeadOwner[]>> {
  const rows = await tx.query<OwnedRecord & { contactId: number }>(
    `select r.contact_id as "contactId", r.kind, r.id, r.data, r.at from unnest($1::smallint[], $2::bigint[]) v(bucket, id)
     join related r on r.bucket = v.bucket and r.contact_id = v.id where r.kind in ('opportunity', 'company')`,
    [leads.map((it) => it.contactId % 1024), leads.map((it) => it.contactId)],
  )
  const records = new Map<number, OwnedRecord[]>()
  for (const row of rows) records.set(row.contactId, [...(records.get(row.contactId) ?? []), row])
  return new Map([...records].map(([contactId, of]) => [contactId, leadOwners(of, members)]))
}

/** The first territory of each; those of which none fits are not among them. One that cannot be read any more fits nobody. */
async function territoriesOf(
  tx: Sql,
  leads: readonly Unrouted[],
  { teamId, catalog, now }: { teamId: string; catalog: Catalog; now: number },
): Promise<Map<number, LeadRoute['territory']>> {
  const found = new Map<number, LeadRoute['territory']>()
  for (const { id, name, repIds, condition } of await listTerritories(tx, teamId)) {
    const open = leads.filter((it) => !found.has(it.contactId)).map((it) => it.contactId)
    if (open.length === 0) break
    const made = conditionSql(condition, catalog, { now })
    if ('issues' in made) continue
    const buckets = sql.param([...new Set(open.map((it) => it % 1024))])
    const rows = await run<{ id: number }>(
      tx,
      sql`select c.id from contact c where c.bucket = any(${buckets}::smallint[]) and c.id = any(${sql.param(open)}::bigint[]) and coalesce(${made.ok}, false)`,
    )
    for (const row of rows) found.set(row.id, { id, name, repIds })
  }
  return found
}

/** Who would get these leads before the rotation. @returns the routes by the lead's id */
export async function findRoutes(
  tx: Sql,
  leads: readonly Unrouted[],
  ports: { teamId: string; members: readonly Member[]; catalog: Catalog; stamp: string; now: number },
): Promise<Map<number, LeadRoute>> {
  if (leads.length === 0) return new Map()
  const owners = await ownersOf(tx, leads, ports.members)
  const { teamId, now } = ports
  const territories =
    ports.stamp !== '' ? await territoriesOf(tx, leads, { teamId, catalog: ports.catalog, now }) : new Map<number, LeadRoute['territory']>()
  return new Map(
    leads.map(({ id, contactId }) => [
      id,
      { owners: owners.get(contactId) ?? [], territory: territories.get(contactId) ?? null, stamp: ports.stamp },
    ]),
  )
}
