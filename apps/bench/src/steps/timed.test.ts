import { expect, test } from 'vitest'
import { nameOf } from './timed.ts'

test.each([
  ['update enrolment t set a = v.a from unnest($1) v where t.id = v.id', 'update enrolment'],
  ['insert into journal (bucket) select v.bucket from unnest($1) as v(bucket)', 'insert into journal'],
  ['delete from wheel t using unnest($1) as v(bucket) where t.bucket = v.bucket', 'delete from wheel'],
  ['select s.key from unnest((select $1::text[])) as v(id) join send s on s.bucket = v.bucket', 'select from send'],
  ['select plan_rev as rev from workspace where id = 1', 'select from workspace'],
  ['select bucket, ids from (select bucket, ids from wheel where slot <= $1) w', 'select from wheel'],
])('%s', (text, name) => {
  expect(nameOf(text)).toBe(name)
})
