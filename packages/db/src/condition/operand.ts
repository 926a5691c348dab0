import { type EventMeasure, MAX_AMOUNT, type PropertyTest, type ResolvedSubject } from '@baton/engine'
import { type SQL, sql } from 'drizzle-orm'

/** `c` in the statements below: the alias of `contact`. Never made of input. */
export type Alias = 'c' | 'contact'

const col = (alias: Alias, name: string) => sql`${sql.identifier(alias)}.${sql.identifier(name)}`
const DATE = '^\\d{4}-\\d{2}-\\d{2}$'
const DATED = '^\\d{4}-\\d{2}-\\d{2}'
const INSTANT = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$'

type Field = Extract<ResolvedSubject, { kind: 'field' }>

/** A field as the engine reads it: folded texts, doubles, dates and instants as texts; NULL where missing or of another type. */
export function fieldOperand(alias: Alias, { key, type }: Field): SQL {
  const facts = col(alias, 'facts')
  const value = sql`${facts}->'f'->${key}::text`
  const text = sql`${facts}->'f'->>${key}::text`
  switch (type) {
    case 'text':
    case 'choice':
    case 'tags':
      return sql`nullif(${facts}->'k'->>${key}::text, '')`
    case 'number':
      return sql`case when jsonb_typeof(${value}) = 'number' then (${text})::float8 end`
    case 'boolean':
      return sql`case when jsonb_typeof(${value}) = 'boolean' then (${text})::boolean end`
    case 'date':
    case 'datetime':
      return sql`case when ${text} ~ ${type === 'date' ? DATE : INSTANT}::text then ${text} end`
  }
}

const DAY_MS = 86_400_000

/**
 * Points of a dimension (lines are in hundredths): each line by the factor of its age in whole UTC days, rounded half away from zero
 * as numerics are; the positive ones capped together. The same table and arithmetic as `sumScore` of leads.
 */
export function scoreOperand(alias: Alias, { dimension, model }: Extract<ResolvedSubject, { kind: 'score' }>, now: number): SQL {
  const { factors, cap } = model
  const today = Math.floor(now / DAY_MS)
  const worth = factors
    ? sql`case when l.held then l.points else round(l.points::numeric * (${sql.param([...factors])}::int[])[least(${today}::int - floor(l.at::numeric / ${DAY_MS}::int)::int, ${factors.length - 1}::int) + 1] / 1000000) end`
    : sql`l.points::numeric`
  const positive = sql`coalesce(sum(w.worth) filter (where w.worth > 0), 0)`
  return sql`(select (${cap === undefined ? positive : sql`least(${positive}, ${cap}::numeric)`} + coalesce(sum(w.worth) filter (where w.worth <= 0), 0))::float8 / 100
    from (select ${worth} as worth from ledger l where l.bucket = ${col(alias, 'bucket')} and l.contact_id = ${col(alias, 'id')}
      and l.dimension = ${dimension}::text and coalesce(l.since, l.at) <= ${now}::int8 and (l.until is null or l.until > ${now}::int8)) w)`
}

export function memberOperand(alias: Alias, segmentId: string): SQL {
  return sql`exists (select 1 from member m
    where m.bucket = ${col(alias, 'bucket')} and m.contact_id = ${col(alias, 'id')} and m.segment_id = ${segmentId}::text and m.since is not null)`
}

/** No consent is no. */
export const consentOperand = (alias: Alias, topic: string): SQL =>
  sql`coalesce(${col(alias, 'facts')}->'c'->${topic}::text = 'true'::jsonb, false)`

export const stageOperand = (alias: Alias): SQL => col(alias, 'stage')
export const ownerOperand = (alias: Alias): SQL => col(alias, 'owner_side')

/** Nothing stops mail to the address. */
export const mailableOperand = (alias: Alias): SQL => sql`(${col(alias, 'facts')}->>'s' is null)`

export function passageOperand(alias: Alias, { flowId, is }: Extract<ResolvedSubject, { kind: 'passage' }>): SQL {
  const live = is === 'now' ? sql` and n.gen = 0` : sql``
  return sql`exists (select 1 from enrolment n where n.bucket = ${col(alias, 'bucket')} and n.contact_id = ${col(alias, 'id')}
    and n.flow_id = ${flowId}::text${live})`
}

