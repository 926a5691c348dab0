import { emptyState, type RelatedFact, type TurnResult } from '@baton/engine'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  addNotifications,
  createIds,
  ensureMonths,
  type Lane,
  type LoadNeeds,
  loadStates,
  removeContacts,
  type Sql,
  sqlState,
  type Turn,
  writeTurns,
} from '../src/index.ts'
import { BUCKET, busy, NOW, nothing, person } from './busy.ts'
import { onBothDrivers } from './drivers.ts'

const LANES: readonly Lane[] = [
  { kind: 'span', from: 0, to: 1023 },
  { kind: 'one', bucket: BUCKET },
]
type RelatedChange = TurnResult['related'][number]
const needs: LoadNeeds = {
  events: new Map(),
  now: NOW,
  horizon: null,
  mails: new Set(),
  related: new Set(['company', 'opportunity', 'purchase']),
  drawn: true,
}

onBothDrivers('what goes out, and what people are related to', (handle) => {
  let id = 0
  beforeEach(async () => {
    for (const table of ['contact', 'effect', 'handoff', 'handoff_log', 'drawn', 'related', 'send', 'enrolment', 'journal'])
      await handle().query(`delete from ${table}`)
    await ensureMonths(handle(), [NOW])
    id = (await createIds(handle()).take([BUCKET]))[0] ?? 0
    await handle().query(`insert into contact (bucket, id, key, facts, created_at) values ($1, $2, $3, '{"f":{},"k":{},"c":{}}', $4)`, [
      BUCKET,
      id,
      person(id).key,
      NOW,
    ])
  })

  const turn = (result: Partial<Turn['result']>): Turn => ({
    contactId: id,
    before: emptyState(person(id)),
    result: { ...nothing(id), ...result },
  })
  const store = (lane: Lane, result: Partial<Turn['result']>) =>
    handle().transaction((tx) => writeTurns(tx, lane, [turn(result)], createIds(handle())))
  const load = async (lane: Lane, more: Partial<LoadNeeds> = {}) => (await loadStates(handle(), lane, [id], { ...needs, ...more })).get(id)

  const fact = (kind: RelatedFact['kind'], name: string, data: object, at = NOW): RelatedFact => ({
    kind,
    id: name,
    data: { ...data },
    folded: null,
    at,
  })
  const put = (record: RelatedFact): RelatedChange => ({ kind: record.kind, id: record.id, record, known: false })
  const patch = (record: RelatedFact): RelatedChange => ({ ...put(record), known: true })
  const drop = (kind: RelatedFact['kind'], name: string): RelatedChange => ({ kind, id: name, record: null, known: false })

  describe.each(LANES)('over $kind', (lane) => {
    test('effects are queued once; what stands in a line has no time of its own', async () => {
      await handle().transaction((tx) => writeTurns(tx, lane, [busy(id)], createIds(handle())))
      await store(lane, { effects: busy(id).result.effects })
      const rows = await handle().query(
        `select kind, status, flow_id as flow, entry, next_attempt_at as next, payload, attempts from effect order by kind`,
      )
      const queued = { status: 'queued', flow: 'flw_a', entry: 1, attempts: 0 }
      expect(rows).toEqual([
        { ...queued, kind: 'throttle', next: null, payload: {} },
        { ...queued, kind: 'webhook', next: NOW, payload: { url: 'https://a.example' } },
      ])
    })

    test.each(['sends', 'effects', 'handoffs'] as const)('of %s that get one number none is lost in silence', async (what) => {
      const [number = 0] = await createIds(handle()).take([BUCKET])
      const same = { take: async (buckets: readonly number[]) => buckets.map(() => number) }
      const [first] = busy(id).result[what]
      if (!first) throw new Error(`There are no ${what}.`)
      const storeOne = (key: string) =>
        handle().transaction((tx) => writeTurns(tx, lane, [turn({ [what]: [{ ...first, key: `${first.key}${key}` }] })], same))
      await storeOne('')
      // The same again is the same; another with its number is somebody's fault, and its turn is to be done again.
      await handle().transaction((tx) => writeTurns(tx, lane, [turn({ [what]: [first] })], createIds(handle())))
      expect(await storeOne('x').then(() => 'stored', sqlState)).toBe('23505')
      const table = { sends: 'send', effects: 'effect', handoffs: 'handoff' }[what]
      expect(await handle().query(`select key from ${table}`)).toEqual([{ key: first.key }])
    })

    test('a closed passage takes back what has not left, and nothing of others', async () => {
      await handle().transaction((tx) => writeTurns(tx, lane, [busy(id)], createIds(handle())))
      const [first] = busy(id).result.effects
      const mine = `${person(id).key}/flw_a//1/`
      const effects = first
        ? [
            { ...first, key: `${mine}b/1/0` },
            { ...first, key: `${person(id).key}/flw_a//10/b/1/0` },
            { ...first, key: `${person(id).key}/flw_a/_x/1/b/1/0` },
          ]
        : []
      await handle().query(`update effect set status = 'sending' where kind = 'webhook'`)
      // In one turn: asked for, and taken back at once.
      await store(lane, { effects, cancelled: [mine] })
      const rows = await handle().query<{ key: string; status: string }>('select key, status from effect')
      const status = Object.fromEntries(rows.map((row) => [row.key.slice(person(id).key.length), row.status]))
      expect(status).toEqual({
        '/flw_a//1/a/1/0w': 'sending',
        '/flw_a//1/a/1/0t': 'cancelled',
        '/flw_a//1/b/1/0': 'cancelled',
        '/flw_a//10/b/1/0': 'queued',
        '/flw_a/_x/1/b/1/0': 'queued',
      })
    })

    test('a way drawn is kept; one drawn anew, since it is gone, takes its place', async () => {
      await store(lane, { drawn: [{ flowId: 'f', node: 's', way: 'a', at: NOW }] })
      await store(lane, { drawn: [{ flowId: 'f', node: 's', way: 'b', at: NOW + 1 }] })
      expect((await load(lane))?.drawn).toEqual({ 'f/s': 'b' })
      expect((await load(lane, { drawn: false }))?.drawn).toEqual({})
    })

    test('related records come back by kind and id, only the kinds that are read', async () => {
      const all = [fact('purchase', 'b', { n: 1 }), fact('purchase', 'B', { n: 2 }), fact('company', 'z', {})]
      await store(lane, { related: all.map(put) })
      expect((await load(lane))?.related).toEqual([all[2], all[1], all[0]])
      expect((await load(lane, { related: new Set(['company']) }))?.related).toEqual([all[2]])
    })

    test.each([
      ['told again, replaced', [put(fact('purchase', 'p', { n: 2 }, 5))], [fact('purchase', 'p', { n: 2 }, 5)]],
      ['gone', [drop('purchase', 'p')], []],
      ['changed: since when stays', [patch(fact('purchase', 'p', { n: 3 }, 5))], [fact('purchase', 'p', { n: 3 }, 1)]],
      ['changed, not theirs: nothing', [patch(fact('purchase', 'q', {}))], [fact('purchase', 'p', { n: 1 }, 1)]],
      ['gone and changed: gone', [drop('purchase', 'p'), patch(fact('purchase', 'p', { n: 4 }))], []],
      [
        'new and changed',
        [drop('purchase', 'p'), put(fact('purchase', 'q', {}, 6)), patch(fact('purchase', 'q', { n: 5 }, 7))],
        [fact('purchase', 'q', { n: 5 }, 6)],
      ],
      ['changed and gone', [patch(fact('purchase', 'p', { n: 4 })), drop('purchase', 'p')], []],
    ] as const)('a record is %s', async (_, related, expected) => {
      await store(lane, { related: [put(fact('purchase', 'p', { n: 1 }, 1))] })
      await store(lane, { related })
      expect((await load(lane))?.related).toEqual(expected)
    })

    test.each([
      ['another takes its place', [put(fact('company', 'b', {}))], ['b']],
      ['of several in one turn the last', [put(fact('company', 'b', {})), put(fact('company', 'c', {}))], ['c']],
      ['another that goes at once leaves none', [put(fact('company', 'b', {})), drop('company', 'b')], []],
      ['news of the former come too late', [put(fact('company', 'b', {})), patch(fact('company', 'a', {}))], ['b']],
    ] as const)('a contact has one company: %s', async (_, related, expected) => {
      await store(lane, { related: [put(fact('company', 'a', {})), put(fact('purchase', 'p', {}))] })
      await store(lane, { related })
      expect((await load(lane))?.related.map((it) => it.id)).toEqual([...expected, 'p'])
    })

    test('sends of mails that are asked for by name come back however old they are', async () => {
      const [send] = busy(id).result.sends
      if (!send) throw new Error('no send')
      await store(lane, { sends: [{ ...send, at: NOW - 400 * 86_400_000 }] })
      await handle().query(`update send set status = 'sent'`)
      expect((await load(lane))?.sends).toEqual([])
      expect((await load(lane, { mails: new Set(['tpl_a']) }))?.sends).toMatchObject([{ templateId: 'tpl_a', topic: 'marketing' }])
    })
  })

  test('of somebody who is removed nothing of it stays: no call goes out, and what was told names nobody', async () => {
    const lane: Lane = { kind: 'one', bucket: BUCKET }
    await handle().transaction((tx) => writeTurns(tx, lane, [busy(id)], createIds(handle())))
    await handle().query(`update effect set answer = '{"status":200}', last_error = 'x'`)
    await addNotifications(handle(), [{ id: 'n', userId: 'u', at: NOW, text: 'Ada is back', contactId: id, flowId: null }])
    await handle().transaction((tx) => removeContacts(tx, [id], NOW))
    const left = await handle().query('select status, payload, answer, last_error as error, next_attempt_at as next from effect')
    const nothing = { status: 'cancelled', payload: {}, answer: null, error: null, next: null }
    expect(left).toEqual([nothing, nothing])
    for (const table of ['drawn', 'related', 'notification']) expect(await handle().query(`select * from ${table}`)).toEqual([])
  })

  test('a turn that has none of it, and a plan that reads none of it, cost no statement', async () => {
    const lane: Lane = { kind: 'one', bucket: BUCKET }
    const asked: string[] = []
    const noting = (sql: Sql): Sql => ({
      spread: sql.spread,
      ended: sql.ended,
      home: sql.home,
      db: sql.db,
      query: (text, params) => {
        asked.push(text)
        return sql.query(text, params)
      },
      copy: (statement, rows) => {
        asked.push(statement)
        return sql.copy(statement, rows)
      },
    })
    await handle().transaction((tx) => writeTurns(noting(tx), lane, [turn({})], createIds(handle())))
    expect(asked).toEqual([])
    await loadStates(noting(handle()), lane, [id], { ...needs, related: new Set(), drawn: false })
    expect(asked.filter((text) => /\b(related|drawn|effect)\b/.test(text))).toEqual([])
  })
})
