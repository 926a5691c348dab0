import type { RelatedKind } from '@baton/engine'
import { sql } from 'drizzle-orm'
import { run } from '../../condition/run.ts'
import type { Sql } from '../../open/handle.ts'
import { inScope, present, type Scope } from '../contacts/scope.ts'
import type { Company, RecordValue } from './companies.ts'

/** A record of a contact, as it stands. */
export interface RelatedRecord {
  kind: RelatedKind
  id: string
  data: Record<string, RecordValue>
  at: number
}

/** A contact's company, opportunities and purchases, the latest first. The scope is that of whoever asked for the contact. */
export function relatedOf(db: Sql, contactId: number): Promise<RelatedRecord[]> {
  return db.query(
    'select kind, id, data, at from related where bucket = $1::smallint and contact_id = $2 order by kind, at desc, id limit 500',
    [contactId % 1024, contactId],
  )
}

/** A line of the list of companies. */
export interface CompanyLine extends Company {
  people: number
  updatedAt: number
}

export interface CompanyCursor {
  name: string
  id: string
}

/** Companies by name, a page at a time; `search` is the beginning of a name or of a domain. */
export async function listCompanies(
  db: Sql,
  { search, after, limit }: { search: string; after: CompanyCursor | null; limit: number },
): Promise<{ companies: CompanyLine[]; more: boolean }> {
  const beginning = `${search.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
  const rows = await db.query<Company & { updatedAt: number }>(
    `select id, name, domain, data, updated_at as "updatedAt" from company
     where deleted_at is null and ($1 = '%' or lower(name) like $1 or domain like $1)
       and ($2::text is null or (lower(name), id) > ($2, $3)) order by lower(name), id limit $4`,
    [beginning, after?.name.toLowerCase() ?? null, after?.id ?? null, limit + 1],
  )
  const page = rows.slice(0, limit)
  const counts = await db.query<{ id: string; people: number }>(
    `select id, count(*) as people from related where kind = 'company' and id = any($1::text[]) group by id`,
    [page.map((row) => row.id)],
  )
  const people = new Map(counts.map((row) => [row.id, row.people]))
  return { companies: page.map((row) => ({ ...row, people: people.get(row.id) ?? 0 })), more: rows.length > limit }
}

/** One company; undefined where there is none. */
export async function companyById(db: Sql, id: string): Promise<(Company & { createdAt: number; updatedAt: number }) | undefined> {
  const [row] = await db.query<Company & { createdAt: number; updatedAt: number }>(
    `select id, name, domain, data, created_at as "createdAt", updated_at as "updatedAt" from company where id = $1 and deleted_at is null`,
    [id],
  )
  return row
}

/** Somebody of a company. */
export interface CompanyPerson {
  id: number
  key: string
  name: string
  stage: string
  since: number
}

/** The people of a company whom somebody may see, a page at a time. */
export function peopleOf(
  db: Sql,
  { companyId, scope, after, limit }: { companyId: string; scope: Scope; after: number; limit: number },
): Promise<CompanyPerson[]> {
  return run<CompanyPerson>(
    db,
    sql`select c.id, c.key, trim(concat(c.facts -> 'f' ->> 'first_name', ' ', c.facts -> 'f' ->> 'last_name')) as name, c.stage, r.at as since
        from related r join contact c on c.bucket = r.bucket and c.id = r.contact_id
        where r.kind = 'company' and r.id = ${companyId} and c.id > ${after}::bigint and ${present} and ${inScope(scope)}
        order by c.id limit ${limit}::int`,
  )
}

/** Whoever has this record now, or is about to: so that nobody keeps what is gone. */
export async function holdersOf(tx: Sql, kind: RelatedKind, id: string): Promise<number[]> {
  const rows = await tx.query<{ contactId: number }>(
    `select contact_id as "contactId" from related where kind = $1 and id = $2
     union select contact_id from inbox where kind = 'related' and payload ->> 'of' = $1 and payload ->> 'id' = $2`,
    [kind, id],
  )
  return rows.map((row) => row.contactId)
}

/** People of a company by id, at most `limit`, also those who are about to join. */
export async function membersOf(tx: Sql, companyId: string, limit: number): Promise<number[]> {
  const rows = await tx.query<{ contactId: number }>(
    `select contact_id as "contactId" from related where kind = 'company' and id = $1
     union select contact_id from inbox where kind = 'related' and payload ->> 'of' = 'company' and payload ->> 'id' = $1 limit $2`,
    [companyId, limit],
  )
  return rows.map((row) => row.contactId)
}

/** Who somebody is, by what a client's system calls them; undefined where nobody is known by it. */
export async function knownAs(tx: Sql, who: { userId: string | null; email: string | null }): Promise<number | undefined> {
  const rows = await tx.query<{ kind: string; contactId: number }>(
    `select kind, contact_id as "contactId" from identity where (value = $1 and kind = 'external') or (value = $2 and kind = 'email')`,
    [who.userId, who.email],
  )
  return (rows.find((row) => row.kind === 'external') ?? rows[0])?.contactId
}
