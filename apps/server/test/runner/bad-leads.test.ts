import { wakeOrphans } from '@baton/db'
import { expect, test } from 'vitest'
import { accept, ask, desk, HOUR, leads, MINUTE, NINE } from './lead-desk.ts'
import { onBoth, type World } from './programme.ts'

/** Leads without an owner or a queue, and contacts that are not with whoever has their lead; none is right. */
const lost = (world: World) =>
  world.rows(
    `select c.key, h.state, h.rep_id as rep, c.owner_side as side, c.owner_id as owner from contact c left join handoff h
       on h.bucket = c.bucket and h.contact_id = c.id and h.state in ('routing', 'queued', 'assigned', 'accepted', 'sleeping')
     where (h.state in ('assigned', 'accepted', 'sleeping') and h.rep_id is null) or (h.state in ('routing', 'queued') and h.rep_id is not null)
       or h.state = 'routing'
       or (h.state = 'queued' and not h.manager_queue and not exists (select 1 from team_queue q where q.handoff_id = h.id))
       or (h.state = 'assigned' and h.next_look is null)
       or (h.id is not null and (c.owner_side <> 'sales' or c.owner_id is distinct from h.rep_id))
       or (h.id is null and c.owner_side = 'sales')`,
  )

onBoth('bad input at a team’s desk', (open) => {
  test('LR-9 LR-14 E-350 territories that overlap, and one whose rule asks for what is gone: the first that can be read and fits, and nobody waits', async () => {
    const world = await open()
    const runner = await desk(world, {}, ['ann', 'bob', 'cid'])
    const rule = (key: string, value: string) =>
      JSON.stringify({ combinator: 'and', rules: [{ subject: { kind: 'field', key }, op: 'is', value }] })
    await world.rows(
      `insert into territory (id, team_id, position, name, condition, rep_ids, created_at, updated_at) values
       ('ter_1', 'team_a', 1, 'Of a field that is gone', $1::jsonb, '["ann"]', 0, 1),
       ('ter_2', 'team_a', 2, 'Austria', $2::jsonb, '["bob"]', 0, 1),
       ('ter_3', 'team_a', 3, 'Austria too', $2::jsonb, '["cid"]', 0, 1)`,
      [rule('gone', 'x'), rule('country', 'AT')],
    )
    for (const key of ['p', 'q']) await world.person(key, { fields: { country: 'AT' } })
    await world.person('r')
    await ask(world, runner, 'p', 'q', 'r')
    const rows = await world.rows(
      `select c.key, h.rep_id as rep, h.assign_reason ->> 'code' as code from handoff h join contact c on c.bucket = h.bucket and c.id = h.contact_id order by 1`,
    )
    expect(rows).toMatchObject([
      { key: 'p', rep: 'bob', code: 'territory' },
      { key: 'q', rep: 'bob', code: 'territory' },
      { key: 'r', code: 'rotation' },
    ])
    expect(await lost(world)).toEqual([])
  })

  test('LV-6 LR-5 two who accept at once, a clock set back, reps deleted and deactivated with open leads, and in the end nobody: each lead has an owner or a queue', async () => {
    const world = await open()
    const runner = await desk(world, { afterBreach: 'manager' }, ['ann', 'bob', 'cid'], 3)
    const keys = Array.from({ length: 8 }, (_, i) => `p${i}`)
    for (const key of keys) await world.person(key)
    await ask(world, runner, ...keys)
    await world.runUntil(NINE + MINUTE, runner)
    expect(await lost(world)).toEqual([])
    const [first] = await leads(world)
    if (!first) throw new Error('no lead')
    const twice = await Promise.all([accept(world, first), accept(world, first)])
    expect(twice.filter((it) => 'contactId' in it)).toHaveLength(1)
    expect(twice.find((it) => 'refused' in it)).toMatchObject({ refused: 'changed', last: { kind: 'accepted' } })
    await runner.drainUntilIdle()
    expect(await lost(world)).toEqual([])

    world.clock.advance(-HOUR)
    await runner.drainUntilIdle()
    expect(await lost(world)).toEqual([])
    world.clock.advance(HOUR)

    const settle = async () => {
      await wakeOrphans(world.handle, world.clock.now())
      await runner.drainUntilIdle()
      expect(await lost(world)).toEqual([])
      return new Set((await leads(world)).map((it) => it.rep))
    }
    await world.rows(`delete from team_member where user_id = 'cid'`)
    await world.rows(`delete from "user" where id = 'cid'`)
    expect(await settle()).not.toContain('cid')
    await world.rows(`update "user" set active = false where id = 'bob'`)
    expect(await settle()).not.toContain('bob')
    await world.rows(`update "user" set active = false where id = 'ann'`)
    expect(await settle()).toEqual(new Set([null]))
    // Nobody is left who could have them: each was told so, or waits for the manager.
    expect(new Set((await leads(world)).map((it) => it.state))).toEqual(new Set(['overflow']))
  })
})
