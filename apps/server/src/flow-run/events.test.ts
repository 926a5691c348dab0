import { expect, test } from 'vitest'
import { readEvents } from './events.ts'

const line = (over: object) => JSON.stringify({ contact: 'a@example.com', type: 'demo', time: '2026-03-02T09:00:00Z', ...over })

test('events come in by when they were received, then by line', () => {
  const read = readEvents(
    [line({ id: 'late', received: '2026-03-02T10:00:00Z' }), '', line({ id: 'b' }), line({ time: '2026-03-02T10:00:00+01:00' })].join(
      '\r\n',
    ),
  )
  expect('ok' in read && read.ok.map((it) => [it.id, it.line, it.receivedAt - it.occurredAt])).toEqual([
    ['b', 3, 0],
    ['line:4', 4, 0],
    ['late', 1, 3_600_000],
  ])
})

test('what is wrong is told line by line', () => {
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
