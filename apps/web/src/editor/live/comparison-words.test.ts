import { experimentResult } from '@baton/leads'
import { expect, test } from 'vitest'
import { comparisonWords, percent } from './comparison-words.ts'

const way = (id: string, converted: number, people: number, open = 0, holdOut = false) => ({ id, converted, people, open, holdOut })
const words = (...ways: ReturnType<typeof way>[]) =>
  comparisonWords(experimentResult(ways).map((it, at) => ({ ...it, name: it.id.toUpperCase(), open: ways[at]?.open ?? 0 })))

test.each([
  [[way('a', 100, 1000), way('b', 130, 1000)], ['B is better than A: 3.0 points more, shown at 95%.']],
  [[way('a', 130, 1000), way('b', 100, 1000)], ['B is worse than A: 3.0 points fewer, shown at 95%.']],
  [
    [way('a', 20, 200), way('b', 26, 200, 12)],
    ['B shows no difference yet, against A. About 3,200 more people are needed to show one like today’s.', '12 people still have time.'],
  ],
  [
    [way('a', 50, 500), way('b', 50, 500, 1)],
    ['B shows no difference yet, against A.', '1 person still has time.'],
  ],
  [
    [way('a', 0, 0), way('h', 0, 0, 0, true), way('c', 3, 10)],
    ['A has too few people for a verdict, against H.', 'C has too few people for a verdict, against H.'],
  ],
])('an experiment is told in words', (ways, told) => expect(words(...ways)).toEqual(told))

test.each([
  [0, '0.0%'],
  [0.034, '3.4%'],
  [0.1, '10%'],
  [1, '100%'],
])('a share of %d is %s', (share, shown) => expect(percent(share)).toBe(shown))
