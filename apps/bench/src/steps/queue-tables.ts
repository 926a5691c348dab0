import type pg from 'pg'
import { factsOf, turnsOf, writes } from './scenario.ts'

/** What one job does: a step, or all steps to the next wait. */
export type Unit = 'step' | 'turn'

/** The jobs of contact `i`, in order; each is the list of steps it takes. */
export function jobsOf(i: number, unit: Unit): string[][] {
  const turns = turnsOf(i).slice(1)
  return unit === 'turn' ? turns : turns.flat().map((name) => [name])
}

/** Which job of which contact. */
export interface Payload {
  id: number
  n: number
}

/** Tables as an engineer would lay them for jobs that each know one contact. */
export async function makeTables(client: pg.Client | pg.Pool, contacts: number): Promise<void> {
  await client.query(`create table q_contact (id bigint primary key, facts jsonb not null);
    create table q_enrolment (id bigint primary key, node text not null, seq int not null);
    create table q_journal (id bigint, seq int, steps jsonb, primary key (id, seq));
    create table q_ledger (id bigint, key text, points int, primary key (id, key));
    create table q_send (id bigint, key text, primary key (id, key))`)
  const facts = Array.from({ length: contacts }, (_, i) => JSON.stringify({ f: factsOf(i), c: { marketing: true } }))
  await client.query('insert into q_contact select * from unnest($1::bigint[], $2::jsonb[])', [[...facts.keys()], facts])
  await client.query(`insert into q_enrolment select id, 'w1', 0 from q_contact`)
}

/**
 * The writes of one job, one statement each, as code that knows one contact makes them.
 * @returns whether there is a next job
 */
export async function carryOut(client: pg.ClientBase, { id, n }: Payload, unit: Unit): Promise<boolean> {
  const jobs = jobsOf(id, unit)
  const steps = jobs[n] ?? []
  await client.query('select facts from q_contact where id = $1', [id])
  await client.query('update q_enrolment set node = $2, seq = $3 where id = $1', [id, steps.at(-1), n])
  await client.query('insert into q_journal values ($1, $2, $3)', [id, n, JSON.stringify(steps)])
  for (const name of steps) {
    const kind = writes(name)
    if (kind === 'ledger') await client.query('insert into q_ledger values ($1, $2, 1000)', [id, name])
    if (kind === 'send') await client.query('insert into q_send values ($1, $2)', [id, name])
    if (kind === 'contact')
      await client.query(`update q_contact set facts = jsonb_set(facts, '{f,campaign}', '"seen"') where id = $1`, [id])
  }
  return n + 1 < jobs.length
}
