import type { Condition, InboxItem } from '@baton/engine'
import { buildGraph } from '@baton/engine/testing'
import { HOUR } from '@baton/leads'
import { expect, test } from 'vitest'
import { onBoth, START } from './programme.ts'

const member = (segmentId: string, op: 'is' | 'is-not'): Condition => ({
  combinator: 'and',
  rules: [{ subject: { kind: 'segment', segmentId }, op }],
})
const asked = (id: string, at = START): InboxItem => ({
  kind: 'event',
  at,
  event: { id, type: 'asked', props: {}, occurredAt: at, receivedAt: at },
})
const flow = buildGraph(
  [
    ['in', 'trigger', { on: { kind: 'event', type: 'asked', where: [], key: null } }],
    ['rest', 'wait', { until: { kind: 'duration', amount: 1, unit: 'hours' } }],
    ['out', 'exit', { label: 'Done' }],
  ],
  ['in.out>rest', 'rest.out>out'],
)

onBoth('a contact at fault', (open) => {
  test('whose items no turn can handle: they are set aside with the error, and the others of the batch go on', async () => {
    const world = await open()
    await world.fields([])
    await world.flow('flw_a', flow)
    // Each wants the opposite of the other: a turn that asks them never comes to rest.
    for (const [id, other, op] of [
      ['seg_a', 'seg_b', 'is-not'],
      ['seg_b', 'seg_a', 'is'],
    ] as const) {
      await world.rows(
        `insert into segment (id, name, condition, status, created_at, updated_at) values ($1, $1, $2::jsonb, 'ready', 0, 0)`,
        [id, JSON.stringify(member(other, op))],
      )
    }
    await world.fields([])
    for (const key of ['bad@example.com', 'good@example.com']) await world.person(key)
    await world.tell('bad@example.com', { kind: 'created', at: START, source: { kind: 'system', id: 's' } })
    await world.tell('good@example.com', asked('e1'))
    await world.runner.drainUntilIdle()
    expect(await world.rows('select kind, error from dead')).toEqual([
      { kind: 'created', error: expect.stringContaining('Segments keep changing one another') },
    ])
    expect(await world.rows('select node from enrolment')).toEqual([{ node: 'rest' }])
    expect(await world.rows('select * from inbox')).toEqual([])
  })

  test('whose facts cannot be stored is found among the others, who lose nothing', async () => {
    const world = await open()
    await world.fields([{ key: 'city', label: 'City', type: 'text' }])
    await world.flow('flw_a', flow)
    for (let i = 0; i < 20; i++) {
      await world.person(`p${i}@example.com`)
      await world.tell(`p${i}@example.com`, asked(`e${i}`))
    }
    // PostgreSQL keeps no NUL in a text, and the doors refuse it; here one has come in all the same.
    const item: InboxItem = { kind: 'fields', at: START, set: { city: 'a\u0000b' }, source: { kind: 'system', id: 's' } }
    await world.rows(
      `insert into inbox (bucket, seq, contact_id, kind, payload, at)
       select bucket, nextval('inbox_seq'), id, 'fields', $1::json, 0 from contact where key = 'p7@example.com'`,
      [JSON.stringify(item)],
    )
    await world.runner.drainUntilIdle()
    const set = await world.rows('select distinct c.key from dead d join contact c on c.bucket = d.bucket and c.id = d.contact_id')
    expect(set).toEqual([{ key: 'p7@example.com' }])
    expect(await world.rows(`select kind from dead where kind = 'fields'`)).toHaveLength(1)
    const others = `from enrolment e join contact c on c.bucket = e.bucket and c.id = e.contact_id where c.key <> 'p7@example.com' group by 1`
    expect(await world.rows(`select e.node, count(*) as n ${others}`)).toEqual([{ node: 'rest', n: 19 }])
    await world.runUntil(START + HOUR)
    expect(await world.rows(`select e.end_how as how, count(*) as n ${others}`)).toEqual([{ how: 'finished', n: 19 }])
  })

  test('that was deleted: what comes in for it is over', async () => {
    const world = await open()
    await world.fields([])
    await world.flow('flw_a', flow)
    await world.person('p@example.com')
    await world.rows('update contact set deleted_at = 1')
    await world.tell('p@example.com', asked('e1'))
    await world.runner.drainUntilIdle()
    expect(await world.rows('select * from inbox')).toEqual([])
    expect(await world.rows('select * from enrolment')).toEqual([])
  })

  test('that is taken out of a batch from outside: the runner has its buckets again at once, and goes on', async () => {
    const world = await open()
    await world.fields([])
    await world.flow('flw_a', flow)
    await world.person('p@example.com')
    await world.runner.drainUntilIdle()
    await world.rows(`update lease set owner = '', epoch = epoch + 1, expires_at = 0 where bucket = (select bucket from contact)`)
    await world.tell('p@example.com', asked('e1'))
    await world.runner.drainUntilIdle()
    expect(await world.rows('select node from enrolment')).toEqual([{ node: 'rest' }])
  })
})
