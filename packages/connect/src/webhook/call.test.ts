import { expect, test } from 'vitest'
import { webSink } from '../../testing/index.ts'
import { allowedNetworks, isPublicAddress, resolveHost } from './addresses.ts'
import { type CallLimits, callWeb, mayBeSet, type WebCall } from './call.ts'

const LOOPBACK: CallLimits = { time: 5_000, answer: 1_000, allowed: allowedNetworks(['127.0.0.1']) }
const NOBODY = allowedNetworks([])
const wall = () => Date.UTC(2026, 2, 2, 9)
const calling = (url: string, more: Partial<WebCall> = {}): WebCall => ({ url, method: 'POST', headers: [], body: '{"a":1}', ...more })

test.each([
  ['93.184.216.34', true],
  ['2606:2800:220:1:248:1893:25c8:1946', true],
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.31.255.255', '192.168.1.1', '198.19.0.1', '224.0.0.1'].map(
    (it) => [it, false] as const,
  ),
  ...['255.255.255.255', '::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', 'fe80::1', 'fd00::1', 'fec0::1'].map(
    (it) => [it, false] as const,
  ),
  ...['2002:7f00:1::', '2001::1', '2001:db8::1', 'ff02::1', 'example.com', ''].map((it) => [it, false] as const),
] as const)('%s is public: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected)
})

