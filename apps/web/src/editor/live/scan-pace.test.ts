import { expect, test } from 'vitest'
import { paceOf, toGoWords } from './scan-pace.ts'

const looks = (...at: readonly [seconds: number, done: number][]) =>
  at.reduce<ReturnType<typeof paceOf> | undefined>((pace, [seconds, done]) => paceOf(pace, { at: seconds * 1000, done }), undefined)

test.each([
  ['nothing after one look', [[0, 100]], 900, undefined],
  [
    'nothing while it stands',
    [
      [0, 100],
      [30, 100],
    ],
    900,
    undefined,
  ],
  [
    'seconds',
    [
      [0, 0],
      [10, 1000],
    ],
    500,
    'less than a minute to go',
  ],
  [
    'a minute',
    [
      [0, 0],
      [10, 1000],
    ],
    6_500,
    'about a minute to go',
  ],
  [
    'minutes',
    [
      [0, 0],
      [10, 1000],
    ],
    60_000,
    'about 10 minutes to go',
  ],
  [
    'hours',
    [
      [0, 0],
      [10, 1000],
    ],
    1_000_000,
    'about 3 hours to go',
  ],
  [
    'by the pace of the last minute',
    [
      [0, 0],
      [50, 100],
      [70, 10_100],
    ],
    60_000,
    'about 2 minutes to go',
  ],
  [
    'anew after it began anew',
    [
      [0, 5000],
      [10, 100],
    ],
    900,
    undefined,
  ],
  [
    'nothing at the end',
    [
      [0, 0],
      [10, 1000],
    ],
    0,
    undefined,
  ],
] as const)('how long a pass takes yet: %s', (_, seen, left, words) => {
  const pace = looks(...seen.map(([s, d]) => [s, d] as [number, number]))
  expect(pace && toGoWords(pace, left)).toBe(words)
})
