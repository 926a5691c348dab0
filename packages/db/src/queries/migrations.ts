import type { Actor, InboxItem } from '@baton/engine'
import type { Sql } from '../open/handle.ts'
import type { StoredMigration } from '../schema/flow.ts'

/** People at one step, of one version that is not the newest. */
export interface Standing {
  node: string
  version: number
  people: number
}

/** Where the people on versions before `before` stand. Reads every passage of the flow: ask seldom. */
export function standingBefore(sql: Sql, { flowId, before }: { flowId: string; before: number }): Promise<Standing[]> {
  return sql.query(
    `select node, version, count(*)::int as people from enrolment where flow_id = $1 and gen = 0 and version < $2
     group by node, version order by version desc, node`,
    [flowId, before],
  )
}

/** How many people are on versions before `before`. */
export async function countBefore(sql: Sql, { flowId, before }: { flowId: string; before: number }): Promise<number> {
  const [row] = await sql.query<{ n: number }>('select count(*)::int as n from enrolment where flow_id = $1 and gen = 0 and version < $2', [
    flowId,
    before,
  ])
  return row?.n ?? 0
}

/** How many of the people who stand at `node` have been at `passed`. In the first `buckets` of 1,024 only: a sample where it is fewer. */
export function passedBefore(
  sql: Sql,
  { flowId, before, buckets }: { flowId: string; before: number; buckets: number },
): Promise<{ node: string; passed: string; people: number }[]> {
  return sql.query(
    `select e.node, v.passed, count(*)::int as people from enrolment e, jsonb_object_keys(e.vars -> 'visits') as v(passed)
     where e.flow_id = $1 and e.gen = 0 and e.version < $2 and e.bucket < $3 group by e.node, v.passed order by e.node, v.passed`,
    [flowId, before, buckets],
  )
}

/** Contacts on versions before `before`, in an order that has nothing to do with them: the first of them are a sample. */
export async function contactsBefore(sql: Sql, of: { flowId: string; before: number; limit: number }): Promise<number[]> {
  const rows = await sql.query<{ id: number }>(
    `select contact_id as id from enrolment where flow_id = $1 and gen = 0 and version < $2 order by bucket, id limit $3`,
    [of.flowId, of.before, of.limit],
  )
  return [...new Set(rows.map((row) => row.id))]
}

/** The plan that a version was published with. */
export interface MigrationRow {
  version: number
  plan: StoredMigration
  /** When it was published. */
  at: number
}

/** Plans for the people inside, the newest first. */
export function migrationsOf(sql: Sql, flowId: string): Promise<MigrationRow[]> {
  return sql.query<MigrationRow>(
    `select version, migration as plan, published_at as at from version where flow_id = $1 and migration is not null order by version desc`,
    [flowId],
  )
}

/** The pass that moves people of a flow now, to or fro. */
export async function moveUnderWay(sql: Sql, flowId: string): Promise<{ version: number; done: number; total: number } | undefined> {
  const [row] = await sql.query<{ version: number; done: number; total: number }>(
    `select version, done, total from scan where status = 'running' and flow_id = $1 and kind in ('migrate', 'migrate-back')`,
    [flowId],
  )
  return row
}

/** Moved by this plan, and no step was taken since: the plan's own step is the last one. */
const MAY_RETURN = `version = $2 and vars -> 'before' ->> 'migration' = $3 and (vars -> 'before' ->> 'seq')::int = seq`

/** How many can still be moved back. Reads every passage of the flow: ask seldom. */
export async function countReturnable(sql: Sql, of: { flowId: string; version: number; migration: string }): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    `select count(*)::int as n from enrolment where flow_id = $1 and gen = 0 and ${MAY_RETURN}`,
    [of.flowId, of.version, of.migration],
  )
  return row?.n ?? 0
}

/** A pass that moves people, as far as it is needed here. */
interface Moving {
  kind: 'migrate' | 'migrate-back'
  flowId: string | null
  version: number | null
  bucket: number
  afterId: number
  byId: string | null
  byName: string | null
}

/** Somebody whom such a pass tells something; who is looked at and stays where they are is told nothing. */
export interface Migrant {
  bucket: number
  /** The passage's id: where the pass goes on. */
  id: number
  contactId: number
  item: InboxItem | null
}

async function planOf(tx: Sql, { flowId, version }: Pick<Moving, 'flowId' | 'version'>): Promise<StoredMigration> {
  const [row] = await tx.query<{ plan: StoredMigration | null }>(
    'select migration as plan from version where flow_id = $1 and version = $2',
    [flowId, version],
  )
  if (!row?.plan) throw new Error(`Version ${version} of ${flowId} has no plan for the people inside`)
  return row.plan
}

/** Whom a pass tells next, in (bucket, id) order, and what. */
export async function migrantsOf(tx: Sql, scan: Moving, limit: number, now: number): Promise<Migrant[]> {
  const { flowId, version, bucket, afterId } = scan
  const plan = await planOf(tx, scan)
  const source: Actor = { kind: 'user', id: scan.byId ?? 'scan', name: scan.byName ?? undefined }
  const of = { kind: 'migrate' as const, at: now, flowId: flowId ?? '', source }
  type Row = { bucket: number; id: number; contactId: number; key: string }
  if (scan.kind === 'migrate-back') {
    const rows = await tx.query<Row & { to: number }>(
      `select bucket, id, contact_id as "contactId", key, (vars -> 'before' ->> 'version')::int as to from enrolment
       where flow_id = $1 and gen = 0 and ${MAY_RETURN} and (bucket, id) > ($4::smallint, $5::bigint) order by bucket, id limit $6`,
      [flowId, version, plan.id, bucket, afterId, limit],
    )
    const back = { ...of, migration: `${plan.id}/back`, reverts: plan.id, answers: {} }
    return rows.map(({ key, to, ...row }) => ({ ...row, item: { ...back, key, to } }))
  }
  const rows = await tx.query<Row & { node: string }>(
    `select bucket, id, contact_id as "contactId", key, node from enrolment
     where flow_id = $1 and gen = 0 and version < $2 and (bucket, id) > ($3::smallint, $4::bigint) order by bucket, id limit $5`,
    [flowId, version, bucket, afterId, limit],
  )
  const move = { ...of, migration: plan.id, to: version ?? 0, answers: plan.answers }
  return rows.map(({ key, node, ...row }) => {
    const answer = Object.hasOwn(plan.answers, node) ? plan.answers[node] : undefined
    return { ...row, item: answer?.do === 'stay' ? null : { ...move, key } }
  })
}

/** How many such a pass looks at, as counted at its start. */
export async function countMigrants(
  tx: Sql,
  { kind, flowId, version }: { kind: Moving['kind']; flowId: string; version: number },
): Promise<number> {
  if (kind === 'migrate-back') {
    const plan = await planOf(tx, { flowId, version })
    return countReturnable(tx, { flowId, version, migration: plan.id })
  }
  return countBefore(tx, { flowId, before: version })
}
