import { expect, test } from 'vitest'
import { assumedShare, assumedWords, kindWords } from './words.ts'

const caused = (same: number, fresh: number, replayed: number, assumed: number) => ({
  caused: { same, fresh, replayed, assumed, freshAt: [] },
})

test.each([
  [caused(0, 0, 0, 0), 'It made no mail and no lead.', null],
  [caused(12, 0, 6, 0), 'All 12 messages, leads and calls were really made, so what followed is what really followed.', 0],
  [caused(3, 1, 0, 0), '1 message, lead or call of 4 were never made. Nobody answered any.', null],
  [
    caused(90, 10, 57, 3),
    '10 messages, leads and calls of 100 were never made. So 3 of 60 answers (5%) are assumed, from this workspace’s rates.',
    0.05,
  ],
])('how much is assumed', (side, words, share) => {
  expect([assumedWords(side), assumedShare(side)]).toEqual([words, share])
})

test('who fares otherwise', () => {
  expect([kindWords('comes-in', 1), kindWords('leads', 2)]).toEqual([
    '1 person comes in only in the draft',
    '2 people are handed to sales otherwise',
  ])
})
