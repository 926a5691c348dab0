import type { Handle } from '@baton/db'
import { openDatabase } from '@baton/db'
import { createLog, startServer } from '@baton/server'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Bed, openBed, type Place } from './bed.ts'
import { check, checks } from './check.ts'
import { createClient } from './client.ts'
import { type Expectation, expectationOf } from './expectation.ts'
import { type Facts, readFacts } from './facts.ts'
import { SCANNED } from './flows.ts'
import { setClock, untilDone, untilOver } from './play.ts'
import { scriptOf } from './script.ts'
import { publish, START } from './world.ts'

const SEED = 3
let bed: Bed
let place: Place
let handle: Handle
let expected: Expectation
let good: Facts

beforeAll(async () => {
  bed = await openBed(inject('postgres'))
  const phases = scriptOf(SEED)
  expected = expectationOf(await bed.origin('pg'), phases)
  place = await bed.place('pg')
  const clock = setClock(START)
  const server = await startServer({ config: place.config(), clock, log: createLog('silent') })
  const client = createClient()
  for (const phase of phases) {
    clock.set(phase.at)
    if (phase.publish) await server.db.transaction((tx) => publish(tx, SCANNED, phase.at))
    await client.tell(phase, () => server.url)
    await untilDone(server.db, clock)
  }
  await untilOver(server.db, clock)
  await server.stop()
  handle = await openDatabase(place.where)
  good = await readFacts(handle, bed.sink, bed.hook)
}, 120_000)

afterAll(async () => {
  await handle.close()
  await place.remove()
  await bed.close()
})

test('nothing is wrong after a round in which nothing went wrong, and there was something to get wrong', () => {
  expect(check(good, expected)).toEqual([])
  for (const part of [expected.ledger, expected.sends, expected.effects, expected.handoffs, expected.told])
    expect(part.size).toBeGreaterThan(0)
})

/** A defect per check, planted in the database; which check finds it. */
const PLANTED: readonly (readonly [keyof typeof checks, string, string])[] = [
  [
    'numbers',
    'a turn is lost',
    `delete from journal where (bucket, enrolment_id, seq) = (select bucket, enrolment_id, seq from journal order by bucket, enrolment_id, seq limit 1)`,
  ],
  ['numbers', 'a passage stands one step further', `update enrolment set seq = seq + 1 where id = (select min(id) from enrolment)`],
  [
    'journal',
    'a turn is done twice',
    `insert into journal select bucket, enrolment_id, seq + 100, at, due, steps from journal order by bucket, enrolment_id, seq limit 1`,
  ],
  ['journal', 'a step leaves by another way', `update journal set steps = replace(steps::text, '"mail"', '"call"')::json`],
  ['journal', 'a passage is lost', `delete from enrolment where id = (select min(id) from enrolment)`],
  ['early', 'a timer fires before it is due', `update journal set due = at + 1 where due is not null`],
  ['points', 'points are lost', `delete from ledger where key = (select min(key) from ledger)`],
  [
    'points',
    'points are given twice',
    `insert into ledger select bucket, contact_id, key || '!', dimension, points, at, rule, cause from ledger limit 1`,
  ],
  ['mails', 'a mail is lost', `delete from send where id = (select min(id) from send)`],
  ['mails out', 'a mail is left open', `update send set status = 'sending' where id = (select min(id) from send)`],
  [
    'mails out',
    'a mail counts as sent and never went',
    `update send set message_id = '<other@example.com>' where id = (select min(id) from send)`,
  ],
  ['effects', 'an effect is lost', `delete from effect where id = (select min(id) from effect)`],
  ['effects', 'an effect is left open', `update effect set status = 'sending' where id = (select min(id) from effect)`],
  [
    'calls',
    'a call counts as done and was never made',
    `update effect set key = key || '!' where id = (select min(id) from effect where kind = 'webhook')`,
  ],
  ['leads', 'a lead is lost', `delete from handoff where id = (select min(id) from handoff)`],
  ['leads', 'a lead is given to nobody', `update handoff set state = 'queued' where id = (select min(id) from handoff)`],
  ['counts', 'a count is off by one', `update node_delta set n = n + 1 where id = (select min(id) from node_delta)`],
  ['events', 'an event that was acknowledged is lost', `delete from event where id = (select min(id) from event where type = 'Pinged')`],
  ['rest', 'somebody stays on the wheel', `insert into wheel (bucket, slot, chunk, ids) values (0, 1, 1, '{1}')`],
  [
    'rest',
    'somebody stands still',
    `update enrolment set gen = 0, vars = vars || '{"parked":{}}' where id = (select min(id) from enrolment)`,
  ],
  ['rest', 'a lease is not given back', `update lease set owner = 'x' where bucket = 0`],
]

test('there is a defect for every check', () => {
  expect(new Set(PLANTED.map(([name]) => name))).toEqual(new Set(Object.keys(checks)))
})

test.each(PLANTED)('%s: %s', async (name, _what, text) => {
  const undone = new Error('undone')
  let found: Facts | undefined
  const work = handle.transaction(async (tx) => {
    await tx.query(text)
    // What reads the facts asks a handle: inside the transaction that is all of it that they need.
    found = await readFacts({ ...handle, query: tx.query }, bed.sink, bed.hook)
    throw undone
  })
  await expect(work).rejects.toBe(undone)
  if (!found) throw new Error('nothing was read')
  expect(checks[name](found, expected)).not.toEqual([])
})

test('mails out: the mail server got a mail twice, or one that is none of ours', () => {
  const [id = ''] = good.mails.keys()
  expect(checks['mails out']({ ...good, mails: new Map([...good.mails, [id, 2]]) })).toHaveLength(1)
  expect(checks['mails out']({ ...good, mails: new Map([...good.mails, ['x@example.com', 1]]) })).toHaveLength(1)
})

test('calls: repeated with other words, or made though nobody asked', () => {
  const [key = '', [body = ''] = []] = [...good.calls][0] ?? []
  expect(checks.calls({ ...good, calls: new Map([...good.calls, [key, [body, body]]]) })).toEqual([])
  expect(checks.calls({ ...good, calls: new Map([...good.calls, [key, [body, '{}']]]) })).toHaveLength(1)
  expect(checks.calls({ ...good, calls: new Map([...good.calls, ['other', [body]]]) })).toHaveLength(1)
})
