import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createIds, endsGroup, type Handle, type IncomingMessage, type Stored, storeRequests, type TrackingRequest } from '../src/index.ts'
import { onBothDrivers } from './drivers.ts'

const at = Date.UTC(2026, 2, 13, 10)

/** A request in small: few people and visitors, so that they meet. */
const names = fc.constantFrom('1', '2', '3')
const sketch = fc.record({
  kind: fc.constantFrom('track', 'identify', 'alias', 'group', 'page'),
  user: fc.option(names, { nil: null }),
  visitor: fc.option(names, { nil: null }),
  email: fc.option(names, { nil: null }),
  id: fc.integer({ min: 0, max: 30 }),
})
type Sketch = typeof sketch extends fc.Arbitrary<infer T> ? T : never
const plan = fc.array(fc.record({ server: fc.boolean(), messages: fc.array(sketch, { minLength: 1, maxLength: 12 }) }), {
  minLength: 2,
  maxLength: 6,
})

/** The messages of a plan in a world of their own: every name begins with `world`. */
function requestsOf(world: string, made: readonly { server: boolean; messages: readonly Sketch[] }[]): TrackingRequest[] {
  return made.map(({ server, messages }) => ({
    key: server ? { id: 'key_s', kind: 'server' } : { id: 'key_b', kind: 'browser' },
    messages: messages.map(
      ({ kind, user, visitor, email, id }): IncomingMessage => ({
        messageId: `${world}m${id}`,
        kind,
        eventType: kind,
        userId: user === null && visitor === null ? `${world}u0` : user === null ? null : `${world}u${user}`,
        anonymousId: visitor === null ? null : `${world}v${visitor}`,
        previousId: kind === 'alias' ? `${world}v${id % 3}` : null,
        groupId: kind === 'group' ? `${world}g${id % 2}` : null,
        props: { note: `Line\t${id}\\n "quoted"\n`, n: id },
        traits: {
          ...(email === null ? {} : { email: `${world}e${email}@example.com` }),
          firstName: `Given ${id}`,
          ...(id % 3 === 0 ? { marketing_consent: id % 2 === 0 } : {}),
        },
        occurredAt: at - id,
        receivedAt: at,
      }),
    ),
  }))
}

/** Everybody of a world with all that is known of them and came in for them, by the names they go by. */
async function worldOf(handle: Handle, world: string): Promise<unknown> {
  const people = await handle.query<{ id: number; names: string }>(
    `select contact_id as id, string_agg(kind || ' ' || value, ', ' order by kind, value) as names from identity
     where starts_with(value, $1) group by contact_id`,
    [world],
  )
  const found = []
  for (const { id, names: who } of people) {
    const contacts = await handle.query('select key, facts from contact where id = $1 and merged_into is null', [id])
    const events = await handle.query('select id, type, props, folded, at, origin from event where contact_id = $1 order by id', [id])
    const items = await handle.query('select kind, payload from inbox where contact_id = $1 order by seq', [id])
    const consents = await handle.query('select topic, given, at from consent_log where contact_id = $1 order by seq, topic', [id])
    found.push({ who, contacts, events, items, consents })
  }
  const text = JSON.stringify(found.sort((a, b) => (a.who < b.who ? -1 : 1)))
  return JSON.parse(text.replaceAll(world, ''))
}

onBothDrivers('groups of tracking requests', (handle) => {
  test('leave behind what the same requests leave one after another', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(plan, async (made) => {
        run++
        const [single, grouped] = [`s${run}x`, `g${run}x`]
        const alone: Stored[] = []
        for (const request of requestsOf(single, made)) alone.push(...(await storeRequests(handle(), createIds(handle()), [request])))
        const together: Stored[] = []
        let group: TrackingRequest[] = []
        const write = async () => {
          if (group.length > 0) together.push(...(await storeRequests(handle(), createIds(handle()), group)))
          group = []
        }
        for (const request of requestsOf(grouped, made)) {
          group.push(request)
          if (endsGroup(request)) await write()
        }
        await write()
        expect(together).toEqual(alone)
        expect(await worldOf(handle(), grouped)).toEqual(await worldOf(handle(), single))
      }),
      { seed: 20260313, numRuns: 40, endOnFailure: true },
    )
  }, 120_000)

  test('an event that is there already is kept once, though its message was forgotten', async () => {
    const [request] = requestsOf('old', [
      {
        server: true,
        messages: Array.from({ length: 30 }, (_, id) => ({ kind: 'track' as const, user: '1', visitor: null, email: null, id })),
      },
    ])
    if (!request) throw new Error('No request')
    await storeRequests(handle(), createIds(handle()), [request])
    await handle().query(`delete from seen where starts_with(message_id, 'old')`)
    expect(await storeRequests(handle(), createIds(handle()), [request])).toEqual([{ stored: 30, repeated: 0 }])
    expect(await handle().query(`select id from event where starts_with(id, 'old')`)).toHaveLength(30)
  })
})
