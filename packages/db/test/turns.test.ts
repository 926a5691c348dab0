import { emptyState, type InboxItem } from '@baton/engine'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  acquireLeases,
  appendItems,
  claimInbox,
  covers,
  createIds,
  dropChunks,
  dropItems,
  dueChunks,
  ensureMonths,
  fence,
  type Handle,
  heartbeat,
  holdDuty,
  type Lane,
  LeaseLost,
  lanesOf,
  loadStates,
  putOnWheel,
  releaseLeases,
  renewLeases,
  type Turn,
  takeDuty,
  timersOf,
  writeTurns,
} from '../src/index.ts'
import { BUCKET, busy, NOW, nothing, passage, person } from './busy.ts'
import { onBothDrivers } from './drivers.ts'

/** Both forms of every statement: a span of neighbours, and one bucket. */
const LANES: readonly Lane[] = [
  { kind: 'span', from: 0, to: 1023 },
  { kind: 'one', bucket: BUCKET },
]

async function contacts(handle: Handle, n: number, bucket?: number): Promise<number[]> {
  const ids = await createIds(handle).take(Array.from({ length: n }, (_, i) => bucket ?? (i * 37) % 1024))
  for (const id of ids) {
    await handle.query(`insert into contact (bucket, id, key, facts, created_at) values ($1, $2, $3, '{"f":{},"k":{},"c":{}}', $4)`, [
      id % 1024,
      id,
      person(id).key,
      NOW,
    ])
  }
  return ids
}

const needs = {
  events: new Map([['sales.accepted', Number.POSITIVE_INFINITY]]),
  now: NOW,
  horizon: null,
  mails: new Set<string>(),
  related: new Set(['company', 'purchase']),
  drawn: true,
}
const created: InboxItem = { kind: 'created', at: NOW, source: { kind: 'import', id: 'i' } }

test('neighbours become one span; spread over machines, each bucket is its own lane', () => {
  expect(lanesOf([5, 3, 4, 9])).toEqual([
    { kind: 'span', from: 3, to: 5 },
    { kind: 'span', from: 9, to: 9 },
  ])
  expect(lanesOf([4, 3], true)).toEqual([
    { kind: 'one', bucket: 3 },
    { kind: 'one', bucket: 4 },
  ])
  expect(covers({ kind: 'span', from: 3, to: 5 }, 5)).toBe(true)
  expect(covers({ kind: 'one', bucket: 3 }, 4)).toBe(false)
})

onBothDrivers('a lease', (handle) => {
  const one = (now: number) => ({ owner: 'one', now, ttl: 1000 })
  const two = (now: number) => ({ owner: 'two', now, ttl: 1000 })
  beforeEach(async () => {
    await handle().query(`update lease set owner = '', expires_at = 0`)
  })

  test.each([[[1]], [[1, 2, 3]]])(
    'of %j is taken once, kept by renewing, and free again when it expires or is given back',
    async (buckets) => {
      const held = await acquireLeases(handle(), buckets, one(NOW))
      expect(held.map((it) => it.bucket).sort()).toEqual(buckets)
      expect(await acquireLeases(handle(), buckets, two(NOW + 500))).toEqual([])
      expect(await renewLeases(handle(), held, one(NOW + 500))).toHaveLength(buckets.length)
      expect(await acquireLeases(handle(), buckets, two(NOW + 1200))).toEqual([])
      const taken = await acquireLeases(handle(), buckets, two(NOW + 1600))
      expect(taken.map((it) => it.epoch).sort()).toEqual(held.map((it) => it.epoch + 1).sort())
      expect(await renewLeases(handle(), held, one(NOW + 1600))).toEqual([])
      await releaseLeases(handle(), held, 'one')
      expect(await acquireLeases(handle(), buckets, one(NOW + 1700))).toEqual([])
      await releaseLeases(handle(), taken, 'two')
      expect(await acquireLeases(handle(), buckets, one(NOW + 1700))).toHaveLength(buckets.length)
    },
  )

  test.each([[[1]], [[1, 2, 3]]])('of %j fences: who lost one bucket, or got it back in between, writes nothing', async (buckets) => {
    const held = await acquireLeases(handle(), buckets, one(NOW))
    await handle().transaction((tx) => fence(tx, held, 'one'))
    await acquireLeases(handle(), [1], two(NOW + 1001))
    await expect(handle().transaction((tx) => fence(tx, held, 'one'))).rejects.toThrow(LeaseLost)
    await acquireLeases(handle(), [1], one(NOW + 3000))
    await expect(handle().transaction((tx) => fence(tx, held, 'one'))).rejects.toThrow(LeaseLost)
  })

  test('that was taken away from outside is had again at once, together with those that were not', async () => {
    const held = await acquireLeases(handle(), [1, 2], one(NOW))
    await handle().query(`update lease set owner = '', epoch = epoch + 1, expires_at = 0 where bucket = 1`)
    await expect(handle().transaction((tx) => fence(tx, held, 'one'))).rejects.toThrow(LeaseLost)
    const again = await acquireLeases(handle(), [1, 2], one(NOW))
    expect(again.map((it) => it.bucket).sort()).toEqual([1, 2])
    await handle().transaction((tx) => fence(tx, again, 'one'))
  })

  test('counts the workers that were seen of late', async () => {
    expect(await heartbeat(handle(), one(NOW))).toBe(1)
    expect(await heartbeat(handle(), two(NOW + 500))).toBe(2)
    expect(await heartbeat(handle(), two(NOW + 1500))).toBe(1)
  })

  test('of a duty is one process at a time', async () => {
    expect(await takeDuty(handle(), 'router:x', one(NOW))).toBe(true)
    expect(await takeDuty(handle(), 'router:x', one(NOW + 900))).toBe(true)
    expect(await takeDuty(handle(), 'router:x', two(NOW + 1000))).toBe(false)
    expect(await takeDuty(handle(), 'router:x', two(NOW + 2000))).toBe(true)
    await expect(handle().transaction((tx) => holdDuty(tx, 'router:x', 'one'))).rejects.toThrow(LeaseLost)
  })
})

