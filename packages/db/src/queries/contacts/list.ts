import {
  type Catalog,
  type Condition,
  type ConditionIssue,
  type DimensionModel,
  dimensionRules,
  type FieldDefinition,
  type FieldValue,
  type OwnerSide,
  type Stage,
} from '@baton/engine'
import { fold, type Grade, type GradeModel } from '@baton/leads'
import { type SQL, sql } from 'drizzle-orm'
import { fieldOperand, scoreOperand } from '../../condition/operand.ts'
import { run } from '../../condition/run.ts'
import { conditionSql } from '../../condition/sql.ts'
import type { Sql } from '../../open/handle.ts'
import { inScope, present, type Scope } from './scope.ts'

/** Which contacts: what a page is looking at, and what a bulk action is done to. */
export interface ContactFilter {
  scope: Scope
  /** Part of a name or an e-mail address, or the beginning of a key. */
  search?: string | undefined
  condition?: { of: Condition; catalog: Catalog } | undefined
  now: number
}

export interface ContactRow {
  id: number
  key: string
  stage: Stage
  ownerSide: OwnerSide
  fields: Record<string, FieldValue>
  consent: Record<string, boolean>
  createdAt: number
}

/** A contact in a list. */
export interface ListedContact extends ContactRow {
  /** Null where the score model has none. */
  grade: Grade | null
}

/** By which thresholds of which scores somebody has a grade. */
export interface GradedBy {
  model: GradeModel
  dimensions: readonly DimensionModel[]
}

export type SortBy = { by: 'created' } | { by: 'key' } | { by: 'grade'; graded: GradedBy } | { by: 'field'; field: FieldDefinition }

/** The last row of the page before: its value in the order, and its id. */
export interface Cursor {
  value: string | number | boolean | null
  id: number
}

export interface ContactPage {
  rows: ListedContact[]
  next: Cursor | null
}

/** The filter as a condition over `contact c`, or the issues of its condition. */
export function filterSql(filter: ContactFilter): { ok: SQL } | { issues: readonly ConditionIssue[] } {
  const parts = [present, inScope(filter.scope)]
  const search = filter.search?.trim() ?? ''
  if (search !== '') parts.push(searchSql(search))
  if (filter.condition) {
    const made = conditionSql(filter.condition.of, filter.condition.catalog, { now: filter.now })
    if ('issues' in made) return made
    parts.push(made.ok)
  }
  return { ok: sql.join(parts, sql` and `) }
}

/** Every word of the search in name, e-mail or company; or a key that begins with the whole of it. */
function searchSql(search: string): SQL {
  const who = sql`concat_ws(' ', c.facts->'k'->>'first_name', c.facts->'k'->>'last_name', c.facts->'k'->>'email', c.facts->'k'->>'company')`
  const words = fold(search)
    .split(/\s+/)
    .map((word) => sql`strpos(${who}, ${word}::text) > 0`)
  return sql`((${sql.join(words, sql` and `)}) or starts_with(c.key, ${search}::text) or starts_with(c.key, ${fold(search)}::text))`
}

/** What a list is sorted by. `always`: nobody is without it, so that an index serves order and cursor. */
interface Order {
  value: SQL
  type: SQL
  always: boolean
}

/**
 * A letter and a number, as `gradeOf` of leads says. Rule LS-11. The score stands there once: compared with one threshold after the other
 * it would be summed up for each.
 */
function gradeSql({ model, dimensions }: GradedBy, now: number): SQL {
  const place = ({ dimension, at }: GradeModel['fit'], signs: string) => {
    const score = scoreOperand('c', { kind: 'score', dimension, model: dimensionRules(dimensions, dimension) }, now)
    const rising = [...at].reverse().map((it) => it / 100)
    return sql`substr(${signs}::text, width_bucket(${score}, ${sql.param(rising)}::float8[]) + 1, 1)`
  }
  return sql`(${place(model.fit, 'DCBA')} || ${place(model.engagement, '4321')})`
}

