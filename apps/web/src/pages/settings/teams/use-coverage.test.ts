import { expect, test } from 'vitest'
import { together } from './use-coverage.ts'

const part = (people: number, overlap: number, next: number | null) => ({
  territories: { a: { people, open: 1, fits: people + overlap } },
  faults: {},
  overlaps: overlap > 0 ? [{ first: 'a', second: 'b', people: overlap }] : [],
  both: [{ id: people, key: 'k', name: 'n', fits: ['a', 'b'] }],
  nobody: 2,
  total: 10,
  next,
})

test('portions of a count are added up; the last says whether everybody was counted', () => {
  expect(together([part(3, 0, 500), part(4, 2, 900), part(1, 1, null)])).toEqual({
    territories: { a: { people: 8, open: 3, fits: 11 } },
    faults: {},
    overlaps: [{ first: 'a', second: 'b', people: 3 }],
    both: [3, 4, 1].map((id) => ({ id, key: 'k', name: 'n', fits: ['a', 'b'] })),
    nobody: 6,
    total: 30,
    next: null,
  })
  expect(together([])).toBeUndefined()
})
