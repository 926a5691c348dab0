import { type Handle, WHEEL_GROUP } from '@baton/db'

/** Where the people stand who are copied: after their first, second or third wait began. */
export const STAGES = ['w1', 'w2', 'w3'] as const

/** What decides the way of a contact through the campaign, as SQL over the number `i`: the twin of `factsOf`. */
const FACTS = `(array['admin.', 'blue-collar', 'management', 'retired', 'services', 'student'])[1 + i % 6] as job,
  (i * 7919) % 5000 as balance, 18 + (i * 31) % 60 as age, (i / 6) % 3 as stage`
const WAY = `case when job in ('admin.', 'management') then 'office' when balance >= 1500 then 'rich' else 'poor' end || (age < 35)::text`

/** How a copied row differs from the one it is copied from: `t` is the row, `n` the new person. All other columns are the same. */
const TABLES: readonly { table: string; of: string; order: string; changed: Readonly<Record<string, string>> }[] = [
  {
    table: 'contact',
    of: 't.id = n.model_contact',
    order: 'n.i',
    changed: {
      bucket: 'n.bucket',
      id: 'n.contact_id',
      key: 'n.key',
      facts: `t.facts || jsonb_build_object(
                'f', t.facts -> 'f' || jsonb_build_object('job', n.job, 'balance', n.balance, 'age', n.age, 'email', n.key),
                'k', t.facts -> 'k' || jsonb_build_object('job', n.job, 'email', n.key))`,
    },
  },
  { table: 'identity', of: 't.contact_id = n.model_contact', order: 'n.i', changed: { value: 'n.key', contact_id: 'n.contact_id' } },
  {
    table: 'enrolment',
    of: 't.id = n.model_enrolment',
    order: 'n.place',
    changed: { bucket: 'n.bucket', id: 'n.enrolment_id', contact_id: 'n.contact_id', due_at: 'n.due_at' },
  },
  {
    table: 'journal',
    of: 't.enrolment_id = n.model_enrolment',
    order: 'n.place',
    changed: { bucket: 'n.bucket', enrolment_id: 'n.enrolment_id' },
  },
  {
    table: 'ledger',
    of: 't.contact_id = n.model_contact',
    order: 'n.place',
    changed: { bucket: 'n.bucket', contact_id: 'n.contact_id', key: 'n.key || substr(t.key, length(n.model_key) + 1)' },
  },
  {
    table: 'send',
    of: 't.contact_id = n.model_contact',
    order: 'n.place',
    changed: {
      bucket: 'n.bucket',
      id: 'n.send_id',
      contact_id: 'n.contact_id',
      key: 'n.key || substr(t.key, length(n.model_key) + 1)',
    },
  },
]

/**
 * Copies real people of the campaign to many, each with the rows that somebody of their facts and stage has: contacts as they arrive,
 * over all buckets; passages as a publish makes them, by (bucket, id). Reasons in the journal tell the values of the model.
 * @param from the first number to copy to; all below it are the models
 * @param due the instant of a new person's wake-up, as SQL over their number `n.i`; the model's unless given
 */
export async function clonePeople(
  handle: Handle,
  { from, to, due }: { from: number; to: number; due?: string | undefined },
): Promise<void> {
  const run = (text: string) => handle.executeSql(text)
  // Ids of contacts, passages and mails lie behind each other, and behind those of the models.
  const [{ base } = { base: 0 }] = await handle.query<{ base: number }>(`select nextval('id_block') * 1000 as base`)
  const people = to - from
  await run(`
    create unlogged table bench_model as
    select distinct on (way, stage) ${WAY} as way, m.stage, m.contact_id, m.key, e.id as enrolment_id, e.due_at
    from (select c.id as contact_id, c.key, ${FACTS} from contact c cross join lateral (select substr(c.key, 2, strpos(c.key, '@') - 2)::int as i) n) m
    join enrolment e on e.bucket = (m.contact_id & 1023) and e.contact_id = m.contact_id order by way, stage, m.contact_id;
    create unlogged table bench_new as
    select f.*, row_number() over (order by f.bucket, f.contact_id) as place
    from (select p.*, (${base} + p.i - ${from}) * 1024 + p.bucket as contact_id, 'p' || p.i || '@example.com' as key,
            ${WAY} as way from (select i, hashint8(i) & 1023 as bucket, ${FACTS} from generate_series(${from}::bigint, ${to - 1}) i) p) f;
    analyze bench_model, bench_new`)
  await run(`
    create unlogged table bench_person as
    select n.*, (${base + people} + n.place) * 1024 + n.bucket as enrolment_id, (${base + 2 * people} + n.place) * 1024 + n.bucket as send_id,
      m.contact_id as model_contact, m.enrolment_id as model_enrolment, m.key as model_key,
      ${due ?? 'm.due_at'} as due_at
    from bench_new n join bench_model m on m.way = n.way and m.stage = n.stage order by n.place;
    drop table bench_new; analyze bench_person`)
  for (const { table, of, order, changed } of TABLES) {
    const columns = await handle.query<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
      [table],
    )
    const names = columns.map(({ name }) => `"${name}"`).join(', ')
    const values = columns.map(({ name }) => `${changed[name] ?? `t."${name}"`}`).join(', ')
    await run(`insert into ${table} (${names}) select ${values} from bench_person n join ${table} t on ${of} order by ${order}`)
  }
  await run(`
    insert into wheel (bucket, slot, chunk, ids)
    select g.bucket, g.due_at, nextval('wheel_chunk'), array_agg(g.enrolment_id order by g.place) from
      (select n.bucket / ${WHEEL_GROUP} * ${WHEEL_GROUP} as bucket, n.due_at, n.enrolment_id, n.place,
         (row_number() over (partition by n.bucket / ${WHEEL_GROUP}, n.due_at order by n.place) - 1) / 1000 as part from bench_person n) g
    group by g.bucket, g.due_at, g.part order by g.due_at, g.bucket, g.part;
    insert into node_delta (bucket, flow_id, node, port, hour, n)
    select 0, e.flow_id, d.node, d.port, d.hour, sum(m.n) from
      (select model_enrolment, count(*)::int as n from bench_person group by 1) m join enrolment e on e.id = m.model_enrolment
      cross join lateral (select s ->> 'node' as node, p.port, (j.at / 3600000)::int as hour from journal j, json_array_elements(j.steps) s,
        lateral (values (''), (s ->> 'port')) p(port) where j.bucket = e.bucket and j.enrolment_id = e.id
        union all select e.node, '', (e.node_since / 3600000)::int) d
    group by 1, 2, 3, 4, 5;
    select setval('id_block', ${Math.ceil((base + 3 * people) / 1000) + 1});
    drop table bench_model, bench_person`)
}