onBothDrivers('turns', (handle) => {
  beforeEach(async () => {
    for (const table of [
      'contact',
      'inbox',
      'event',
      'enrolment',
      'wheel',
      'journal',
      'ledger',
      'send',
      'member',
      'handoff',
      'node_delta',
      'effect',
      'drawn',
      'related',
    ])
      await handle().query(`delete from ${table}`)
    await ensureMonths(handle(), [NOW])
  })

  describe.each(LANES)('over $kind', (lane) => {
    const bucket = lane.kind === 'one' ? BUCKET : undefined

    test('are stored, come back as the next state, and change nothing when stored again', async () => {
      const [id = 0, other = 0] = await contacts(handle(), 2, bucket)
      const ids = createIds(handle())
      const wakings = await handle().transaction((tx) => writeTurns(tx, lane, [busy(id)], ids))
      const states = await loadStates(handle(), lane, [id, other], needs)
      const state = states.get(id)
      expect(state?.person).toEqual({ ...busy(id).result.state.person, createdAt: NOW })
      expect(state?.enrolments).toEqual([{ ...busy(id).result.enrolments[0]?.value, id: wakings[0]?.id }])
      expect(state?.members).toEqual({ seg_in: NOW })
      expect(state?.rechecks).toEqual({ seg_in: NOW + 5 })
      expect(state?.events).toEqual(busy(id).result.events)
      expect(state?.ledger).toEqual(busy(id).result.ledger)
      expect(state?.sends).toMatchObject([{ templateId: 'tpl_a', status: 'queued', purpose: 'marketing', topic: 'marketing' }])
      expect(state?.related.map(({ kind, id }) => [kind, id])).toEqual([
        ['company', 'acme'],
        ['purchase', 'p1'],
      ])
      expect(state?.drawn).toEqual({ 'flw_a/s': 'b' })
      expect(state?.handoffs).toMatchObject([{ teamId: 'team_a', state: 'routing', enrolment: passage }])
      expect(states.get(other)?.enrolments).toEqual([])

      // The same effects again: a batch whose commit was not heard of is done anew.
      const again = { ...busy(id), result: { ...busy(id).result, enrolments: [], deltas: [] } }
      await handle().transaction((tx) => writeTurns(tx, lane, [again], ids))
      expect(await loadStates(handle(), lane, [id, other], needs)).toEqual(states)
      expect(await handle().query('select folded from event')).toEqual([{ folded: { City: 'zürich' } }])
    })

    test('end a passage and begin the next of the same kind in one turn, and take back what was queued', async () => {
      const [id = 0] = await contacts(handle(), 1, bucket)
      const ids = createIds(handle())
      await handle().transaction((tx) => writeTurns(tx, lane, [busy(id)], ids))
      const live = (await loadStates(handle(), lane, [id], needs)).get(id)?.enrolments[0]
      if (!live) throw new Error('no passage')
      const key = `${person(id).key}/flw_a//1/a/1/0`
      const turn: Turn = {
        contactId: id,
        before: emptyState(person(id)),
        result: {
          ...nothing(id),
          withdrawn: [{ key, why: 'restarted' }],
          enrolments: [
            { value: { ...live, seq: 2, dueAt: null }, isNew: false, ended: { how: 'restarted', at: NOW + 1, label: null }, steps: [] },
            { value: { ...live, id: null, entry: 2, seq: 0 }, isNew: true, ended: null, steps: [] },
          ],
        },
      }
      await handle().transaction((tx) => writeTurns(tx, lane, [turn], ids))
      const state = (await loadStates(handle(), lane, [id], needs)).get(id)
      expect(state?.past).toEqual([{ flowId: 'flw_a', key: '', entry: 1, endedAt: NOW + 1 }])
      expect(state?.enrolments.map((it) => it.entry)).toEqual([2])
      expect(await handle().query('select status, last_error as why from send')).toEqual([{ status: 'withdrawn', why: 'restarted' }])
      expect(await handle().query('select gen, end_how as how from enrolment order by entry')).toEqual([
        { gen: 1, how: 'restarted' },
        { gen: 0, how: null },
      ])
    })

    test('count arrivals, departures and what could not be decided once per node, port and hour', async () => {
      const made = await contacts(handle(), 3, bucket)
      await handle().transaction((tx) => writeTurns(tx, lane, made.map(busy), createIds(handle())))
      const rows = await handle().query('select node, port, n from node_delta order by node, port')
      expect(rows).toEqual([
        { node: 'a', port: '', n: 3 },
        { node: 'a', port: '?', n: 3 },
        { node: 'a', port: 'out', n: 3 },
        { node: 'b', port: '', n: 3 },
      ])
    })

    test('are claimed from the wheel when due, the rest stays; ended passages are not woken', async () => {
      const made = await contacts(handle(), 3, bucket)
      const wakings = await handle().transaction(async (tx) => {
        const all = await writeTurns(tx, lane, made.map(busy), createIds(handle()))
        await putOnWheel(tx, lane, all)
        return all
      })
      expect(await dueChunks(handle(), lane, NOW + 59_999, 10)).toEqual([])
      const chunks = await dueChunks(handle(), lane, NOW + 60_000, 10)
      const popped = chunks.flatMap((it) => it.ids)
      expect([...popped].sort()).toEqual(wakings.map((it) => it.id).sort())
      await handle().query('update enrolment set gen = 1 where id = $1', [popped[0]])
      const timers = await timersOf(handle(), lane, popped)
      expect(timers.map((it) => it.id).sort()).toEqual(popped.slice(1).sort())
      await handle().transaction((tx) => dropChunks(tx, lane, chunks))
      expect(await dueChunks(handle(), lane, NOW + 60_000, 10)).toEqual([])
    })

    test('are claimed from the inbox in order of arrival, each bucket whole', async () => {
      const made = await contacts(handle(), 4, bucket)
      const twice = made.flatMap((contactId) => [contactId, contactId])
      await handle().transaction((tx) =>
        appendItems(
          tx,
          twice.map((contactId) => ({ contactId, item: created })),
        ),
      )
      const got: number[] = []
      let after = { bucket: 0, seq: 0 }
      for (let round = 0; round < 20 && got.length < 8; round++) {
        const claim = await claimInbox(handle(), lane, after, 3)
        expect(claim.items.length).toBeLessThanOrEqual(3)
        got.push(...claim.items.map((it) => it.seq))
        await handle().transaction((tx) => dropItems(tx, lane, claim.items))
        after = claim.next
      }
      expect([...got].sort((a, b) => a - b)).toHaveLength(8)
      expect(new Set(got).size).toBe(8)
      expect(await handle().query('select seq from inbox')).toEqual([])
    })
  })

  test('see no event that came in behind a cut inbox', async () => {
    const [id = 0] = await contacts(handle(), 1)
    const event = (n: number): InboxItem => ({
      kind: 'event',
      at: NOW,
      event: { id: `e${n}`, type: 'sales.accepted', props: {}, occurredAt: NOW, receivedAt: NOW },
    })
    const seqs = await handle().transaction((tx) =>
      appendItems(
        tx,
        [1, 2].map((n) => ({ contactId: id, item: event(n) })),
      ),
    )
    const lane = LANES[0] ?? { kind: 'one', bucket: 0 }
    const cut = await claimInbox(handle(), lane, { bucket: 0, seq: 0 }, 1)
    expect(cut).toMatchObject({ horizon: seqs[0], drained: null })
    const state = (await loadStates(handle(), lane, [id], { ...needs, horizon: cut.horizon })).get(id)
    expect(state?.events.map((it) => it.id)).toEqual(['e1'])
  })

  test('ids of another bucket come back to their own group of the wheel, or to their own bucket where the database is spread', async () => {
    const span: Lane = { kind: 'span', from: 0, to: 1023 }
    await handle().transaction((tx) =>
      putOnWheel(
        tx,
        span,
        [5, 70, 71 + 1024].map((id) => ({ id, dueAt: NOW })),
      ),
    )
    const rows = await dueChunks(handle(), span, NOW, 10)
    const shared = [
      { bucket: 0, ids: [5] },
      { bucket: 64, ids: [70, 1095] },
    ]
    const apart = [5, 70, 1095].map((id) => ({ bucket: id % 1024, ids: [id] }))
    expect(rows.map(({ bucket, ids }) => ({ bucket, ids }))).toEqual(handle().spread ? apart : shared)
  })
})
