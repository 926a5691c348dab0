import { describe, expect, test } from 'vitest'
import { placement } from '../src/schema/placement.ts'
import { lintSql } from '../testing/sql-lint/index.ts'

const judge = (sql: string) => lintSql(sql, placement)

/** What a database spread over machines does with one task: the statements of the matrix that route. */
const ROUTED = [
  'select * from enrolment e where e.bucket = $1 and due_at < $2 order by due_at limit 10 for update of e skip locked',
  'select 1 from lease where bucket = $1::smallint and owner = $2 and epoch = $3 for key share',
  'select e.*, f.name from enrolment e join flow f on f.id = e.flow_id where e.bucket = 5 and e.id = $1 for update of e',
  'select c.key from enrolment e join contact c on c.bucket = e.bucket and c.id = e.contact_id where e.bucket = $1',
  `with s as (select bucket, id from enrolment where bucket = $1 and gen = 0 for update skip locked)
   update enrolment e set rev = e.rev + 1 from s where e.bucket = $1 and e.bucket = s.bucket and e.id = s.id returning e.id`,
  'update enrolment set rev = rev + 1 where bucket = $1 and id in (select id from enrolment where bucket = $1 limit 5 for update skip locked)',
  'update enrolment t set seq = v.seq, vars = t.vars || v.vars from json_to_recordset($1::json) as v(id bigint, seq integer, vars jsonb) where t.bucket = $2::smallint and t.id = v.id returning t.id',
  'update enrolment t set seq = v.seq from unnest($1::bigint[], $2::int[]) v(id, seq) where t.bucket = $3 and t.id = v.id',
  "update send s set status = case when v.ok then 'sent' else s.status end, sent_at = coalesce(v.at, s.sent_at) from json_to_recordset($1) as v(id bigint, ok boolean, at bigint) where s.bucket = $2 and s.id = v.id",
  'insert into member (bucket, contact_id, segment_id) values ($1, $2, $3) on conflict (bucket, contact_id, segment_id) do update set since = excluded.since',
  `insert into journal (bucket, enrolment_id, seq) select l.bucket, v.id, v.seq from (select bucket from lease where bucket = $2::smallint) l
   cross join json_to_recordset($1::json) as v(id bigint, seq integer) on conflict do nothing`,
  'insert into journal (bucket, enrolment_id, seq) select l.bucket, v.id, v.seq from lease l cross join unnest($2::bigint[], $3::int[]) v(id, seq) where l.bucket = $1 and l.owner = $4',
  'delete from wheel t using json_to_recordset($1) as v(slot bigint, chunk bigint) where t.bucket = $2 and t.slot = v.slot and t.chunk = v.chunk',
  'select (select count(*) from send_link l where l.bucket = $1 and l.send_id = s.id) from send s where s.bucket = $1 and s.id = $2',
  'select count(*) from enrolment where bucket = $1 group by node having count(*) > 1',
  'select contact_id from identity where value = $1 and kind = $2',
  'insert into identity (value, kind, contact_id) values ($1, $2, $3) on conflict do nothing returning value',
  'update contact set facts = $3 where bucket = $1 and id = $2 and due_at < $4',
  'update duty set epoch = epoch + 1, name = lower(name) where name = $1',
]