function orderOf(sort: SortBy, now: number): Order {
  if (sort.by === 'created') return { value: sql`c.created_at`, type: sql`int8`, always: true }
  if (sort.by === 'key') return { value: sql`c.key collate "C"`, type: sql`text`, always: true }
  if (sort.by === 'grade') return { value: sql`${gradeSql(sort.graded, now)} collate "C"`, type: sql`text`, always: true }
  const operand = fieldOperand('c', { kind: 'field', key: sort.field.key, type: sort.field.type })
  if (sort.field.type === 'number') return { value: sql`(${operand})`, type: sql`float8`, always: false }
  if (sort.field.type === 'boolean') return { value: sql`(${operand})`, type: sql`boolean`, always: false }
  return { value: sql`(${operand}) collate "C"`, type: sql`text`, always: false }
}

/** Rows behind the cursor. What has no value comes last, whichever the direction. */
function behind({ value, type, always }: Order, cursor: Cursor, descending: boolean): SQL {
  const next = descending ? sql`<` : sql`>`
  if (always) return sql`(${value}, c.id) ${next} (${cursor.value}::${type}, ${cursor.id}::int8)`
  if (cursor.value === null) return sql`(${value} is null and c.id ${next} ${cursor.id}::int8)`
  const at = sql`${cursor.value}::${type}`
  return sql`(${value} ${next} ${at} or (${value} = ${at} and c.id ${next} ${cursor.id}::int8) or ${value} is null)`
}

const columns = sql`c.id, c.key, c.stage, c.owner_side as "ownerSide", c.facts->'f' as fields, c.facts->'c' as consent, c.created_at as "createdAt"`

/** One page of contacts in a chosen order; `next` is null at the end. */
export async function listContacts(
  to: Sql,
  filter: ContactFilter,
  {
    sort,
    descending,
    after,
    limit,
    graded,
  }: { sort: SortBy; descending: boolean; after: Cursor | null; limit: number; graded?: GradedBy | undefined },
): Promise<ContactPage | { issues: readonly ConditionIssue[] }> {
  const where = filterSql(filter)
  if ('issues' in where) return where
  const order = orderOf(sort, filter.now)
  const rest = after === null ? sql`true` : behind(order, after, descending)
  const direction = descending ? sql`desc` : sql`asc`
  const missing = order.always ? sql.empty() : sql` nulls last`
  const rows = await run<ListedContact & { sorted: Cursor['value'] }>(
    to,
    sql`select ${columns}, ${graded ? gradeSql(graded, filter.now) : sql`null::text`} as grade, ${order.value} as sorted from contact c where ${where.ok} and ${rest}
      order by ${order.value} ${direction}${missing}, c.id ${direction} limit ${limit + 1}::int`,
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page.map(({ sorted: _, ...row }) => row),
    next: rows.length > limit && last ? { value: last.sorted, id: last.id } : null,
  }
}

export interface Count {
  n: number
  /** False: estimated from a sample of one bucket in sixteen. */
  exact: boolean
}

/** Beyond so many contacts in all, counting every one of them takes longer than a page may. */
const COUNT_ALL = 200_000
const SAMPLE = 64

/** How many contacts match: exact in smaller workspaces, else estimated from a uniform sample of whole buckets. */
export async function countContacts(to: Sql, filter: ContactFilter): Promise<Count | { issues: readonly ConditionIssue[] }> {
  const where = filterSql(filter)
  if ('issues' in where) return where
  const [size] = await run<{ n: number }>(to, sql`select count(*) as n from (select 1 from contact limit ${COUNT_ALL + 1}::int) c`)
  const exact = (size?.n ?? 0) <= COUNT_ALL
  const sample = exact ? sql`true` : sql`c.bucket < ${SAMPLE}::smallint`
  const [found] = await run<{ n: number }>(to, sql`select count(*) as n from contact c where ${sample} and ${where.ok}`)
  return { n: (found?.n ?? 0) * (exact ? 1 : 1024 / SAMPLE), exact }
}
