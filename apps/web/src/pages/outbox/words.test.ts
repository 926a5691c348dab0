import { describe, expect, test } from 'vitest'
import { stateOf, withdrawnWords } from './words.ts'

const mail = { status: 'queued', transport: null, held: false, error: null } as const

describe('the state of a mail', () => {
  test.each([
    [{}, 'accent', 'Waiting'],
    [{ held: true }, 'faint', 'Waits: flow paused'],
    [{ error: 'The mail server put it off: full' }, 'accent', 'Tried again later'],
    [{ status: 'sending' }, 'accent', 'Being handed over'],
    [{ status: 'sent', transport: 'smtp' }, 'ok', 'Sent'],
    [{ status: 'sent', transport: 'outbox' }, 'warn', 'Kept here, not sent'],
    [{ status: 'unknown' }, 'warn', 'Not known'],
    [{ status: 'failed' }, 'danger', 'Failed'],
    [{ status: 'withdrawn' }, 'faint', 'Withdrawn'],
  ] as const)('%o', (change, tone, words) => {
    expect(stateOf({ ...mail, ...change })).toEqual({ tone, words })
  })

  test('a reason nobody has words for is still a sentence, and never a code', () => {
    expect(withdrawnWords('no-consent')).toContain('does not agree')
    expect(withdrawnWords('some-new-code')).toBe('The person left the flow before it went out.')
    expect(withdrawnWords(null)).toBe('The person left the flow before it went out.')
  })
})
