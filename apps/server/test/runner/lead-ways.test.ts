import { changeHandoff } from '@baton/db'
import { buildGraph } from '@baton/engine/testing'
import { expect, test } from 'vitest'
import { accept, ask, desk, flowOf, HOUR, kinds, labels, lead, leads, MINUTE, NINE, notes } from './lead-desk.ts'
import { onBoth, START } from './programme.ts'

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

    test.each([
      ['nobody reached', null],
      ['reached once', START],
    ])(
      'after a voicemail it sleeps with its rep, and comes back to the same rep with a level of its own: %s',
      async (_, firstActivityAt) => {
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
            ...{ id: first.id, rev: first.rev, from: ['assigned'], at },
            set: { state: 'sleeping', sleepingSince: at, deadline: null, firstActivityAt },
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
      },
    )

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