test('an operator may allow networks; what is none is refused with what to write', () => {
  const allowed = allowedNetworks(['10.1.0.0/16', '::1'])
  expect(['10.1.2.3', '::1', '10.2.0.1', '127.0.0.1'].map(allowed)).toEqual([true, true, false, false])
  for (const wrong of ['intranet', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/a'])
    expect(() => allowedNetworks([wrong])).toThrow(/Write for|after the slash/)
})

test('a host is asked for once; an inner address is never among what is connected to', async () => {
  let asked = 0
  const resolve = (async () => {
    asked++
    return [
      { address: '10.0.0.1', family: 4 },
      { address: '93.184.216.34', family: 4 },
    ]
  }) as unknown as Parameters<typeof resolveHost>[2]
  expect(await resolveHost('rebinding.example', NOBODY, resolve)).toEqual({ address: '93.184.216.34', family: 4 })
  expect(asked).toBe(1)
  const inner = (async () => [{ address: '::ffff:10.0.0.1', family: 6 }]) as unknown as typeof resolve
  expect(await resolveHost('inner.example', NOBODY, inner)).toHaveProperty('blocked')
  expect(await resolveHost('[::1]', NOBODY)).toHaveProperty('blocked')
})

test.each([
  ...['http://127.0.0.1:9/', 'http://2130706433/', 'http://0x7f.1/', 'http://[::1]/', 'http://[::ffff:7f00:1]/', 'http://localhost:9/'],
  ...['http://169.254.169.254/latest/meta-data/', 'http://0/', 'https://192.168.0.1/'],
])('%s is not called', async (url) => {
  const outcome = await callWeb(calling(url), { ...LOOPBACK, allowed: NOBODY }, wall)
  expect(outcome).toEqual({ outcome: 'refused', status: null, why: expect.stringContaining('inside a private network') })
})

test.each([
  ['ftp://example.com/', /not a web address/],
  ['http://a:b@example.com/', /name or password/],
])('%s is refused', async (url, why) => {
  expect(await callWeb(calling(url), LOOPBACK, wall)).toMatchObject({ outcome: 'refused', why: expect.stringMatching(why) })
})

test('sends the body as it is, with its headers, and reads the answer', async () => {
  await using sink = await webSink((response) => response.writeHead(201).end('{"id":7}'))
  const outcome = await callWeb(
    calling(`${sink.url}/hook?x=1`, { method: 'PUT', headers: [{ name: 'X-Key', value: 'k' }] }),
    LOOPBACK,
    wall,
  )
  expect(outcome).toEqual({ outcome: 'answered', status: 201, data: { id: 7 } })
  expect(sink.received).toMatchObject([
    {
      method: 'PUT',
      path: '/hook?x=1',
      body: '{"a":1}',
      headers: { 'x-key': 'k', 'content-type': 'application/json', 'content-length': '7' },
    },
  ])
})

test.each([
  ['is no JSON', 'hello'],
  ['is empty', ''],
  ['is longer than the limit', JSON.stringify('x'.repeat(2_000))],
])('an answer that %s counts as one without content', async (_, body) => {
  await using sink = await webSink((response) => response.end(body))
  expect(await callWeb(calling(sink.url), LOOPBACK, wall)).toEqual({ outcome: 'answered', status: 200, data: null })
})

test('a body without end is not read to its end', async () => {
  let sent = 0
  await using sink = await webSink(async (response) => {
    const part = Buffer.alloc(65_536)
    const closed = new Promise((go) => response.once('close', go))
    while (!response.destroyed && sent < 2_000) {
      sent++
      if (!response.write(part)) await Promise.race([closed, new Promise((go) => response.once('drain', go))])
    }
  })
  expect(await callWeb(calling(sink.url), LOOPBACK, wall)).toMatchObject({ outcome: 'answered', data: null })
  expect(sent).toBeLessThan(2_000)
})

test('a redirect is not followed, not even to a good place', async () => {
  await using sink = await webSink((response) => response.writeHead(302, { location: '/there' }).end())
  expect(await callWeb(calling(sink.url), LOOPBACK, wall)).toMatchObject({ outcome: 'refused', status: 302 })
  expect(sink.received.map((it) => it.path)).toEqual(['/'])
})

test.each([
  [400, 'refused'],
  [404, 'refused'],
  [410, 'refused'],
  [408, 'again'],
  [429, 'again'],
  [500, 'again'],
  [503, 'again'],
] as const)('%s: %s', async (status, expected) => {
  await using sink = await webSink((response) => response.writeHead(status).end())
  const outcome = await callWeb(calling(sink.url), LOOPBACK, wall)
  expect(outcome).toMatchObject({ outcome: expected, status, why: expect.stringContaining(`It answered ${status}. `) })
})

test.each([
  ['120', 120_000],
  ['Mon, 02 Mar 2026 09:02:00 GMT', 120_000],
  ['Mon, 02 Mar 2026 08:00:00 GMT', 0],
  ['soon', null],
])('when to come back: %s', async (header, after) => {
  await using sink = await webSink((response) => response.writeHead(503, { 'retry-after': header }).end())
  expect(await callWeb(calling(sink.url), LOOPBACK, wall)).toMatchObject({ outcome: 'again', after })
})

test('who does not answer in time, hangs up, or is not there, is tried again', async () => {
  await using silent = await webSink(() => {})
  expect(await callWeb(calling(silent.url), { ...LOOPBACK, time: 50 }, wall)).toMatchObject({
    outcome: 'again',
    status: null,
    why: expect.stringMatching(/did not answer/),
  })
  await using rude = await webSink((response) => response.destroy())
  expect(await callWeb(calling(rude.url), LOOPBACK, wall)).toMatchObject({
    outcome: 'again',
    why: expect.stringMatching(/connection broke/),
  })
  await using short = await webSink((response) => {
    response.writeHead(200, { 'content-length': 50 }).write('{')
    response.destroy()
  })
  expect(await callWeb(calling(short.url), LOOPBACK, wall)).toMatchObject({
    outcome: 'again',
    why: expect.stringMatching(/connection broke|could not be made/),
  })
  const { url } = await webSink().then(async (sink) => {
    await sink[Symbol.asyncDispose]()
    return sink
  })
  expect(await callWeb(calling(url), LOOPBACK, wall)).toMatchObject({ outcome: 'again', why: expect.stringMatching(/Nobody listens/) })
})

test.each([
  ['X-Api-Key', true],
  ['authorization', true],
  ...['Host', 'Content-Length', 'transfer-encoding', 'webhook-id', 'Connection', 'a b', 'a:b', 'a\r\nb', ''].map(
    (it) => [it, false] as const,
  ),
] as const)('a step may set the header %j: %s', (name, may) => {
  expect(mayBeSet(name)).toBe(may)
})

test('a header that would begin another one is refused', async () => {
  const headers = [{ name: 'X-Key', value: 'a\r\nHost: b' }]
  expect(await callWeb(calling('http://127.0.0.1:9/', { headers }), LOOPBACK, wall)).toMatchObject({ outcome: 'refused', status: null })
})
