import { handoffLogOf, leadCounts, wakeOrphans } from '@baton/db'
import { buildGraph } from '@baton/engine/testing'
import { expect, test } from 'vitest'
import { accept, ask, desk, HOUR, kinds, labels, lead, leads, MINUTE, NINE, notes, TEN } from './lead-desk.ts'
import { onBoth, START } from './programme.ts'

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

    test('LV-1 the rep’s own calendar counts: its zone, its holidays, and the change of its clock', async () => {
      const world = await open()
      const runner = await desk(world, {}, ['ann'])
      const days = Object.fromEntries(['1', '2', '3', '4', '5'].map((day) => [day, [{ from: '09:00', to: '17:00' }]]))
      await world.rows(
        `insert into calendar (id, name, zone, hours, holidays, created_at, updated_at)
         values ('cal_ny', 'New York', 'America/New_York', $1::jsonb, '[{"date":"2026-03-02","name":"A day off"}]', 0, 0)`,
        [JSON.stringify(days)],
      )
      await world.rows(`update team_member set calendar_id = 'cal_ny'`)
      await world.person('p')
      await ask(world, runner, 'p')
      // Monday is a holiday there: an hour of Tuesday's, from nine in New York.
      expect(await lead(world)).toMatchObject({ deadline: Date.parse('2026-03-03T10:00-05:00') })
      await accept(world, await lead(world))
      world.clock.advance(Date.parse('2026-03-06T16:30-05:00') - world.clock.now())
      await world.person('q')
      await ask(world, runner, 'q')
      // Over the weekend on which summer time begins.
      expect((await leads(world)).map((it) => it.deadline)).toContain(Date.parse('2026-03-09T09:30-04:00'))
    })

    test('LR-15 whom flows hand over in a circle waits for the manager, who is told why; nobody else is held up', async () => {
      const world = await open()
      const runner = await desk(world, {}, [])
      const again = buildGraph(
        [
          ['in', 'trigger', { on: { kind: 'event', type: 'sales.overflow', where: [], key: null } }],
          ['hand', 'hand-to-sales', { teamId: 'team_a', why: 'Nobody had time' }],
          ...['accepted', 'rejected', 'overflow'].map((it) => [it, 'exit', { label: it }] as const),
        ],
        ['in.out>hand', ...['accepted', 'rejected', 'overflow'].map((it) => `hand.${it}>${it}`)],
        { reentry: { when: 'always' } },
      )
      await world.flow('flw_b', again)
      await world.rows(`insert into team_member (team_id, user_id, weight) values ('team_a', 'max', 0)`)
      await world.person('p')
      await world.person('q')
      await ask(world, runner, 'p')
      const made = await leads(world)
      expect(made.map((it) => it.state)).toEqual([...Array.from({ length: 10 }, () => 'overflow'), 'queued'])
      const [last] = made.slice(-1)
      expect(last).toMatchObject({ manager: true, reason: { code: 'nobody-in-team', overflowed: 10 } })
      expect(await handoffLogOf(world.handle, last?.id ?? 0)).toMatchObject([
        { kind: 'created' },
        { kind: 'escalated', data: { why: 'Handed over 10 times within an hour, and nobody could take it' } },
      ])
      expect(await notes(world)).toEqual([{ what: 'escalated', to: 'max' }])
      // Whoever else comes is not held up by it.
      world.clock.advance(MINUTE)
      await ask(world, runner, 'q')
      expect((await leads(world)).filter((it) => it.manager)).toHaveLength(2)
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

    test('LV-4 E-408 whoever is let finish writing has the lead and the contact until it is taken back, and nobody at all has it never', async () => {
      const world = await open()
      const runner = await desk(world, { redistribute: 1 })
      await world.person('p')
      await ask(world, runner, 'p')
      await world.runUntil(TEN - MINUTE, runner)
      const { id, rep } = await lead(world)
      const contact = () => world.rows('select owner_side as side, owner_id as owner from contact')
      await world.rows('update handoff set draft_at = $1 where id = $2', [TEN - 2 * MINUTE, id])
      await world.runUntil(TEN, runner)
      expect(await lead(world)).toMatchObject({ state: 'assigned', rep })
      expect(await contact()).toEqual([{ side: 'sales', owner: rep }])
      await world.runUntil(TEN + 3 * MINUTE, runner)
      const other = await lead(world)
      expect(other).toMatchObject({ state: 'assigned', bounces: 1, hadBy: [rep] })
      expect(await contact()).toEqual([{ side: 'sales', owner: other.rep }])
      expect((await world.rows(`select type from event where type = 'sales.breached'`)).length).toBe(1)
    })

    test('LV-4 E-408 taken back for a manager after the rest nobody of sales has the contact, and the manager’s queue has the lead', async () => {
      const world = await open()
      const runner = await desk(world, { redistribute: 0, afterBreach: 'manager' })
      await world.person('p')
      await ask(world, runner, 'p')
      await world.runUntil(TEN - MINUTE, runner)
      const { id } = await lead(world)
      await world.rows('update handoff set draft_at = $1 where id = $2', [TEN - 2 * MINUTE, id])
      await world.runUntil(TEN + 3 * MINUTE, runner)
      expect(await world.rows('select state, manager_queue as kept, rep_id as rep from handoff')).toEqual([
        { state: 'queued', kept: true, rep: null },
      ])
      expect(await world.rows('select owner_side as side, owner_id as owner from contact')).toEqual([{ side: 'sales', owner: null }])
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
