import { expect, test } from 'vitest'
import { createIds, type IncomingMessage, type Sql, storeMessages } from '../src/index.ts'
import { onBothDrivers } from './drivers.ts'

const at = Date.UTC(2026, 2, 13, 10)
let serial = 0
const message = (over: Partial<IncomingMessage>): IncomingMessage => ({
  messageId: `m${serial++}`,
  kind: 'track',
  eventType: 'Demo booked',
  userId: null,
  anonymousId: null,
  previousId: null,
  groupId: null,
  props: {},
  traits: {},
  occurredAt: at,
  receivedAt: at,
  ...over,
})
const server = { id: 'key_s', kind: 'server' as const }
const browser = { id: 'key_b', kind: 'browser' as const }

onBothDrivers('tracking messages', (handle) => {
  const store = (messages: IncomingMessage[], key: { id: string; kind: 'browser' | 'server' } = server) =>
    storeMessages(handle(), createIds(handle()), messages, key)
  const who = async (kind: string, value: string) =>
    (await handle().query<{ contact_id: number }>('select contact_id from identity where kind = $1 and value = $2', [kind, value]))[0]
      ?.contact_id
  const items = (contactId: number) =>
    handle().query<{ kind: string; payload: { set?: Record<string, unknown> } }>(
      'select kind, payload from inbox where contact_id = $1 order by seq',
      [contactId],
    )
  const contact = async (id: number) =>
    (await handle().query<{ key: string; facts: { f: object; k: object } }>('select key, facts from contact where id = $1', [id]))[0]

  test('somebody new is made once, with their traits and one event each', async () => {
    await store([
      message({
        kind: 'identify',
        eventType: 'identify',
        userId: 'n1',
        traits: { email: 'Ada@Example.org ', firstName: 'Ada', plan: 'pro' },
      }),
      message({ userId: 'n1', props: { room: 4 } }),
    ])
    const id = await who('external', 'n1')
    expect(id).toBe(await who('email', 'ada@example.org'))
    expect(await contact(id ?? 0)).toEqual({
      key: 'ada@example.org',
      facts: { f: { email: 'ada@example.org', first_name: 'Ada' }, k: { email: 'ada@example.org', first_name: 'ada' }, c: {} },
    })
    expect((await items(id ?? 0)).map((row) => row.kind)).toEqual(['created', 'event', 'event'])
    expect((id ?? 0) % 1024).toBeGreaterThanOrEqual(0)
  })

  test('whoever is known by an id is found by that alone: their other names may lie on a machine that is down', async () => {
    await store([message({ kind: 'identify', eventType: 'identify', userId: 'near', traits: { email: 'near@example.org' } })])
    const asked: string[] = []
    const noting = <T extends Sql>(sql: T): T => ({
      ...sql,
      query: (text: string, params?: readonly unknown[]) => {
        asked.push(text)
        return sql.query(text, params)
      },
    })
    const watched = {
      ...noting(handle()),
      transaction: <T>(work: (tx: Sql) => Promise<T>) => handle().transaction((tx) => work(noting(tx))),
    }
    const tell = (m: IncomingMessage) => storeMessages(watched, createIds(handle()), [m], server)
    await tell(message({ userId: 'near', traits: { email: 'near@example.org' } }))
    const everywhere = () => asked.filter((text) => text.includes('from identity where contact_id'))
    expect(asked.length).toBeGreaterThan(0)
    expect(everywhere()).toEqual([])
    await tell(message({ traits: { email: 'near@example.org' } }))
    expect(everywhere()).toHaveLength(1)
  })

  test('a message that comes again changes nothing, in the same batch and in a later one', async () => {
    const m = message({ userId: 'again' })
    expect(await store([m, m])).toEqual({ stored: 1, repeated: 1 })
    expect(await store([m])).toEqual({ stored: 0, repeated: 1 })
    const rows = await handle().query('select 1 from event where id = $1', [m.messageId])
    expect(rows).toHaveLength(1)
  })

  test('a visitor who says who they are keeps what they did as a visitor', async () => {
    await store([message({ kind: 'page', eventType: 'page', anonymousId: 'v1' })])
    await store([
      message({ kind: 'identify', eventType: 'identify', anonymousId: 'v1', userId: 'u-v1', traits: { email: 'v1@example.org' } }),
    ])
    const id = await who('anonymous', 'v1')
    expect(await who('external', 'u-v1')).toBe(id)
    expect((await items(id ?? 0)).map((row) => row.kind)).toEqual(['created', 'event', 'fields', 'event'])
  })

  test('one browser, two people: the second does not become the first', async () => {
    await store([message({ anonymousId: 'shared', userId: 'first' })])
    await store([message({ anonymousId: 'shared', userId: 'second' })])
    expect(await who('external', 'first')).not.toBe(await who('external', 'second'))
  })

  test("a browser's key adds events to somebody known, and changes nothing of them", async () => {
    await store([message({ kind: 'identify', eventType: 'identify', userId: 'known', traits: { email: 'known@example.org' } })])
    await store(
      [
        message({
          kind: 'identify',
          eventType: 'identify',
          userId: 'known',
          anonymousId: 'evil',
          traits: { email: 'evil@example.org', firstName: 'Evil' },
        }),
      ],
      browser,
    )
    const id = (await who('external', 'known')) ?? 0
    expect((await items(id)).map((row) => row.kind)).toEqual(['created', 'event', 'event'])
    expect(await who('email', 'evil@example.org')).toBeUndefined()
    expect(await who('anonymous', 'evil')).toBeUndefined()
  })

  test('an address that belongs to somebody else is not taken from them', async () => {
    await store([message({ kind: 'identify', eventType: 'identify', userId: 'owner', traits: { email: 'mine@example.org' } })])
    await store([
      message({ kind: 'identify', eventType: 'identify', userId: 'taker', traits: { email: 'mine@example.org', firstName: 'T' } }),
    ])
    const taker = (await who('external', 'taker')) ?? 0
    expect(await who('email', 'mine@example.org')).toBe(await who('external', 'owner'))
    expect((await contact(taker))?.facts.f).toEqual({ first_name: 'T' })
  })

  test('SEMANTICS 2: what comes more than 24 h late is historic', async () => {
    const m = message({ userId: 'late', occurredAt: at - 25 * 3_600_000 })
    await store([m])
    expect(await handle().query('select origin from event where id = $1', [m.messageId])).toEqual([{ origin: 'h' }])
  })

  test('two requests that meet the same new person at once make one contact', async () => {
    const batch = () => [message({ kind: 'identify', eventType: 'identify', userId: 'race', traits: { email: 'race@example.org' } })]
    await Promise.all([store(batch()), store(batch()), store(batch())])
    const id = (await who('external', 'race')) ?? 0
    expect(await handle().query(`select id from contact where key in ('race@example.org', 'race')`)).toEqual([{ id }])
    expect((await items(id)).filter((row) => row.kind === 'event')).toHaveLength(3)
  })

  test('names from the outside cannot reach the prototype', async () => {
    await store([
      message({ kind: 'identify', eventType: 'identify', userId: 'proto', traits: JSON.parse('{"__proto__":{"x":1},"constructor":"y"}') }),
    ])
    const id = (await who('external', 'proto')) ?? 0
    expect((await contact(id))?.facts.f).toEqual({})
  })
})
