import { expect, test } from 'vitest'
import { callAnswers } from './call-answers.ts'
import { itemsOf, readEvents } from './events-file.ts'

const line = (over: object) => JSON.stringify({ contact: 'a@example.com', type: 'demo', time: '2026-03-02T09:00:00Z', ...over })

test('S-3 events come in by when they were received, then by line', () => {
  const read = readEvents(
    [line({ id: 'late', received: '2026-03-02T10:00:00Z' }), '', line({ id: 'b' }), line({ time: '2026-03-02T10:00:00+01:00' })].join(
      '\r\n',
    ),
  )
  expect(
    'ok' in read && read.ok.map((it) => [it.happening.do === 'event' && it.happening.id, it.line, it.receivedAt - it.occurredAt]),
  ).toEqual([
    ['b', 3, 0],
    ['line:4', 4, 0],
    ['late', 1, 3_600_000],
  ])
})

test('S-3 what is wrong is told line by line', () => {
  const read = readEvents(
    [
      line({}),
      '{',
      line({ time: 'yesterday' }),
      line({ contact: '' }),
      line({ extra: 1 }),
      line({ received: '2026-03-01T00:00:00Z' }),
    ].join('\n'),
  )
  const said = 'error' in read ? read.error : []
  expect(said.map((it) => it.slice(0, 7))).toEqual(['line 2:', 'line 3:', 'line 4:', 'line 5:', 'line 6:'])
  expect(said[1]).toContain('time is no time. Write it as')
})

test('S-3 a line may say more than an event: a fact, a list, a record, an answer', () => {
  const at = { contact: 'a@example.com', time: '2026-03-02T09:00:00Z' }
  const lines = [
    { fields: { plan: 'pro', city: null } },
    { consent: { topic: 'news', given: false } },
    { list: { id: 'lst', on: true } },
    { related: { of: 'purchase', id: 'p1', data: { amount: 3 } } },
    { enrol: { flow: 'flw', node: 'in' } },
    { webhook: { node: 'call', status: 200, data: { score: 7 } } },
    { webhook: { failed: 'no answer' } },
    { type: 'sales.rejected', props: { reason: 'too-small' } },
    { type: 'mail.bounced' },
  ]
  const read = readEvents(lines.map((it) => JSON.stringify({ ...at, ...it })).join('\n'))
  if (!('ok' in read)) throw new Error(read.error.join())
  expect(read.ok.map((it) => it.happening)).toEqual([
    { do: 'fields', set: { plan: 'pro', city: null } },
    { do: 'consent', topic: 'news', given: false },
    { do: 'list', segmentId: 'lst', on: true },
    { do: 'related', of: 'purchase', id: 'p1', data: { amount: 3 } },
    { do: 'enrol', flowId: 'flw', node: 'in', key: '', data: undefined },
    { do: 'webhook', flowId: null, node: 'call', status: 200, data: { score: 7 }, why: null },
    { do: 'webhook', flowId: null, node: null, status: null, data: null, why: 'no answer' },
    { do: 'sales', answer: 'rejected', rep: 'Rep', why: 'too-small', note: null },
    { do: 'event', type: 'mail.bounced', props: {}, id: 'line:9' },
  ])
  const items = read.ok.flatMap((it) => itemsOf(it, 5)).map((it) => it.kind)
  expect(items).toEqual(['fields', 'consent', 'list', 'related', 'enrol', 'suppress', 'event'])
})

test('S-4 an answer is for one call: of the first line that fits and is not earlier', () => {
  const at = (time: string, webhook: object) => JSON.stringify({ contact: 'a@example.com', time, webhook })
  const read = readEvents(
    [at('2026-03-02T09:00:00Z', { node: 'x', status: 200, data: 1 }), at('2026-03-02T11:00:00Z', { failed: 'down' })].join('\n'),
  )
  if (!('ok' in read)) throw new Error(read.error.join())
  const answers = callAnswers(read.ok, () => 7)
  const call = (key: string, over: object = {}) =>
    answers.to({ key, contact: 7, flowId: 'f', node: 'x', at: Date.parse('2026-03-02T10:00:00Z'), ...over })
  expect(call('early', { at: Date.parse('2026-03-02T08:00:00Z') })?.news).toEqual({ outcome: 'answered', status: 200, data: 1 })
  expect(call('early')?.news).toEqual({ outcome: 'answered', status: 200, data: 1 })
  expect(call('other', { contact: 8 })).toBeUndefined()
  expect(answers.unused().map((it) => it.line)).toEqual([2])
  expect(call('late')).toEqual({ at: Date.parse('2026-03-02T11:00:00Z'), news: { outcome: 'failed', status: null, why: 'down' } })
  expect(call('more')).toBeUndefined()
})
