import type { Catalog, Condition } from '@baton/engine'
import { type SQL, sql } from 'drizzle-orm'
import { run } from '../condition/run.ts'
import { conditionSql } from '../condition/sql.ts'
import { newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import { present } from './contacts/scope.ts'
import { BUCKETS, inTime, sampleOf } from './sampling.ts'

/** Leads that fit go to some of a team's members. */
export interface TerritoryRow {
  id: string
  teamId: string
  name: string
  condition: Condition
  repIds: string[]
  updatedAt: number
}

/** The territories of a team in the order in which they are tried. */
export function listTerritories(to: Sql, teamId: string): Promise<TerritoryRow[]> {
  return to.query(
    `select id, team_id as "teamId", name, condition, rep_ids as "repIds", updated_at as "updatedAt" from territory
     where team_id = $1 order by position, created_at, id`,
    [teamId],
  )
}

/** Conditions of all territories with their teams, for whoever asks what uses a field or a segment. */
export function territoryConditions(to: Sql): Promise<{ teamId: string; teamName: string; condition: Condition }[]> {
  return to.query(
    `select t.id as "teamId", t.name as "teamName", y.condition from territory y join team t on t.id = y.team_id order by t.name, t.id, y.position`,
  )
}

export interface TerritoryChange {
  /** Absent: a new one, tried last. */
  id?: string | undefined
  teamId: string
  name: string
  condition: Condition
  repIds: readonly string[]
  by: { id: string }
  at: number
}

/** Makes a territory or changes one. @returns its id; undefined where it is gone */
export async function saveTerritory(tx: Sql, change: TerritoryChange): Promise<string | undefined> {
  const { id, teamId } = change
  const values = valuesOf(change)
  if (id !== undefined) {
    const rows = await tx.query<{ id: string }>(
      'update territory set name = $3, condition = $4::jsonb, rep_ids = $5::jsonb, updated_at = $6 where id = $1 and team_id = $2 returning id',
      [id, teamId, ...values],
    )
    return rows[0]?.id
  }
  return addTerritory(tx, { ...change, id: newId('ter') })
}

const valuesOf = ({ name, condition, repIds, at }: TerritoryChange) => [name, JSON.stringify(condition), JSON.stringify(repIds), at]

/** Makes a territory with an id, tried last. @returns the id */
export async function addTerritory(tx: Sql, change: TerritoryChange & { id: string }): Promise<string> {
  const { id, teamId, by } = change
  const [last] = await tx.query<{ position: number }>('select coalesce(max(position), 0) as position from territory where team_id = $1', [
    teamId,
  ])
  await tx.query(
    `insert into territory (id, team_id, name, condition, rep_ids, position, created_by, created_at, updated_at)
     values ($1, $2, $3, $4::jsonb, $5::jsonb, $7, $8, $6, $6)`,
    [id, teamId, ...valuesOf(change), (last?.position ?? 0) + 1, by.id],
  )
  return id
}

/** Puts the territories of a team into an order. @returns false where the list is not the one there is */
export async function orderTerritories(tx: Sql, teamId: string, ids: readonly string[]): Promise<boolean> {
  const rows = await tx.query<{ id: string }>('select id from territory where team_id = $1 for update', [teamId])
  if (rows.length !== ids.length || rows.some((row) => !ids.includes(row.id))) return false
  await tx.query(
    `update territory t set position = v.position from json_to_recordset($1::json) as v(id text, position integer) where t.id = v.id`,
    [JSON.stringify(ids.map((id, at) => ({ id, position: at + 1 })))],
  )
  return true
}

/** @returns its name; undefined where it was gone */
export async function removeTerritory(tx: Sql, id: string): Promise<string | undefined> {
  const [row] = await tx.query<{ name: string }>('delete from territory where id = $1 returning name', [id])
  return row?.name
}

/** Who would come to a territory. */
export interface Covered {
  /** People for whom it is the first that fits. */
  people: number
  /** Open leads of the team among them. */
  open: number
  /** People who fit it, also those whom an earlier one takes. */
  fits: number
}

/** Two territories that fit the same people: the earlier one gets them. */
export interface Overlap {
  first: string
  second: string
  people: number
}

export interface Coverage {
  territories: Record<string, Covered>
  /** What keeps a territory from being counted, by id. */
  faults: Record<string, string>
  overlaps: Overlap[]
  /** A few people whom more than one fits, with the ids of these. */
  both: { id: number; key: string; name: string; fits: string[] }[]
  /** People whom none fits. */
  nobody: number
  total: number
  /** Where to go on, up to 1024; null: everybody was counted. */
  next: number | null
}

const BOTH = 12

interface Asked {
  teamId: string
  territories: readonly Pick<TerritoryRow, 'id' | 'condition'>[]
  catalog: Catalog
  now: number
}

interface Tally {
  [column: string]: number
}

const column = (name: string) => sql.raw(name)

/**
 * Who comes to which territory of a team, and where two fit the same people. A portion at a time, from place `from` of the sample on for
 * about `ms`: add portions up.
 */
export async function coverTerritories(
  to: Sql,
  { teamId, territories, catalog, now }: Asked,
  { from, ms }: { from: number; ms: number },
): Promise<Coverage> {
  const read = territories.map(({ id, condition }) => ({ id, made: conditionSql(condition, catalog, { now }) }))
  const made = read.flatMap(({ id, made: it }) => ('ok' in it ? [{ id, truth: it.ok }] : []))
  const faults = read.flatMap(({ id, made: it }): [string, string][] =>
    'ok' in it ? [] : [[id, it.issues[0]?.say ?? 'It is not complete.']],
  )
  const names = made.map((_, i) => column(`t${i}`))
  const truths = made.map(({ truth }, i) => sql`coalesce(${truth}, false) as ${names[i]}`)
  const fits =
    names.length === 0
      ? sql`0`
      : sql.join(
          names.map((it) => sql`${it}::int`),
          sql` + `,
        )
  const first = (i: number) => sql.join([...names.slice(0, i).map((it) => sql`not ${it}`), sql`${names[i]}`], sql` and `)
  const pairs = made.flatMap((_, a) => made.slice(a + 1).map((__, b) => [a, a + 1 + b] as const))
  const counts: SQL[] = [
    sql`count(*) as total`,
    sql`count(*) filter (where ${fits} = 0) as nobody`,
    ...made.flatMap((_, i) => [
      sql`count(*) filter (where ${first(i)}) as ${column(`p${i}`)}`,
      sql`count(*) filter (where ${first(i)} and open) as ${column(`o${i}`)}`,
      sql`count(*) filter (where ${names[i]}) as ${column(`f${i}`)}`,
    ]),
    ...pairs.map(([a, b], i) => sql`count(*) filter (where ${names[a]} and ${names[b]}) as ${column(`x${i}`)}`),
  ]
  const sum: Tally = {}
  const both: Coverage['both'] = []
  const done = await inTime(ms, BUCKETS - from, async (at, next) => {
    const buckets = sql.param(sampleOf(from + at, from + next))
    const people = sql`(select c.bucket, c.id, c.key, c.facts, ${sql.join([...truths, openLead(teamId)], sql`, `)} from contact c
      where c.bucket = any(${buckets}::smallint[]) and ${present}) v`
    const [row] = await run<Tally>(to, sql`select ${sql.join(counts, sql`, `)} from ${people}`)
    for (const [name, n] of Object.entries(row ?? {})) sum[name] = (sum[name] ?? 0) + n
    if (both.length >= BOTH || !pairs.some((_, i) => (row?.[`x${i}`] ?? 0) > 0)) return
    const found = await run<{ id: number; key: string; name: string } & Record<string, boolean | number | string>>(
      to,
      sql`select id, key, trim(concat(facts->'f'->>'first_name', ' ', facts->'f'->>'last_name')) as name, ${sql.join(names, sql`, `)} from ${people}
        where ${fits} > 1 order by id limit ${BOTH}::int`,
    )
    for (const { id, key, name, ...truth } of found) {
      if (both.length < BOTH) both.push({ id, key, name, fits: made.filter((_, i) => truth[`t${i}`] === true).map((it) => it.id) })
    }
  })
  const count = (name: string) => sum[name] ?? 0
  return {
    territories: Object.fromEntries(made.map(({ id }, i) => [id, { people: count(`p${i}`), open: count(`o${i}`), fits: count(`f${i}`) }])),
    faults: Object.fromEntries(faults),
    overlaps: pairs
      .map(([a, b], i) => ({ first: made[a]?.id ?? '', second: made[b]?.id ?? '', people: count(`x${i}`) }))
      .filter(({ people }) => people > 0),
    both,
    nobody: count('nobody'),
    total: count('total'),
    next: from + done >= BUCKETS ? null : from + done,
  }
}

const openLead = (teamId: string) => sql`exists (select 1 from handoff h where h.bucket = c.bucket and h.contact_id = c.id
  and h.team_id = ${teamId}::text and h.state in ('routing', 'queued', 'assigned', 'accepted', 'sleeping')) as open`
