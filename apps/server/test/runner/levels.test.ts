import { answerHandoff, changeHandoff, handoffLogOf, type LogEntry, leadCounts, wakeOrphans } from '@baton/db'
import { buildGraph } from '@baton/engine/testing'
import { expect, test } from 'vitest'
import type { Runner } from '../../src/runner/index.ts'
import { onBoth, START, type World } from './programme.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
/** The reps work from nine to five, and it is eight on a Monday: a level of an hour ends at ten. */
const NINE = START + HOUR
const TEN = START + 2 * HOUR

interface Terms {
  level?: { minutes: number; remindBefore: number | null } | null
  redistribute?: number
  afterBreach?: 'no-response' | 'manager'
  queueMinutes?: number | null
}

const flowOf = (terms: Terms) => {
  const config = { level: { minutes: 60, remindBefore: 30 }, redistribute: 1, ...terms }
  return buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'event', type: 'asked', where: [], key: null } }],
      ['hand', 'hand-to-sales', { teamId: 'team_a', why: 'Asked for a call', ...config }],
      ['yes', 'exit', { label: 'Accepted' }],
      ['no', 'exit', { label: 'Rejected' }],
      ['nobody', 'exit', { label: 'Nobody' }],
      ['silent', 'exit', { label: 'Silent' }],
    ],
    [
      ...['in.out>hand', 'hand.accepted>yes', 'hand.rejected>no', 'hand.overflow>nobody'],
      ...(config.level && config.afterBreach !== 'manager' ? ['hand.no-response>silent'] : []),
    ],
  )
}

/** A team, a flow that hands over under these terms, and somebody who asked. */
async function desk(world: World, terms: Terms = {}, reps: readonly string[] = ['ann', 'bob'], cap: number | null = null): Promise<Runner> {
  await world.fields([{ key: 'country', label: 'Country', type: 'text' }])
  await world.rows(`update workspace set settings = settings || '{"zone":"UTC"}'::jsonb`)
  await world.rows(`insert into team (id, name, created_at) values ('team_a', 'Team A', 0)`)
  for (const id of reps) {
    await world.rows(`insert into "user" (id, name, email, role) values ($1, $2, $3, 'sales_rep')`, [
      id,
      id.toUpperCase(),
      `${id}@sales.example`,
    ])
    await world.rows(`insert into team_member (team_id, user_id, cap) values ('team_a', $1, $2)`, [id, cap])
  }
  await world.rows(`insert into "user" (id, name, email, role) values ('max', 'MAX', 'max@sales.example', 'sales_manager')`)
  await world.flow('flw_a', flowOf(terms))
  return world.worker('router', { routing: true })
}

async function ask(world: World, runner: Runner, ...keys: string[]): Promise<void> {
  const at = world.clock.now()
  for (const key of keys) {
    await world.tell(key, { kind: 'event', at, event: { id: `${key}/${at}`, type: 'asked', props: {}, occurredAt: at, receivedAt: at } })
  }
  await runner.drainUntilIdle()
}

interface Lead {
  id: number
  rep: string | null
  state: string
  rev: number
  deadline: number | null
  look: number | null
  bounces: number
  hadBy: string[]
  manager: boolean
  reason: { code: string } | null
}
const leads = (world: World) =>
  world.rows<Lead>(
    `select id, rep_id as rep, state, rev, deadline, next_look as look, bounces, had_by as "hadBy", manager_queue as manager, assign_reason as reason
     from handoff order by created_at, id`,
  )
async function lead(world: World): Promise<Lead> {
  const [one] = await leads(world)
  if (!one) throw new Error('no lead')
  return one
}
const kinds = async (world: World, id: number): Promise<LogEntry['kind'][]> => (await handoffLogOf(world.handle, id)).map((it) => it.kind)
const notes = (world: World) =>
  world.rows<{ what: string; to: string }>(
    `select payload ->> 'what' as what, payload -> 'to' ->> 'id' as to from effect where kind = 'notify' order by at, key`,
  )
const labels = (world: World) => world.rows<{ label: string }>('select end_label as label from enrolment where gen > 0 order by 1')
const accept = (world: World, { id, rev, rep }: Lead) =>
  world.handle.transaction((tx) =>
    answerHandoff(tx, {
      ...{ id, rev, rep: { id: rep ?? '', name: 'Rep' }, asManager: false },
      ...{ answer: { kind: 'accept' }, at: world.clock.now() },
    }),
  )