/** How many there are of a contact's rows, what a property adds up to, or how many whole days ago the last was. */
function measured(measure: EventMeasure, table: 'e' | 'r', now: number): SQL {
  const at = sql.raw(`${table}.at`)
  if (measure === 'count') return sql`count(*)::float8`
  if (measure === 'days-since-last') return sql`((${now}::int8 - max(${at})) / ${DAY_MS}::int8)::float8`
  const amount = propertyOperand(measure.sum, { on: 'number', op: 'is', values: [] }, table)
  // Sums of doubles depend on the order: by time, then by id, as the engine adds them up.
  const order = table === 'e' ? sql`e.at, e.id collate "C"` : sql`r.id collate "C"`
  return sql`coalesce(sum((select a.x from (select ${amount} as x) a where abs(a.x) <= ${MAX_AMOUNT}::float8) order by ${order}), 0)::float8`
}

/** Events of a contact with the alias `e` that fit, measured. */
export function eventOperand(
  alias: Alias,
  subject: Extract<ResolvedSubject, { kind: 'event' }>,
  conditions: readonly SQL[],
  now: number,
): SQL {
  const fits = conditions.map((it) => sql` and ${it}`)
  return sql`(select ${measured(subject.measure, 'e', now)} from event e
    where e.bucket = ${col(alias, 'bucket')} and e.contact_id = ${col(alias, 'id')} and e.type = ${subject.type}::text${sql.join(fits)})`
}

/** Related records of a contact with the alias `r` that fit, measured. */
export function relatedOperand(
  alias: Alias,
  subject: Extract<ResolvedSubject, { kind: 'related' }>,
  conditions: readonly SQL[],
  now: number,
): SQL {
  const fits = conditions.map((it) => sql` and ${it}`)
  return sql`(select ${measured(subject.measure, 'r', now)} from related r
    where r.bucket = ${col(alias, 'bucket')} and r.contact_id = ${col(alias, 'id')} and r.kind = ${subject.of}::text${sql.join(fits)})`
}

/** True for what a machine did. */
export const byMachine = sql`(e.origin in ('m', 'mh'))`

/** `machine` is a mark of the event itself, never missing. */
function machineOperand(test: PropertyTest): SQL {
  switch (test.on) {
    case 'presence':
      return sql`true`
    case 'number':
      return sql`null::float8`
    case 'flag':
      return byMachine
    case 'text':
      return sql`${byMachine}::text`
    case 'range':
    case 'tags':
      return sql`null::text`
  }
}

/** Where the properties of an event, and of a related record, are stored. Never made of input. */
const PROPS = { e: sql.raw('e.props'), r: sql.raw('r.data') }

/** A property of event `e` or related record `r` as the type of the test reads it; NULL where missing or not comparable. */
export function propertyOperand(key: string, test: PropertyTest, table: 'e' | 'r'): SQL {
  if (key === 'machine' && table === 'e') return machineOperand(test)
  const raw = sql`${PROPS[table]}->${key}::text`
  const text = sql`${PROPS[table]}->>${key}::text`
  const type = sql`jsonb_typeof(${raw})`
  switch (test.on) {
    case 'presence':
      return sql`case when ${type} <> 'null' and ${text} <> '' then true end`
    case 'number':
      return sql`case ${type} when 'number' then (${text})::float8
        when 'string' then case when ${text} ~ '^-?[0-9]{1,15}(\\.[0-9]{1,15})?$' then (${text})::float8 end end`
    case 'tags':
      return sql`null::text`
    case 'range':
      return sql`case when ${type} = 'string' and ${text} ~ ${DATED}::text then ${text} end`
    case 'flag':
      return sql`case ${type} when 'boolean' then (${text})::boolean
        when 'string' then case ${text} when 'true' then true when 'false' then false end end`
    case 'text':
      return sql`case ${type} when 'string' then nullif(coalesce(${sql.raw(table)}.folded->>${key}::text, ${text}), '') when 'boolean' then ${text}
        when 'number' then case when (${text})::numeric = trunc((${text})::numeric) and abs((${text})::numeric) <= 9007199254740991
          then trunc((${text})::numeric)::int8::text end end`
  }
}
