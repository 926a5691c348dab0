import { describe, expect, it } from 'vitest'
import type { LeadRow } from './queries.ts'
import { inOrder, neighbour, nextWaiting, pointsWords, scoreSum, sectionsOf } from './sections.ts'

const lead = (id: number, state: LeadRow['state']): LeadRow => ({
  ...{ id, state, contactId: id, name: `P${id}`, company: null, why: 'Asked', scores: {}, since: id, rejectReason: null },
  ...{ repId: null, repName: null, teamName: null },
})
const leads = [lead(1, 'accepted'), lead(2, 'rejected'), lead(3, 'assigned'), lead(4, 'queued'), lead(5, 'assigned')]

describe('the list', () => {
  it('has call now first, and no empty section', () => {
    expect(sectionsOf(leads).map((one) => [one.head, one.leads.map((it) => it.id)])).toEqual([
      ['Call now', [3, 5]],
      ['Waiting for somebody to be free', [4]],
      ['Working', [1]],
      ['With marketing again', [2]],
    ])
    expect(sectionsOf([])).toEqual([])
  })

  it.each([
    [3, 1, 5],
    [5, 1, 4],
    [2, 1, 2],
    [3, -1, 3],
    [1, -1, 4],
    [undefined, 1, 3],
    [99, -1, 3],
  ] as const)('from %s by %d to %d, across sections', (from, step, to) => expect(neighbour(leads, from, step)?.id).toBe(to))

  it('after an answer goes to who waits longest among the others', () => {
    expect(nextWaiting(inOrder(leads), 3)?.id).toBe(5)
    expect(nextWaiting([lead(1, 'assigned')], 1)).toBeUndefined()
  })
})

it.each([
  [2500, false, '25'],
  [2250, true, '+22.5'],
  [5, true, '+0.05'],
  [-700, true, '−7'],
  [0, false, '0'],
])('%d hundredths read %s', (hundredths, sign, words) => expect(pointsWords(hundredths, sign)).toBe(words))

it('the score of a row is the sum of all', () => expect(scoreSum({ fit: 6250, engagement: 2500 })).toBe(8750))
