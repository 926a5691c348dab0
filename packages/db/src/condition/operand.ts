import type { PropertyTest, ResolvedSubject } from '@baton/engine'
import { type SQL, sql } from 'drizzle-orm'

/** `c` in the statements below: the alias of `contact`. Never made of input. */
export type Alias = 'c' | 'contact'

const col = (alias: Alias, name: string) => sql`${sql.identifier(alias)}.${sql.identifier(name)}`
const DATE = '^\\d{4}-\\d{2}-\\d{2}$'
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

/** Points of a dimension: lines are in hundredths. */
export function scoreOperand(alias: Alias, dimension: string): SQL {
  return sql`(select coalesce(sum(l.points), 0)::float8 / 100 from ledger l
    where l.bucket = ${col(alias, 'bucket')} and l.contact_id = ${col(alias, 'id')} and l.dimension = ${dimension}::text)`
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

/** Events of a contact with the alias `e`, counted. */
export function countOperand(alias: Alias, type: string, conditions: readonly SQL[]): SQL {
  const fits = conditions.map((it) => sql` and ${it}`)
  return sql`(select count(*)::float8 from event e
    where e.bucket = ${col(alias, 'bucket')} and e.contact_id = ${col(alias, 'id')} and e.type = ${type}::text${sql.join(fits)})`
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
  }
}

/** A property of event `e` as the type of the test reads it; NULL where missing or not comparable. */
export function propertyOperand(key: string, test: PropertyTest): SQL {
  if (key === 'machine') return machineOperand(test)
  const raw = sql`e.props->${key}::text`
  const text = sql`e.props->>${key}::text`
  const type = sql`jsonb_typeof(${raw})`
  switch (test.on) {
    case 'presence':
      return sql`case when ${type} <> 'null' and ${text} <> '' then true end`
    case 'number':
      return sql`case ${type} when 'number' then (${text})::float8
        when 'string' then case when ${text} ~ '^-?[0-9]{1,15}(\\.[0-9]{1,15})?$' then (${text})::float8 end end`
    case 'flag':
      return sql`case ${type} when 'boolean' then (${text})::boolean
        when 'string' then case ${text} when 'true' then true when 'false' then false end end`
    case 'text':
      return sql`case ${type} when 'string' then nullif(coalesce(e.folded->>${key}::text, ${text}), '') when 'boolean' then ${text}
        when 'number' then case when (${text})::numeric = trunc((${text})::numeric) and abs((${text})::numeric) <= 9007199254740991
          then trunc((${text})::numeric)::int8::text end end`
  }
}