onBoth(
  'service levels',
  (open) => {
    test('LV-1 a level runs in the rep’s calendar, and ends with the answer', async () => {
      const world = await open()
      const runner = await desk(world)
      await world.person('p')
      await ask(world, runner, 'p')
      const given = await lead(world)
      expect(given).toMatchObject({ state: 'assigned', deadline: TEN, look: TEN - 30 * MINUTE })
      expect(await kinds(world, given.id)).toEqual(['created', 'assigned'])
      await world.runUntil(NINE + 5 * MINUTE, runner)
      expect(await accept(world, await lead(world))).toHaveProperty('contactId')
      await world.runUntil(NINE + 5 * HOUR, runner)
      expect(await lead(world)).toMatchObject({ state: 'accepted', look: null, rep: given.rep })
      expect(await kinds(world, given.id)).toEqual(['created', 'assigned', 'accepted'])
      expect(await labels(world)).toEqual([{ label: 'Accepted' }])
    })

    test('a lead that nobody works is taken back, goes to somebody else once, and then back to marketing; everybody is told', async () => {
      const world = await open()
      const runner = await desk(world)
      await world.person('p')
      await ask(world, runner, 'p')
      const first = await lead(world)
      await world.runUntil(TEN, runner)
      const second = await lead(world)
      expect(second).toMatchObject({ state: 'assigned', bounces: 1, hadBy: [first.rep], deadline: TEN + HOUR })
      expect(second.rep).not.toBe(first.rep)
      expect(await accept(world, first)).toMatchObject({ refused: 'changed', last: { kind: 'assigned' } })
      await world.runUntil(TEN + HOUR, runner)
      expect(await lead(world)).toMatchObject({ state: 'no-response', rep: null, bounces: 2, look: null })
      expect(await kinds(world, first.id)).toEqual([
        ...['created', 'assigned', 'reminded', 'breached', 'clawed-back'],
        ...['assigned', 'reminded', 'breached', 'clawed-back', 'no-response'],
      ])
      expect(await labels(world)).toEqual([{ label: 'Silent' }])
      expect(await world.rows('select owner_side as side from contact')).toEqual([{ side: 'marketing' }])
      expect((await world.rows(`select type from event where type like 'sales.%' order by type`)).map((it) => it.type)).toEqual([
        ...['sales.breached', 'sales.breached', 'sales.handed-over', 'sales.no-response'],
      ])
      const told = (await notes(world)).map((it) => `${it.what} ${it.to}`).sort()
      const [a = '', b = ''] = [first.rep, second.rep]
      expect(told).toEqual(
        [...['breached max', 'breached max'], ...[a, b].flatMap((rep) => [`assigned ${rep}`, `reminded ${rep}`, `taken ${rep}`])].sort(),
      )
    })

    test('LV-5 or it waits for the manager, and is never without an owner or a queue', async () => {
      const world = await open()
      const runner = await desk(world, { redistribute: 0, afterBreach: 'manager' })
      await world.person('p')
      await ask(world, runner, 'p')
      await world.runUntil(TEN, runner)
      const waiting = await lead(world)
      expect(waiting).toMatchObject({ state: 'queued', manager: true, rep: null })
      expect(await world.rows('select * from team_queue')).toEqual([])
      expect(await leadCounts(world.handle, world.clock.now())).toEqual({ open: 1, queued: 1, breached: 0, manager: 1 })
      await world.runUntil(TEN + 9 * HOUR, runner)
      expect(await lead(world)).toMatchObject({ state: 'queued', manager: true, rev: waiting.rev })
      expect((await notes(world)).filter((it) => it.to === 'max').map((it) => it.what)).toEqual(['breached', 'escalated'])
    })

    test('a lead that was taken back and for which nobody is left ends as a breach ends, not as overflow', async () => {
      const world = await open()
      const runner = await desk(world, { redistribute: 5 }, ['ann'])
      await world.person('p')
      await ask(world, runner, 'p')
      await world.runUntil(TEN, runner)
      expect(await lead(world)).toMatchObject({ state: 'no-response', reason: { code: 'everyone-had-it' } })
      expect(await labels(world)).toEqual([{ label: 'Silent' }])
    })

    test('LV-4 while the rep writes it stays, fifteen minutes at most; the breach is told at once', async () => {
      const world = await open()
      const runner = await desk(world, { redistribute: 0 })
      await world.person('p')
      await ask(world, runner, 'p')
      await world.runUntil(TEN - MINUTE, runner)
      const { id } = await lead(world)
      const write = (at: number) => world.rows('update handoff set draft_at = $1 where id = $2', [at, id])
      await write(TEN - 2 * MINUTE)
      await world.runUntil(TEN, runner)
      expect(await lead(world)).toMatchObject({ state: 'assigned', look: TEN + 3 * MINUTE })
      expect(await kinds(world, id)).toEqual(['created', 'assigned', 'reminded', 'breached', 'deferred'])
      await write(TEN + 2 * MINUTE)
      await world.runUntil(TEN + 3 * MINUTE, runner)
      expect(await lead(world)).toMatchObject({ state: 'assigned', look: TEN + 7 * MINUTE })
      await write(TEN + 6 * MINUTE)
      await world.runUntil(TEN + 7 * MINUTE, runner)
      await write(TEN + 10 * MINUTE)
      await world.runUntil(TEN + 11 * MINUTE, runner)
      await write(TEN + 14 * MINUTE)
      await world.runUntil(TEN + 15 * MINUTE - 1, runner)
      expect(await lead(world)).toMatchObject({ state: 'assigned', look: TEN + 15 * MINUTE })
      await world.runUntil(TEN + 15 * MINUTE, runner)
      expect(await lead(world)).toMatchObject({ state: 'no-response' })
      expect((await kinds(world, id)).filter((it) => it === 'breached')).toHaveLength(1)
    })

    test('LV-6 a clock that is set back changes nothing, and nothing is done twice when it comes by again', async () => {
      const world = await open()
      const runner = await desk(world)
      await world.person('p')
      await ask(world, runner, 'p')
      await world.runUntil(TEN - 30 * MINUTE, runner)
      const reminded = await lead(world)
      world.clock.advance(START - world.clock.now())
      await runner.drainUntilIdle()
      await world.runUntil(TEN - 1, runner)
      expect(await lead(world)).toEqual(reminded)
      expect((await kinds(world, reminded.id)).filter((it) => it === 'reminded')).toHaveLength(1)
      await world.runUntil(TEN, runner)
      expect(await lead(world)).toMatchObject({ bounces: 1, state: 'assigned' })
    })

    test('leads of a rep who is deactivated, or gone from the team or altogether, go to somebody else; also accepted ones', async () => {
      const world = await open()
      const runner = await desk(world, {}, ['ann', 'bob', 'cid', 'dan'])
      for (const key of ['p', 'q', 'r', 's']) await world.person(key)
      await ask(world, runner, 'p', 'q', 'r', 's')
      const before = await leads(world)
      const of = (rep: string) => before.find((it) => it.rep === rep)
      const ann = of('ann')
      if (ann) await accept(world, ann)
      await world.rows(`update "user" set active = false where id = 'ann'`)
      await world.rows(`delete from team_member where user_id = 'bob'`)
      await world.rows(`delete from "user" where id = 'cid'`)
      expect(await world.handle.transaction((tx) => wakeOrphans(tx, world.clock.now()))).toBe(3)
      await runner.drainUntilIdle()
      const after = await leads(world)
      expect(after.map((it) => it.rep)).toEqual(['dan', 'dan', 'dan', 'dan'])
      expect(after.map((it) => it.state)).toEqual(['assigned', 'assigned', 'assigned', 'assigned'])
      expect(after.find((it) => it.id === ann?.id)?.hadBy).toEqual(['ann'])
      expect(await kinds(world, ann?.id ?? 0)).toEqual(['created', 'assigned', 'accepted', 'handed-on', 'assigned'])
      expect(await world.handle.transaction((tx) => wakeOrphans(tx, world.clock.now()))).toBe(0)
    })
  },
  ['spread'],
)

