import pg from 'pg'
import { factsOf, turnsOf, writes } from './scenario.ts'

const BATCH = 2000

const TABLES = `
create table bare_contact (id bigint primary key, facts jsonb not null);
create table bare_enrolment (id bigint primary key, node text not null, due_at bigint, seq int not null, rev int not null) with (fillfactor = 50);
create table bare_journal (id bigint, seq int, at bigint, steps jsonb, primary key (id, seq));
create table bare_ledger (id bigint, key text, points int, at bigint, primary key (id, key));
create table bare_send (id bigint, key text, at bigint, primary key (id, key));`

/**
 * The floor: what the same rows cost when nobody decides anything. Bulk statements over fresh tables, neighbours together, one
 * transaction per batch, one connection: facts read, state updated, journal, points and sends appended.
 * @returns seconds for the timer-driven turns of `contacts` people
 */
export async function runFloor(url: string, contacts: number): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(TABLES)
    const facts = Array.from({ length: contacts }, (_, i) => JSON.stringify({ f: factsOf(i), c: { marketing: true } }))
    await client.query('insert into bare_contact select * from unnest($1::bigint[], $2::jsonb[])', [[...facts.keys()], facts])
    await client.query(`insert into bare_enrolment select id, 'w1', 0, 1, 0 from bare_contact order by id`)
    await client.query('vacuum analyze')
    const from = performance.now()
    for (let turn = 1; turn <= 3; turn++) {
      for (let start = 0; start < contacts; start += BATCH) await batch(client, turn, start, Math.min(contacts, start + BATCH))
    }
    return (performance.now() - from) / 1000
  } finally {
    await client.end()
  }
}

async function batch(client: pg.Client, turn: number, start: number, end: number): Promise<void> {
  const ids = Array.from({ length: end - start }, (_, i) => start + i)
  const steps = ids.map((id) => turnsOf(id)[turn] ?? [])
  const of = (kind: string) =>
    ids.flatMap((id, i) => (steps[i] ?? []).filter((name) => writes(name) === kind).map((name) => ({ id, name })))
  await client.query('begin')
  await client.query(
    'select c.id, c.facts, e.node, e.seq from bare_enrolment e join bare_contact c on c.id = e.id where e.id = any($1::bigint[])',
    [ids],
  )
  await client.query(
    `update bare_enrolment e set node = v.node, due_at = $3, seq = $4, rev = e.rev + 1 from unnest($1::bigint[], $2::text[]) v(id, node) where e.id = v.id`,
    [ids, steps.map((names) => names.at(-1) ?? ''), turn * 1000, turn * 3],
  )
  await client.query('insert into bare_journal select v.id, $3, $4, v.steps from unnest($1::bigint[], $2::jsonb[]) v(id, steps)', [
    ids,
    steps.map((names) =>
      JSON.stringify(names.map((node, seq) => ({ seq, node, port: 'out', visit: 1, reason: { code: 'ran', at: turn } }))),
    ),
    turn * 3,
    turn,
  ])
  for (const kind of ['ledger', 'send']) {
    const rows = of(kind)
    if (rows.length === 0) continue
    const values = [rows.map((row) => row.id), rows.map((row) => row.name), turn]
    if (kind === 'ledger')
      await client.query('insert into bare_ledger select v.id, v.key, 1000, $3 from unnest($1::bigint[], $2::text[]) v(id, key)', values)
    else await client.query('insert into bare_send select v.id, v.key, $3 from unnest($1::bigint[], $2::text[]) v(id, key)', values)
  }
  const marked = of('contact')
  if (marked.length > 0)
    await client.query(`update bare_contact set facts = jsonb_set(facts, '{f,campaign}', '"seen"') where id = any($1::bigint[])`, [
      marked.map((row) => row.id),
    ])
  await client.query('commit')
}
