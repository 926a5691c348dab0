import { type Answer, answerHandoff } from '@baton/db'
import { buildGraph } from '@baton/engine/testing'
import { expect, test } from 'vitest'
import { onBoth, START, type World } from './programme.ts'

const sales = buildGraph(
  [
    ['in', 'trigger', { on: { kind: 'event', type: 'asked', where: [], key: null } }],
    ['hand', 'hand-to-sales', { teamId: 'team_a', why: 'Asked for a call' }],
    ['yes', 'exit', { label: 'Accepted' }],
    ['no', 'exit', { label: 'Rejected' }],
    ['nobody', 'exit', { label: 'Nobody' }],
  ],
  ['in.out>hand', 'hand.accepted>yes', 'hand.rejected>no', 'hand.overflow>nobody'],
)
const REPS = ['ann', 'bob'] as const

/** A team of two, and a runner that gives leads to it. */
async function desk(world: World, reps: readonly string[], cap: number | null = null) {
  await world.fields([])
  await world.rows(`insert into team (id, name, created_at) values ('team_a', 'Team A', 0)`)
  for (const id of reps) {
    await world.rows(`insert into "user" (id, name, email, role) values ($1, $2, $3, 'sales_rep')`, [
      id,
      id.toUpperCase(),
      `${id}@sales.example`,
    ])
    await world.rows(`insert into team_member (team_id, user_id, cap) values ('team_a', $1, $2)`, [id, cap])
  }
  await world.flow('flw_a', sales)
  return world.worker('router', { routing: true })
}

async function ask(world: World, n: number): Promise<void> {
  for (let i = 0; i < n; i++) {
    const key = `p${i}@example.com`
    await world.person(key)
    await world.tell(key, { kind: 'event', at: START, event: { id: key, type: 'asked', props: {}, occurredAt: START, receivedAt: START } })
  }
}

interface Lead {
  id: number
  rep: string | null
  state: string
  rev: number
}
const leads = (world: World) => world.rows<Lead>('select id, rep_id as rep, state, rev from handoff order by created_at, id')

const give = (world: World, lead: Lead, answer: Answer, rep: string = lead.rep ?? '', asManager = false) =>
  world.handle.transaction((tx) =>
    answerHandoff(tx, { id: lead.id, rev: lead.rev, rep: { id: rep, name: rep.toUpperCase() }, asManager, answer, at: START }),
  )

onBoth('the router', (open) => {
  test('gives leads out in turn, and the answers lead the contacts on', async () => {
    const world = await open()
    const runner = await desk(world, REPS)
    await ask(world, 4)
    await runner.drainUntilIdle()
    const given = await leads(world)
    expect(given.map((it) => it.state)).toEqual(['assigned', 'assigned', 'assigned', 'assigned'])
    expect(given.map((it) => it.rep).sort()).toEqual(['ann', 'ann', 'bob', 'bob'])
    expect(await world.rows('select distinct owner_side as side from contact')).toEqual([{ side: 'sales' }])

    const [first, second] = given
    if (!first || !second) throw new Error('no leads')
    expect(await give(world, first, { kind: 'accept' })).toHaveProperty('contactId')
    expect(await give(world, second, { kind: 'reject', reason: 'No budget', note: null })).toHaveProperty('contactId')
    await runner.drainUntilIdle()
    expect(await world.rows(`select end_label as label from enrolment where gen > 0 order by 1`)).toEqual([
      { label: 'Accepted' },
      { label: 'Rejected' },
    ])
    expect(await world.rows('select owner_side as side, count(*) as n from contact group by 1 order by 1')).toEqual([
      { side: 'marketing', n: 1 },
      { side: 'sales', n: 3 },
    ])
    expect((await world.rows(`select type from event where type like 'sales.%' order by type`)).map((it) => it.type)).toEqual([
      'sales.accepted',
      ...Array.from({ length: 4 }, () => 'sales.handed-over'),
      'sales.rejected',
    ])
  })

  test('an answer by somebody else, or to a lead that has changed, is refused with the reason', async () => {
    const world = await open()
    const runner = await desk(world, REPS)
    await ask(world, 1)
    await runner.drainUntilIdle()
    const [lead] = await leads(world)
    if (!lead) throw new Error('no lead')
    const other = lead.rep === 'ann' ? 'bob' : 'ann'
    expect(await give(world, lead, { kind: 'accept' }, other)).toMatchObject({ refused: 'not-yours' })
    expect(await give(world, { ...lead, rev: lead.rev - 1 }, { kind: 'accept' })).toMatchObject({
      refused: 'changed',
      last: { kind: expect.any(String) },
    })
    expect(await give(world, { ...lead, id: lead.id + 1024 }, { kind: 'accept' })).toMatchObject({ refused: 'unknown' })
    expect(await give(world, lead, { kind: 'accept' }, other, true)).toHaveProperty('contactId')
    expect(await give(world, lead, { kind: 'reject', reason: 'Too late', note: null })).toMatchObject({
      refused: 'changed',
      last: { kind: expect.any(String) },
    })
  })

  test('keeps leads in the queue while everybody has as many as they may, and gives them out in order', async () => {
    const world = await open()
    const runner = await desk(world, REPS, 1)
    await ask(world, 3)
    await runner.drainUntilIdle()
    const [first, second, third] = await leads(world)
    const states = [first?.state, second?.state, third?.state].sort()
    expect(states).toEqual(['assigned', 'assigned', 'queued'])
    const open1 = (await leads(world)).find((it) => it.state === 'assigned')
    if (!open1) throw new Error('nothing assigned')
    await give(world, open1, { kind: 'accept' })
    await runner.drainUntilIdle()
    expect((await leads(world)).map((it) => it.state).sort()).toEqual(['accepted', 'assigned', 'assigned'])
    expect(await world.rows('select * from team_queue')).toEqual([])
  })

  test('LR-14 of one instant the first by key, whichever bucket it lies in', async () => {
    const world = await open()
    const runner = await desk(world, REPS, 1)
    await ask(world, 9)
    await runner.drainUntilIdle()
    const given = await world.rows<{ key: string }>(
      `select c.key from handoff h join contact c on c.bucket = h.bucket and c.id = h.contact_id where h.state = 'assigned' order by 1`,
    )
    expect(given.map((it) => it.key)).toEqual(['p0@example.com', 'p1@example.com'])
  })

  test('answers at once where nobody is in the team', async () => {
    const world = await open()
    const runner = await desk(world, ['ann'])
    await world.rows('update team_member set active = false')
    await ask(world, 1)
    await runner.drainUntilIdle()
    expect((await leads(world)).map((it) => it.state)).toEqual(['overflow'])
    expect(await world.rows('select end_label as label from enrolment')).toEqual([{ label: 'Nobody' }])
  })
})