onBoth(
  'the way of a lead',
  (open) => {
    test('waits for a place as long as the node says, in working minutes, and then overflows', async () => {
      const world = await open()
      const runner = await desk(world, { level: null, queueMinutes: 30 }, ['ann'], 1)
      await world.person('p')
      await world.person('q')
      await ask(world, runner, 'p', 'q')
      expect((await leads(world)).map((it) => it.state).sort()).toEqual(['assigned', 'queued'])
      await world.runUntil(NINE + 30 * MINUTE - 1, runner)
      expect((await leads(world)).map((it) => it.state).sort()).toEqual(['assigned', 'queued'])
      await world.runUntil(NINE + 30 * MINUTE, runner)
      expect((await leads(world)).map((it) => it.state).sort()).toEqual(['assigned', 'overflow'])
    })

    test('nobody who is away gets any, and who comes back is not flooded', async () => {
      const world = await open()
      const runner = await desk(world, { level: null })
      const back = START + 4 * HOUR
      await world.rows(`insert into absence (id, user_id, from_at, to_at, created_at) values ('a', 'ann', $1, $2, 0)`, [START - HOUR, back])
      const keys = Array.from({ length: 12 }, (_, i) => `p${i}`)
      for (const key of keys) await world.person(key)
      await ask(world, runner, ...keys.slice(0, 6))
      expect((await leads(world)).map((it) => it.rep)).toEqual(Array.from({ length: 6 }, () => 'bob'))
      await world.runUntil(back, runner)
      await ask(world, runner, ...keys.slice(6))
      const given = (await leads(world)).slice(6).map((it) => it.rep)
      expect(given.filter((it) => it === 'ann').length).toBeLessThanOrEqual(4)
      expect(given.filter((it) => it === 'ann').length).toBeGreaterThanOrEqual(2)
    })

    test('LR-8 LR-9 LR-10 the account’s owner first, then the territory; one who is full is waited for and holds nobody up', async () => {
      const world = await open()
      const runner = await desk(world, { level: null }, ['ann', 'bob', 'cid'], 1)
      const only = { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'country' }, op: 'is', value: 'AT' }] }
      await world.rows(
        `insert into territory (id, team_id, position, name, condition, rep_ids, created_at, updated_at) values
         ('ter_1', 'team_a', 1, 'Austria', $1::jsonb, '["cid"]', 0, 1), ('ter_2', 'team_a', 2, 'Also Austria', $1::jsonb, '["ann"]', 0, 1)`,
        [JSON.stringify(only)],
      )
      const owned = async (key: string) => {
        const id = await world.person(key)
        await world.rows(
          `insert into related (bucket, contact_id, kind, id, data, at) values ($1, $2, 'company', 'acme', '{"owner":"BOB@sales.example"}', 0)`,
          [id % 1024, id],
        )
        return id
      }
      await owned('p1')
      await owned('p2')
      await world.person('p3', { fields: { country: 'AT' } })
      await world.person('p4')
      const rows = () =>
        world.rows<{ key: string; rep: string | null; state: string; code: string }>(
          `select c.key, h.rep_id as rep, h.state, h.assign_reason ->> 'code' as code from handoff h join contact c on c.bucket = h.bucket and c.id = h.contact_id order by 1`,
        )
      for (const key of ['p1', 'p2', 'p3', 'p4']) await ask(world, runner, key)
      expect(await rows()).toEqual([
        { key: 'p1', rep: 'bob', state: 'assigned', code: 'owner' },
        { key: 'p2', rep: null, state: 'queued', code: 'waiting-for-owner' },
        { key: 'p3', rep: 'cid', state: 'assigned', code: 'territory' },
        { key: 'p4', rep: 'ann', state: 'assigned', code: 'rotation' },
      ])
      const first = (await leads(world)).find((it) => it.rep === 'bob')
      if (first) await accept(world, first)
      await runner.drainUntilIdle()
      expect((await rows())[1]).toEqual({ key: 'p2', rep: 'bob', state: 'assigned', code: 'owner' })
    })

    test('two who answer at once: one wins, the other is told what happened', async () => {
      const world = await open()
      const runner = await desk(world)
      await world.person('p')
      await ask(world, runner, 'p')
      const seen = await lead(world)
      const results = await Promise.all([accept(world, seen), accept(world, seen)])
      expect(results.filter((it) => 'contactId' in it)).toHaveLength(1)
      expect(results.find((it) => 'refused' in it)).toMatchObject({ refused: 'changed', last: { kind: 'accepted', byId: seen.rep } })
    })

    test('given back it goes to somebody who has not had it; a change that nobody may make from there is refused', async () => {
      const world = await open()
      const runner = await desk(world)
      await world.person('p')
      await ask(world, runner, 'p')
      const { id, rep } = await lead(world)
      const back = () =>
        world.handle.transaction((tx) =>
          changeHandoff(tx, {
            ...{ id, from: ['assigned'], repId: rep ?? '', set: { state: 'routing', repId: null, deadline: null }, at: world.clock.now() },
            log: [{ kind: 'given-back', by: { id: rep, name: 'Rep' } }],
            news: { outcome: 'given-back', repId: rep ?? '', repName: 'Rep' },
          }),
        )
      expect(await back()).toHaveProperty('rev')
      await runner.drainUntilIdle()
      const again = await lead(world)
      expect(again).toMatchObject({ state: 'assigned', hadBy: [rep], bounces: 0 })
      expect(again.rep).not.toBe(rep)
      expect(await back()).toMatchObject({ refused: 'not-yours' })
      if (again.rep) await accept(world, again)
      expect(await back()).toMatchObject({ refused: 'changed', state: 'accepted' })
    })

    test('after a voicemail it sleeps with its rep, and comes back to the same rep with a level of its own', async () => {
      const world = await open()
      await desk(world, { level: null })
      const hand = {
        teamId: 'team_a',
        why: 'Asked',
        level: { minutes: 60, remindBefore: null },
        afterBreach: 'manager',
        voicemail: { attempts: 3 },
      }
      await world.flow(
        'flw_v',
        buildGraph(
          [
            ['in', 'trigger', { on: { kind: 'event', type: 'rang', where: [], key: null } }],
            ['hand', 'hand-to-sales', hand],
            ['wait', 'wait', { until: { kind: 'duration', amount: 24, unit: 'hours' } }],
            ['end', 'exit', { label: 'End' }],
          ],
          [
            'in.out>hand',
            'hand.accepted>end',
            'hand.rejected>end',
            'hand.overflow>end',
            'hand.no-response>end',
            'hand.voicemail>wait',
            'wait.out>hand',
          ],
        ),
      )
      const runner = world.worker('router', { routing: true })
      await world.person('p')
      const at = world.clock.now()
      await world.tell('p', { kind: 'event', at, event: { id: 'r', type: 'rang', props: {}, occurredAt: at, receivedAt: at } })
      await runner.drainUntilIdle()
      const first = await lead(world)
      const rep = { repId: first.rep ?? '', repName: 'Rep' }
      await world.handle.transaction((tx) =>
        changeHandoff(tx, {
          ...{ id: first.id, rev: first.rev, from: ['assigned'], set: { state: 'sleeping', sleepingSince: at, deadline: null }, at },
          log: [{ kind: 'voicemail', by: { id: first.rep, name: 'Rep' } }],
          news: { outcome: 'attempted', ...rep, how: 'voicemail', attempt: 1 },
        }),
      )
      await runner.drainUntilIdle()
      expect(await lead(world)).toMatchObject({ state: 'sleeping', look: null, rep: first.rep })
      const next = START + 24 * HOUR
      await world.runUntil(next, runner)
      expect(await lead(world)).toMatchObject({
        state: 'assigned',
        rep: first.rep,
        deadline: next + 2 * HOUR,
        look: next + 2 * HOUR,
        hadBy: [],
      })
      expect(await world.rows('select attempt, known_state as known from handoff')).toEqual([{ attempt: 2, known: 'assigned' }])
      expect(await kinds(world, first.id)).toEqual(['created', 'assigned', 'voicemail', 'resumed'])
      expect((await notes(world)).map((it) => it.what)).toEqual(['assigned', 'resumed'])
    })

    test('who asks again while sales has them joins the open lead: its rep is told, and nobody else gets one', async () => {
      const world = await open()
      const runner = await desk(world, { level: null })
      const graph = flowOf({ level: null })
      await world.flow('flw_b', graph)
      await world.person('p')
      await ask(world, runner, 'p')
      const [one, ...more] = await leads(world)
      expect(more).toEqual([])
      expect((await kinds(world, one?.id ?? 0)).filter((it) => it === 'joined')).toEqual(['joined'])
      await world.flow('flw_c', graph)
      await world.tell('p', {
        kind: 'event',
        at: START,
        event: { id: 'x', type: 'asked', props: {}, occurredAt: START, receivedAt: START },
      })
      await runner.drainUntilIdle()
      expect(await leads(world)).toHaveLength(1)
      expect((await notes(world)).map((it) => `${it.what} ${it.to}`).sort()).toEqual([`assigned ${one?.rep}`, `joined ${one?.rep}`])
      if (one) await accept(world, await lead(world))
      await runner.drainUntilIdle()
      expect(await labels(world)).toEqual([{ label: 'Accepted' }, { label: 'Accepted' }, { label: 'Accepted' }])
    })

    test('a team without members, and a team that is gone, take nothing and leave nobody standing', async () => {
      const world = await open()
      const runner = await desk(world, {}, [])
      await world.person('p')
      await ask(world, runner, 'p')
      expect(await lead(world)).toMatchObject({ state: 'overflow', reason: { code: 'nobody-in-team' } })
      await world.rows(`delete from team where id = 'team_a'`)
      await world.person('q')
      await ask(world, runner, 'q')
      expect((await leads(world)).map((it) => it.state)).toEqual(['overflow', 'overflow'])
      expect(await labels(world)).toEqual([{ label: 'Nobody' }, { label: 'Nobody' }])
    })
  },
  ['spread'],
)
