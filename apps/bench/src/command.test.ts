import { describe, expect, test } from 'vitest'
import { readBench, readSoak } from './command.ts'

const known = ['start', 'bundle']

describe('a call of benchmarks', () => {
  test('names one or more, each once', () => {
    expect(readBench(known, ['start', '--json'])).toEqual({
      names: ['start'],
      json: true,
      write: false,
      quick: false,
      people: undefined,
    })
    expect(readBench(known, ['bundle', 'start', 'bundle', '--write'])).toMatchObject({ names: ['bundle', 'start'], write: true })
  })

  test('may say how many people', () => {
    expect(readBench(known, ['start', '--people', '100000,10000']).people).toEqual([10_000, 100_000])
  })

  test.each([
    { argv: [], says: 'names: start, bundle' },
    { argv: ['nothing'], says: 'There is no "nothing"' },
    { argv: ['start', '--fast'], says: '--fast' },
    { argv: ['start', '--people', 'many'], says: '--people takes a whole number' },
    { argv: ['start', '--quick', '--write'], says: 'not written down' },
  ])('$argv is refused with what to write instead', ({ argv, says }) => {
    expect(() => readBench(known, argv)).toThrow(says)
  })
})

describe('a call of a soak', () => {
  test('names one, with rounds and a seed', () => {
    expect(readSoak(['kill'], ['kill', '--rounds', '20', '--seed', '7'])).toEqual({
      name: 'kill',
      json: false,
      rounds: 20,
      seed: 7,
      beside: 1,
      inject: undefined,
    })
    expect(readSoak(['kill'], ['kill'])).toMatchObject({ rounds: 1, seed: 1 })
    expect(readSoak(['kill'], ['kill', '--inject', 'port']).inject).toBe('port')
  })

  test.each([
    { argv: ['kill', 'freeze'], says: 'npm run soak -- NAME' },
    { argv: ['kill', '--rounds', 'many'], says: '--rounds takes a whole number' },
  ])('$argv is refused with what to write instead', ({ argv, says }) => {
    expect(() => readSoak(['kill'], argv)).toThrow(says)
  })
})