/** What it refuses: statement, and a word of the reason. */
const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['select * from enrolment where due_at < $1 for update skip locked', /FOR UPDATE/],
  ['select * from enrolment where bucket in (5, 6) for update', /FOR UPDATE/],
  ['select * from enrolment where bucket = any($1) for update', /FOR UPDATE/],
  ['select * from enrolment where bucket between $1 and $2 for update', /FOR UPDATE/],
  ['select * from enrolment where id = $1 for update', /FOR UPDATE/],
  ['update enrolment set rev = 1 where bucket = $1 and id in (select id from enrolment limit 5 for update skip locked)', /FOR UPDATE/],
  ['insert into member (bucket, contact_id) values ($1, $2) on conflict (bucket, contact_id) do update set since = now()', /now\(\)/],
  [
    "insert into send (bucket, id) values ($1, $2) on conflict (bucket, id) do update set envelope = jsonb_build_object('a', 1)",
    /jsonb_build_object/,
  ],
  ['update enrolment set rev = random() where bucket = $1', /random/],
  ['update enrolment set key = gen_random_uuid()::text where bucket = $1', /gen_random_uuid/],
  ['update enrolment set node_since = clock_timestamp() where bucket = $1', /clock_timestamp/],
  ["update enrolment set due_at = due_at + interval '1 day' where bucket = $1", /time/],
  ["update enrolment set due_at = date_trunc('day', due_at) where bucket = $1", /date_trunc/],
  ["update enrolment set node = to_char(due_at, 'YYYY') where bucket = $1", /to_char/],
  ["update enrolment set vars = vars || jsonb_build_object('r', rev) where bucket = $1", /jsonb_build_object/],
  ['update enrolment set vars = to_jsonb(rev) where bucket = $1', /to_jsonb/],
  ["update enrolment set rev = 1 where bucket = $1 and due_at + interval '1 hour' < $2", /sum of times/],
  ["update enrolment set rev = 1 where bucket = $1 and date_trunc('day', due_at) = $2", /date_trunc/],
  ['update enrolment set due_at = coalesce(due_at, now()) where bucket = $1', /now\(\)/],
  ['update enrolment set due_at = case when rev > 1 then now() else due_at end where bucket = $1', /now\(\)/],
  ["update send set status = case status when 'queued' then 'sent' else status end where bucket = $1", /CASE WHEN/],
  ["update contact set key = 'merged-' || id where bucket = $1", /cast to text/],
  ['update enrolment set rev = 1 where bucket = $1 returning id, now()', /RETURNING/],
  ['update enrolment set bucket = $2 where bucket = $1', /for life/],
  ['update identity set value = $2 where value = $1', /for life/],
  ['create unique index x on contact (key)', /unique index/],
  ['alter table contact add constraint u unique (key)', /unique constraint/],
  ['alter table identity add constraint f foreign key (contact_id) references contact (id)', /foreign key/],
  ['alter table journal add constraint f foreign key (enrolment_id) references enrolment (id)', /foreign key/],
  ['select c.key from identity i join contact c on c.id = i.contact_id where i.value = $1', /elsewhere/],
  ['select c.key from identity i join contact c on c.id = i.contact_id where i.value = $1 and c.bucket = $2', /elsewhere/],
  ['select 1 from contact c where c.bucket = $1 and exists (select 1 from suppression s where s.value = c.key)', /elsewhere/],
  ['select e.id from enrolment e join contact c on c.id = e.contact_id', /without equal bucket/],
  ['select e.id from enrolment e, contact c where c.id = e.contact_id and e.bucket = $1', /without equal bucket/],
  ['select c.id from contact c where exists (select 1 from enrolment e where e.contact_id = c.id)', /without equal bucket/],
  [
    'select c.id from json_to_recordset($1) as v(bucket smallint, id bigint) cross join lateral (select id from contact where bucket = v.bucket and id = v.id limit 1) c',
    /LATERAL/,
  ],
  ['select node, flow_id, count(*) from enrolment group by rollup (node, flow_id)', /GROUPING SETS/],
  ['select node, count(*) from enrolment group by grouping sets ((node), ())', /GROUPING SETS/],
  ['create trigger t after insert on contact execute function f()', /trigger/],
  ['listen work', /LISTEN/],
  ['notify work', /LISTEN/],
  ['select pg_advisory_lock(1)', /advisory/],
  ['select pg_try_advisory_xact_lock(bucket) from lease where bucket = $1', /advisory/],
  ['alter table contact add column n bigserial', /identity/],
  ['alter table contact add column n bigint generated always as identity', /identity/],
  ['alter table contact add column n bigint, add constraint c check (n > 0)', /one change/],
  ['alter table contact alter column bucket type integer', /for life/],
]

/** What runs there, but asks many machines or passes through the coordinator. */
const WIDE = [
  'select * from enrolment where id = $1',
  'select * from enrolment where bucket = any($1)',
  'select bucket, count(*) from inbox group by bucket',
  'update enrolment set rev = 1 where flow_id = $1',
  'update enrolment e set seq = v.seq from json_to_recordset($1) as v(bucket smallint, id bigint, seq integer) where e.bucket = v.bucket and e.id = v.id',
  'insert into journal (bucket, enrolment_id) select v.bucket, v.id from json_to_recordset($1) as v(bucket smallint, id bigint)',
  'insert into journal (bucket, enrolment_id) select $2::smallint, v.id from unnest($1::bigint[]) v(id)',
  'insert into member (bucket, contact_id) values ($1, $2), ($3, $4)',
  'with gone as (delete from inbox where bucket = $1 returning *) insert into inbox (bucket, seq) select $2, seq from gone',
  'with u as (update enrolment set rev = 1 where bucket = $1 returning bucket, id) insert into journal (bucket, enrolment_id) select bucket, id from u',
  'select (select count(*) from send_link l where l.bucket = s.bucket and l.send_id = s.id) from send s where s.bucket = $1',
  'select 1 from contact c where c.bucket = $1 and exists (select 1 from enrolment e where e.bucket = c.bucket and e.contact_id = c.id)',
  'select contact_id from identity where value = any($1)',
  'select contact_id from identity where contact_id = $1',
  'select s.value, i.contact_id from suppression s left join identity i on i.value = s.value order by s.at desc limit 50',
  'insert into identity (value, kind, contact_id) select * from unnest($1::text[], $2::text[], $3::bigint[])',
]

describe('a statement', () => {
  test.each(ROUTED)('routes to one machine: %s', (sql) => {
    expect(judge(sql)).toEqual({ refused: [], wide: [] })
  })

  test.each(REFUSED)('is refused: %s', (sql, why) => {
    expect(judge(sql).refused.join('; ')).toMatch(why)
  })

  test.each(WIDE)('runs, but not on the hot path: %s', (sql) => {
    const { refused, wide } = judge(sql)
    expect(refused).toEqual([])
    expect(wide).not.toEqual([])
  })
})
