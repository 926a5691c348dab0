import { weeklyReport } from '@baton/api'
import { answerHandoff, boardReps, changeHandoff, deedChange, logTallies, repsNow, repTimes } from '@baton/db'
import { buildGraph } from '@baton/engine/testing'
import { calendarWeek } from '@baton/leads'
import { expect, test } from 'vitest'
import { onBoth, START, type World } from './programme.ts'

const HOUR = 3_600_000
const MINUTE = 60_000

const flow = buildGraph(
  [
    ['in', 'trigger', { on: { kind: 'event', type: 'asked', where: [], key: null } }],
    ['hand', 'hand-to-sales', { teamId: 'team_a', why: 'Asked', level: { minutes: 60, remindBefore: null }, redistribute: 1 }],
    ['yes', 'exit', { label: 'Accepted' }],
    ['no', 'exit', { label: 'Rejected' }],
    ['nobody', 'exit', { label: 'Nobody' }],
    ['silent', 'exit', { label: 'Silent' }],
  ],
  ['in.out>hand', 'hand.accepted>yes', 'hand.rejected>no', 'hand.overflow>nobody', 'hand.no-response>silent'],
)

async function team(world: World) {
  await world.fields([])
  await world.rows(`update workspace set settings = settings || '{"zone":"UTC"}'::jsonb`)
  await world.rows(`insert into team (id, name, created_at) values ('team_a', 'Team A', 0)`)
  for (const id of ['ann', 'bob']) {
    await world.rows(`insert into "user" (id, name, email, role) values ($1, $2, $3, 'sales_rep')`, [
      id,
      id.toUpperCase(),
      `${id}@sales.example`,
    ])
    await world.rows(`insert into team_member (team_id, user_id) values ('team_a', $1)`, [id])
  }
  await world.flow('flw_a', flow)
  return world.worker('router', { routing: true })
}

interface Lead {
  id: number
  rep: string
  rev: number
}
const leadOf = async (world: World, key: string): Promise<Lead> => {
  const [one] = await world.rows<Lead>(
    `select h.id, h.rep_id as rep, h.rev from handoff h join contact c on c.bucket = h.bucket and c.id = h.contact_id where c.key = $1`,
    [key],
  )
  if (!one) throw new Error(`no lead of ${key}`)
  return one
}

const answer = async (world: World, key: string, said: { kind: 'accept' } | { kind: 'reject'; reason: string; note: null }) => {
  const { id, rev, rep } = await leadOf(world, key)
  const at = world.clock.now()
  const done = await world.handle.transaction((tx) =>
    answerHandoff(tx, { id, rev, rep: { id: rep, name: rep.toUpperCase() }, asManager: false, answer: said, at }),
  )
  expect(done).toHaveProperty('contactId')
}

onBoth('the manager’s board', (open) => {
  test('has the numbers that the contacts’ own logs have, counted by themselves', async () => {
    const world = await open()
    const runner = await team(world)
    const at = world.clock.now()
    const people = ['won', 'no', 'late', 'silent']
    for (const key of people) {
      await world.person(key)
      await world.tell(key, { kind: 'event', at, event: { id: key, type: 'asked', props: {}, occurredAt: at, receivedAt: at } })
    }
    await runner.drainUntilIdle()
    // Nine o'clock: the reps begin. One is accepted after ten minutes, one rejected after twenty; nobody works the others.
    await world.runUntil(START + HOUR + 10 * MINUTE, runner)
    await answer(world, 'won', { kind: 'accept' })
    await world.runUntil(START + HOUR + 20 * MINUTE, runner)
    await answer(world, 'no', { kind: 'reject', reason: 'No budget', note: null })
    // At ten both go to the other rep; one of them is accepted then, the other is silent again.
    await world.runUntil(START + 2 * HOUR + 5 * MINUTE, runner)
    await answer(world, 'late', { kind: 'accept' })
    await world.runUntil(START + 4 * HOUR, runner)
    const { id, rev, rep } = await leadOf(world, 'won')
    const deal = { name: 'Rollout', stage: 'Won', amount: 900, currency: 'EUR', closeOn: null }
    const facts = {
      id,
      rev,
      state: 'accepted' as const,
      repId: rep,
      repName: rep,
      attempt: 1,
      firstActivityAt: null,
      opportunityId: 'o1',
      contract: {},
    }
    const change = deedChange(facts, { kind: 'won', deal }, { id: rep, name: rep }, world.clock.now())
    expect(await world.handle.transaction((tx) => changeHandoff(tx, change))).toHaveProperty('rev')
    await runner.drainUntilIdle()

    const now = world.clock.now()
    const report = await weeklyReport(world.handle, 'team_a', calendarWeek(now, 'UTC'))
    expect(report.now).toMatchObject({
      handedOver: 4,
      accepted: 2,
      rejected: 1,
      breached: 3,
      clawedBack: 3,
      noResponse: 1,
      won: 1,
      revenue: 900,
    })
    expect(report.reasons).toEqual([{ why: 'No budget', n: 1, before: 0 }])

    // The events of the contacts know nothing of the log of the leads: both have to come to the same.
    const events = new Map(
      (await world.rows<{ type: string; n: number }>(`select type, count(*) as n from event where type like 'sales.%' group by 1`)).map(
        (it) => [it.type, it.n],
      ),
    )
    const { handedOver, accepted, rejected, breached, noResponse, won } = report.now
    expect(Object.fromEntries(events)).toEqual({
      ...{ 'sales.handed-over': handedOver, 'sales.accepted': accepted, 'sales.rejected': rejected },
      ...{ 'sales.breached': breached, 'sales.no-response': noResponse, 'sales.converted': won },
    })
    // And so do the steps of their journeys: by which way each left the hand-off.
    const ways = await world.rows<{ port: string; n: number }>(
      `select s->>'port' as port, count(*) as n from journal j cross join json_array_elements(j.steps) s
       where s->>'node' = 'hand' and s->>'port' in ('accepted', 'rejected', 'no-response') group by 1 order by 1`,
    )
    expect(ways).toEqual([
      { port: 'accepted', n: accepted },
      { port: 'no-response', n: noResponse },
      { port: 'rejected', n: rejected },
    ])

    // By rep: what each was given and how long it took, from the events' props alone.
    const span = { teamId: 'team_a', from: at, to: now + 1 }
    const tallies = await logTallies(world.handle, span)
    for (const one of ['ann', 'bob']) {
      const mine = (kind: string) => tallies.filter((it) => it.kind === kind && it.repId === one).reduce((sum, it) => sum + it.n, 0)
      const [told] = await world.rows<{ accepted: number; breached: number }>(
        `select count(*) filter (where type = 'sales.accepted') as accepted, count(*) filter (where type = 'sales.breached') as breached
         from event where props->>'repId' = $1`,
        [one],
      )
      expect({ accepted: mine('accepted'), breached: mine('breached') }).toEqual(told)
    }
    const times = await repTimes(world.handle, span)
    expect(times.reduce((sum, it) => sum + it.onTime, 0)).toBe(2)
    expect(times.reduce((sum, it) => sum + it.decided, 0)).toBe(5)
    const has = await repsNow(world.handle, { teamId: 'team_a', now, dayEnd: now + HOUR })
    expect(has.reduce((sum, it) => sum + it.working, 0)).toBe(1)
    expect((await boardReps(world.handle, { teamId: 'team_a', now })).map((it) => it.userId)).toEqual(['ann', 'bob'])
  })
})
