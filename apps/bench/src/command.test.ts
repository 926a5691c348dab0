import { describe, expect, test } from 'vitest'
import { readCall } from './command.ts'

describe('a call', () => {
  test('names one benchmark', () => {
    expect(readCall('bench', ['start'], ['start', '--json'])).toEqual({ name: 'start', json: true, rounds: 1, seed: 1 })
    expect(readCall('soak', ['kill'], ['kill', '--rounds', '20', '--seed', '7'])).toMatchObject({ rounds: 20, seed: 7 })
  })

  test.each([
    { argv: [], says: 'names: start, bundle' },
    { argv: ['nothing'], says: 'There is no "nothing"' },
    { argv: ['start', 'bundle'], says: 'npm run bench -- NAME' },
    { argv: ['start', '--fast'], says: '--fast' },
    { argv: ['start', '--rounds', 'many'], says: '--rounds takes a whole number' },
  ])('$argv is refused with what to write instead', ({ argv, says }) => {
    expect(() => readCall('bench', ['start', 'bundle'], argv)).toThrow(says)
  })
})
