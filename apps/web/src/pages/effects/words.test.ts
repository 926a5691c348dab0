import { expect, test } from 'vitest'
import { hostOf, stateOf } from './words.ts'

test.each([
  [{ kind: 'webhook', status: 'queued', attempts: 0, error: null }, 'accent', 'Waiting'],
  [{ kind: 'webhook', status: 'queued', attempts: 2, error: 'It answered 503.' }, 'warn', 'Tried again later'],
  [{ kind: 'webhook', status: 'sending', attempts: 1, error: null }, 'accent', 'Being called'],
  [{ kind: 'webhook', status: 'done', attempts: 1, error: null }, 'ok', 'Answered'],
  [{ kind: 'webhook', status: 'failed', attempts: 5, error: 'x' }, 'danger', 'Failed'],
  [{ kind: 'notify', status: 'done', attempts: 1, error: null }, 'ok', 'Told'],
  [{ kind: 'notify', status: 'done', attempts: 1, error: 'No mail server.' }, 'warn', 'Told in Baton only'],
  [{ kind: 'notify', status: 'cancelled', attempts: 0, error: null }, 'faint', 'Taken back'],
] as const)('%j reads %s, %s', (effect, tone, words) => {
  expect(stateOf(effect)).toEqual({ tone, words })
})

test.each([
  ['https://example.com:8080/a?b', 'example.com:8080'],
  ['Zoë is back', 'Zoë is back'],
  [null, ''],
])('%s goes to %s', (about, host) => expect(hostOf(about)).toBe(host))
