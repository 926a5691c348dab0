import { acquireLeases, answerHandoff, fence, LeaseLost, mergeContacts, prepareMerge, storeMessages, tellContact } from '@baton/db'
import { buildGraph } from '@baton/engine/testing'
import { bucketOf } from '@baton/leads'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { trackingDoors } from '../src/track/index.ts'
import { BASE, openPost } from './deliver/post.ts'
import { serveDoors } from './doors/house.ts'
import { onBoth, START, type World } from './runner/programme.ts'

const DAY = 86_400_000
const by = { kind: 'user' as const, id: 'usr_ada', name: 'Ada' }
const events = (type: string) => ({ on: { kind: 'event', type, where: [], key: null } })

/** Asks, gets a mail at once, another a day later; in between somebody may start the same again. */
const course = (template: string) =>
  buildGraph(
    [
      ['in', 'trigger', events('signed')],
      ['first', 'send-email', { templateId: template }],
      ['wait', 'wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }],
      ['second', 'send-email', { templateId: template }],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>first', 'first.sent>wait', 'wait.out>second', 'second.sent>end'],
    { reentry: { when: 'always' } },
  )

/** Two people of one: Zoë at work and at home. */
async function two(world: World, keys: [string, string] = ['zoe@work.example', 'zoe@home.example']) {
  const post = await openPost(world, null)
  await world.flow('flw_course', course(post.template))
  await world.fields([{ key: 'company', label: 'Company', type: 'text' }])
  const [work, home] = keys
  const person = async (key: string, more: object = {}) => {
    const id = await world.person(key, { fields: { email: key, first_name: 'Zoë', ...more }, consent: { marketing: true } })
    await world.rows(`insert into identity (value, kind, contact_id) values ($1, 'email', $2)`, [key, id])
    return id
  }
  const ids = { work: await person(work), home: await person(home, { company: 'Nordlicht' }) }
  const did = async (key: string, type: string, id: string) => {
    const at = world.clock.now()
    await world.tell(key, { kind: 'event', at, event: { id, type, props: {}, occurredAt: at, receivedAt: at } })
  }
  const merge = async (survivor = ids.work, loser = ids.home, fields: string[] = []) => {
    const at = world.clock.now()
    await prepareMerge(world.handle, at)
    return world.handle.transaction((tx) => mergeContacts(tx, world.ids, { survivor, loser, fields, by, at }))
  }
  const settle = async () => {
    await world.runner.drainUntilIdle()
    await post.delivery.deliverDue()
    await world.runner.drainUntilIdle()
  }
  const passages = () =>
    world.rows<{ contact: number; entry: number; gen: number; node: string; how: string | null }>(
      `select contact_id as contact, entry, gen, node, end_how as how from enrolment where flow_id = 'flw_course' order by entry, gen`,
    )
  const facts = async () => {
    const [row] = await world.rows<{ f: object; c: object }>(`select facts -> 'f' as f, facts -> 'c' as c from contact where id = $1`, [
      ids.work,
    ])
    return row
  }
  return { post, ids, work, home, did, merge, settle, passages, facts }
}

onBoth('two contacts that turn out to be one', (open) => {
  test('SEMANTICS 3: one person with both histories; the other is a row that names nobody', async () => {
    const world = await open()
    const it = await two(world)
    await it.did(it.work, 'seen', 'e1')
    await it.did(it.home, 'seen', 'e2')
    await it.did(it.home, 'signed', 'e3')
    await it.settle()
    expect(await it.merge()).toBe('merged')
    await it.settle()
    const row = await world.rows('select key, merged_into as into, facts from contact where id = $1', [it.ids.home])
    expect(row).toEqual([{ key: `merged-${it.ids.home}`, into: it.ids.work, facts: { f: {}, k: {}, c: {} } }])
    expect(await it.facts()).toMatchObject({ f: { email: it.work, first_name: 'Zoë', company: 'Nordlicht' }, c: { marketing: true } })
    expect(await world.rows('select distinct contact_id as id from identity')).toEqual([{ id: it.ids.work }])
    for (const table of [
      'event',
      'enrolment',
      'send',
      'ledger',
      'member',
      'inbox',
      'journal j join enrolment e on e.bucket = j.bucket and e.id = j.enrolment_id',
    ])
      expect(await world.rows(`select distinct contact_id as id from ${table}`), table).not.toContainEqual({ id: it.ids.home })
    const types = await world.rows<{ id: string }>(`select id from event where type in ('seen', 'signed', 'contact.merged') order by id`)
    expect(types.map((event) => event.id)).toEqual(['e1', 'e2', 'e3', `${it.work}/merged/${it.home}`])
  })

  test('a passage of the other goes on where it stood, and mails once', async () => {
    const world = await open()
    const it = await two(world)
    await it.did(it.home, 'signed', 'a')
    await it.settle()
    expect(await it.post.mails()).toHaveLength(1)
    await it.merge()
    await it.settle()
    expect(await it.passages()).toEqual([{ contact: it.ids.work, entry: 1, gen: 0, node: 'wait', how: null }])
    await world.runUntil(world.clock.now() + DAY)
    await it.settle()
    const mails = await it.post.mails()
    expect(mails.map((mail) => [mail.to, mail.status])).toEqual([
      [it.home, 'sent'],
      [it.work, 'sent'],
    ])
    expect((await it.passages()).map((row) => row.how)).toEqual(['finished'])
    const journal = (await world.journal()).filter((line) => line.flow === 'flw_course')
    expect(journal.map((line) => `${line.contact} ${line.seq} ${line.node}`)).toEqual(
      ['in', 'first', 'wait', 'second', 'end'].map((node, i) => `${it.work} ${i + 1} ${node}`),
    )
  })

  test('of two in one flow with as many steps the earlier goes on; the other says why it closed, and its mail is taken back', async () => {
    const world = await open()
    const it = await two(world)
    await it.did(it.home, 'signed', 'a')
    await it.settle()
    // The survivor began later, and its first mail is not out yet.
    world.clock.advance(60_000)
    await it.did(it.work, 'signed', 'b')
    await world.runner.drainUntilIdle()
    await it.merge()
    await it.settle()
    expect(await it.passages()).toEqual([
      { contact: it.ids.work, entry: 1, gen: 1, node: 'wait', how: 'merged' },
      { contact: it.ids.work, entry: 2, gen: 0, node: 'wait', how: null },
    ])
    expect((await it.post.mails()).map((mail) => [mail.status, mail.error]).sort()).toEqual([
      ['sent', null],
      ['withdrawn', 'merged'],
    ])
    const closing = (await world.journal()).find((line) => line.reason.code === 'merged')
    expect(closing).toMatchObject({ contact: it.work, seq: 3, port: 'end', reason: { into: it.work } })
    const [count] = await world.rows(`select sum(case when port = '' then n else -n end)::int as n from node_delta where node = 'wait'`)
    expect(count).toEqual({ n: 1 })
    // It enters anew after the higher number.
    await world.runUntil(world.clock.now() + DAY)
    await it.did(it.work, 'signed', 'c')
    await it.settle()
    expect((await it.passages()).map((row) => row.entry)).toEqual([1, 2, 3])
  })

  test('a mail that waits follows its passage: it goes out once, or is taken back with it', async () => {
    const world = await open()
    const it = await two(world)
    await it.did(it.home, 'signed', 'a')
    await world.runner.drainUntilIdle()
    expect(await it.post.mails()).toMatchObject([{ status: 'queued' }])
    await it.merge()
    const key = it.work
    await world.tell(key, { kind: 'remove', at: START, flowId: 'flw_course', key: '', source: by })
    await it.settle()
    expect(await it.post.mails()).toMatchObject([{ status: 'withdrawn' }])
  })

  test('links in mails to the other still work: a click counts for the survivor, leaving is heard', async () => {
    const world = await open()
    const it = await two(world)
    await it.did(it.home, 'signed', 'a')
    await it.settle()
    const [mail] = await world.rows<{ html: string; unsubscribe: string }>(
      `select html, envelope ->> 'unsubscribe' as unsubscribe from send`,
    )
    await it.merge()
    await it.settle()
    const parts = { db: world.handle, clock: world.clock, log: pino({ level: 'silent' }), nudge: () => {} }
    await using web = await serveDoors(trackingDoors(parts))
    const here = (address: string) => address.replaceAll('&amp;', '&').replace(BASE, web.url)
    const click = /https:\/\/baton\.test\/c\/[\w.-]+(?="[^>]*>prices)/.exec(mail?.html ?? '')?.[0] ?? ''
    expect((await fetch(here(click), { redirect: 'manual' })).status).toBe(302)
    expect((await fetch(here(mail?.unsubscribe ?? ''), { method: 'POST' })).status).toBe(200)
    await it.settle()
    const noted = await world.rows(`select distinct contact_id as id from event where type in ('mail.clicked', 'mail.unsubscribed')`)
    expect(noted).toEqual([{ id: it.ids.work }])
    expect(await it.facts()).toMatchObject({ c: { marketing: false } })
  })

  test('what comes in for the other afterwards is told to the survivor', async () => {
    const world = await open()
    const it = await two(world)
    await it.merge()
    const at = world.clock.now()
    await tellContact(
      world.handle,
      it.ids.home,
      [
        { kind: 'fields', at, set: { company: 'Acme' }, source: by },
        { kind: 'event', at, event: { id: 'late', type: 'signed', props: {}, occurredAt: at, receivedAt: at } },
      ],
      at,
    )
    await it.settle()
    expect(await it.facts()).toMatchObject({ f: { company: 'Acme' } })
    expect(await world.rows(`select contact_id as id from event where id = 'late'`)).toEqual([{ id: it.ids.work }])
    expect(await it.passages()).toHaveLength(1)
  })

  test('what waits in the other’s inbox is part of it', async () => {
    const world = await open()
    const it = await two(world)
    const at = world.clock.now()
    await world.tell(it.home, { kind: 'fields', at, set: { company: null, first_name: 'Zoe' }, source: by })
    await world.tell(it.home, { kind: 'consent', at, topic: 'marketing', given: false, source: by })
    await it.did(it.home, 'signed', 'a')
    await it.merge()
    await it.settle()
    expect(await it.facts()).toEqual({ f: { email: it.work, first_name: 'Zoë' }, c: { marketing: false } })
    expect(await it.passages()).toHaveLength(1)
  })

  test('of two leads with sales one stays, and its answer leads both passages on', async () => {
    const world = await open()
    const it = await two(world)
    const lead = (type: string) =>
      buildGraph(
        [
          ['in', 'trigger', events(type)],
          ['hand', 'hand-to-sales', { teamId: 'team_a', why: 'Signed' }],
          ['yes', 'exit', { label: 'Accepted' }],
          ['no', 'exit', { label: 'Rejected' }],
          ['nobody', 'exit', { label: 'Nobody' }],
        ],
        ['in.out>hand', 'hand.accepted>yes', 'hand.rejected>no', 'hand.overflow>nobody'],
      )
    await world.rows(`insert into team (id, name, created_at) values ('team_a', 'Team A', 0)`)
    await world.rows(`insert into "user" (id, name, email, role) values ('ann', 'ANN', 'ann@sales.example', 'sales_rep')`)
    await world.rows(`insert into team_member (team_id, user_id) values ('team_a', 'ann')`)
    await world.flow('flw_one', lead('one'))
    await world.flow('flw_two', lead('two'))
    const runner = world.worker('router', { routing: true })
    await it.did(it.home, 'one', 'l1')
    await runner.drainUntilIdle()
    world.clock.advance(60_000)
    await it.did(it.work, 'two', 'l2')
    await runner.drainUntilIdle()
    await it.merge()
    await runner.drainUntilIdle()
    const leads = await world.rows<{ id: number; flow: string; state: string; contact: number; rev: number }>(
      `select id, flow_id as flow, state, contact_id as contact, rev from handoff order by created_at`,
    )
    expect(leads).toMatchObject([
      { flow: 'flw_one', state: 'assigned', contact: it.ids.work },
      { flow: 'flw_two', state: 'closed', contact: it.ids.work },
    ])
    const [open1] = leads
    const answer = { kind: 'accept' as const }
    const rep = { id: 'ann', name: 'ANN' }
    await world.handle.transaction((tx) =>
      answerHandoff(tx, { id: open1?.id ?? 0, rev: open1?.rev ?? 0, rep, asManager: false, answer, at: world.clock.now() }),
    )
    await runner.drainUntilIdle()
    const ends = await world.rows(
      `select flow_id as flow, end_label as label from enrolment where flow_id in ('flw_one', 'flw_two') order by 1`,
    )
    expect(ends).toEqual([
      { flow: 'flw_one', label: 'Accepted' },
      { flow: 'flw_two', label: 'Accepted' },
    ])
  })

  test('two in one bucket, and one who was made of others before', async () => {
    const world = await open()
    const home = Array.from({ length: 20_000 }, (_, i) => `z${i}@home.example`).find(
      (key) => bucketOf(key) === bucketOf('zoe@work.example'),
    )
    const it = await two(world, ['zoe@work.example', home ?? ''])
    await it.did(it.home, 'signed', 'a')
    await it.settle()
    const third = await world.person('third@example.com', { fields: { email: 'third@example.com' } })
    expect(await it.merge(it.ids.home, third)).toBe('merged')
    expect(await it.merge()).toBe('merged')
    await it.settle()
    expect(await world.rows('select distinct merged_into as into from contact where merged_into is not null')).toEqual([
      { into: it.ids.work },
    ])
    expect(await it.passages()).toMatchObject([{ contact: it.ids.work, gen: 0 }])
    expect(await world.rows(`select count(*)::int as n from event where type = 'signed'`)).toEqual([{ n: 1 }])
    expect(await world.rows(`select count(*)::int as n from journal`)).toEqual([{ n: 1 }])
  })

  test('nobody is lost to a batch that read before: it must not write after', async () => {
    const world = await open()
    const it = await two(world)
    const held = await acquireLeases(world.handle, [it.ids.home % 1024], { owner: 'other', now: Date.now(), ttl: 60_000 })
    await it.merge()
    await expect(world.handle.transaction((tx) => fence(tx, held, 'other'))).rejects.toBeInstanceOf(LeaseLost)
  })

  test('a mail that is on its way at this moment is waited for; nobody merges twice, or with nobody', async () => {
    const world = await open()
    const it = await two(world)
    await it.did(it.home, 'signed', 'a')
    await world.runner.drainUntilIdle()
    await world.rows(`update send set status = 'sending'`)
    expect(await it.merge()).toBe('busy')
    await world.rows(`update send set status = 'sent'`)
    expect(await it.merge()).toBe('merged')
    expect([await it.merge(), await it.merge(it.ids.work, it.ids.work)]).toEqual(['gone', 'gone'])
  })
})

onBoth('a visitor who turns out to be somebody known', (open) => {
  const message = (over: object) => ({
    ...{
      messageId: crypto.randomUUID(),
      kind: 'page' as const,
      eventType: 'page',
      userId: null,
      anonymousId: 'v1',
      previousId: null,
      groupId: null,
    },
    ...{ props: {}, traits: {}, occurredAt: START, receivedAt: START },
    ...over,
  })
  const identify = (over: object) => message({ kind: 'identify', eventType: 'identify', ...over })
  const world2 = async () => {
    const world = await open()
    await openPost(world, null)
    const store = (key: 'browser' | 'server', ...messages: ReturnType<typeof message>[]) =>
      storeMessages(world.handle, world.ids, messages, { id: `key_${key}`, kind: key })
    await store('server', identify({ userId: 'u1', anonymousId: null, traits: { email: 'zoe@example.com' } }))
    await store('browser', message({ props: { path: '/prices' } }), message({ props: { path: '/demo' } }))
    const people = async () => {
      await world.runner.drainUntilIdle()
      return world.rows<{ key: string; pages: number }>(
        `select c.key, (select count(*)::int from event e where e.bucket = c.bucket and e.contact_id = c.id and e.type = 'page') as pages
         from contact c where c.merged_into is null order by c.key`,
      )
    }
    return { world, store, people }
  }

  test('a server that names both makes one of them, with what the visitor did', async () => {
    const it = await world2()
    await it.store('server', identify({ userId: 'u1' }), message({ props: { path: '/docs' } }))
    expect(await it.people()).toEqual([{ key: 'zoe@example.com', pages: 3 }])
    await it.store('browser', message({ props: { path: '/later' } }))
    expect(await it.people()).toEqual([{ key: 'zoe@example.com', pages: 4 }])
  })

  test('by address, and by alias, too', async () => {
    const it = await world2()
    await it.store('server', identify({ traits: { email: 'zoe@example.com' } }))
    expect(await it.people()).toEqual([{ key: 'zoe@example.com', pages: 2 }])
    const other = await world2()
    await other.store('server', message({ kind: 'alias', eventType: 'alias', userId: 'u1', anonymousId: null, previousId: 'v1' }))
    expect(await other.people()).toEqual([{ key: 'zoe@example.com', pages: 2 }])
  })

  test('a browser, whose key anybody can read, joins nobody; and two who are known are never joined by themselves', async () => {
    const it = await world2()
    await it.store('browser', identify({ userId: 'u1', traits: { email: 'zoe@example.com' } }))
    expect(await it.people()).toEqual([
      { key: 'visitor:v1', pages: 2 },
      { key: 'zoe@example.com', pages: 0 },
    ])
    await it.store('server', identify({ userId: 'u2', anonymousId: 'v2', traits: { email: 'tom@example.com' } }))
    await it.store('server', identify({ userId: 'u1', anonymousId: 'v2' }))
    expect((await it.people()).map((row) => row.key)).toEqual(['tom@example.com', 'visitor:v1', 'zoe@example.com'])
  })
})
