import type { Catalog } from '@baton/engine'
import type { LeadOwner } from '@baton/leads'
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

/** Names under which records of a CRM say whose they are: by a user's id, or by an address. */
const OWNER_KEYS = ['owner_id', 'owner', 'owner_email', 'ownerId', 'ownerEmail']
const CLOSED = /\b(won|lost|closed)\b/i

/** An opportunity is open while nothing says that it is won, lost or closed. */
function isOpen({ won, closed, stage, status }: Readonly<Record<string, unknown>>): boolean {
  if ((won !== undefined && won !== null) || closed === true) return false
  return ![stage, status].some((it) => typeof it === 'string' && CLOSED.test(it))
}

/** The member whom a record names; undefined where it names none. */
function ownerIn(data: Readonly<Record<string, unknown>>, members: readonly Member[]): Member | undefined {
  for (const key of OWNER_KEYS) {
    const value = data[key]
    if (typeof value !== 'string' || value === '') continue
    const found = members.find((it) => it.id === value || it.email.toLowerCase() === value.trim().toLowerCase())
    if (found) return found
  }
  return undefined
}

async function ownersOf(tx: Sql, leads: readonly Unrouted[], members: readonly Member[]): Promise<Map<number, LeadOwner[]>> {
  const rows = await tx.query<{ contactId: number; kind: 'opportunity' | 'company'; id: string; data: Record<string, unknown> }>(
    `select r.contact_id as "contactId", r.kind, r.id, r.data from unnest($1::smallint[], $2::bigint[]) v(bucket, id)
     join related r on r.bucket = v.bucket and r.contact_id = v.id where r.kind in ('opportunity', 'company') order by r.at desc, r.id`,
    [leads.map((it) => it.contactId % 1024), leads.map((it) => it.contactId)],
  )
  const owners = new Map<number, LeadOwner[]>()
  for (const of of ['opportunity', 'account'] as const) {
    for (const row of rows) {
      if ((row.kind === 'opportunity') !== (of === 'opportunity') || (of === 'opportunity' && !isOpen(row.data))) continue
      const owner = ownerIn(row.data, members)
      const known = owners.get(row.contactId) ?? []
      if (owner && !known.some((it) => it.repId === owner.id)) owners.set(row.contactId, [...known, { repId: owner.id, of, id: row.id }])
    }
  }
  return owners
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
