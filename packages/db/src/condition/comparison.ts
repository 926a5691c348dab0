import { type NumberOp, type TagsOp, type Test, type TextOp, type WindowTest, windowBounds } from '@baton/engine'
import { type SQL, sql } from 'drizzle-orm'

/** Collation "C" orders UTF-8 by code point, as `compareText` does. */
const C = sql.raw('collate "C"')

function textComparison(x: SQL, op: TextOp, values: readonly string[]): SQL {
  const value = sql`${values[0] ?? ''}::text`
  switch (op) {
    case 'is':
      return sql`(${x} ${C} = ${value})`
    case 'is-not':
      return sql`(${x} ${C} <> ${value})`
    case 'any-of':
      return sql`(${x} ${C} = any(${sql.param([...values])}::text[]))`
    case 'none-of':
      return sql`(${x} ${C} <> all(${sql.param([...values])}::text[]))`
    case 'contains':
      return sql`(strpos(${x}, ${value}) > 0)`
    case 'not-contains':
      return sql`(strpos(${x}, ${value}) = 0)`
    case 'starts-with':
      return sql`starts_with(${x}, ${value})`
    case 'ends-with':
      return sql`(right(${x}, length(${value})) ${C} = ${value})`
    case 'lt':
      return sql`(${x} ${C} < ${value})`
    case 'gt':
      return sql`(${x} ${C} > ${value})`
  }
}

/** Over the folded copy of a list, `|a|b|`; who has none has the empty list. */
function tagsComparison(x: SQL, op: TagsOp, values: readonly string[]): SQL {
  const found = sql`strpos(${x}, '|' || t.tag || '|')`
  const tags = sql`unnest(${sql.param([...values])}::text[]) as t(tag)`
  switch (op) {
    case 'any-of':
      return sql`(exists (select 1 from ${tags} where ${found} > 0))`
    case 'none-of':
      return sql`(not exists (select 1 from ${tags} where ${found} > 0))`
    case 'all-of':
      return sql`(not exists (select 1 from ${tags} where ${found} = 0))`
  }
}

function numberComparison(x: SQL, op: NumberOp, values: readonly number[]): SQL {
  const a = sql`${values[0] ?? 0}::float8`
  switch (op) {
    case 'is':
      return sql`(${x} = ${a})`
    case 'is-not':
      return sql`(${x} <> ${a})`
    case 'any-of':
      return sql`(${x} = any(${sql.param([...values])}::float8[]))`
    case 'none-of':
      return sql`(${x} <> all(${sql.param([...values])}::float8[]))`
    case 'lt':
      return sql`(${x} < ${a})`
    case 'le':
      return sql`(${x} <= ${a})`
    case 'gt':
      return sql`(${x} > ${a})`
    case 'ge':
      return sql`(${x} >= ${a})`
    case 'between':
      return sql`(${x} between ${a} and ${values[1] ?? 0}::float8)`
  }
}

function window(x: SQL, test: WindowTest, type: 'date' | 'datetime', now: number): SQL {
  const { from, to } = windowBounds(test, type, now)
  return sql`(${x} ${C} between ${from}::text and ${to}::text)`
}

/** A comparison as the engine decides it: NULL where the operand is NULL, but for presence. `type` tells days from instants. */
export function comparison(x: SQL, test: Test, type: 'date' | 'datetime', now: number): SQL {
  switch (test.on) {
    case 'presence':
      return test.empty ? sql`((${x}) is null)` : sql`((${x}) is not null)`
    case 'text':
      return textComparison(sql`(${x})`, test.op, test.values)
    case 'number':
      return numberComparison(sql`(${x})`, test.op, test.values)
    case 'flag':
      return sql`((${x}) = ${test.is}::boolean)`
    case 'tags':
      return tagsComparison(sql`coalesce(${x}, '')`, test.op, test.values)
    case 'range': {
      const bounds = [
        ...(test.from === null ? [] : [sql`(${x}) ${C} >= ${test.from}::text`]),
        ...(test.to === null ? [] : [sql`(${x}) ${C} < ${test.to}::text`]),
      ]
      return sql`(${sql.join(bounds, sql` and `)})`
    }
    case 'window':
      return window(sql`(${x})`, test, type, now)
  }
}
