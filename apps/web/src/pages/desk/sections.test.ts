import { describe, expect, it } from 'vitest'
import type { LeadRow } from './queries.ts'
import { endWords, moneyWords, whyWords } from './row-words.ts'
import { inOrder, neighbour, nextWaiting, pointsWords, scoreSum, sectionOf, sectionsOf, wholePoints } from './sections.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const now = new Date(2026, 2, 13, 12, 0).getTime()
const lead = (id: number, state: LeadRow['state'], change: Partial<LeadRow> = {}): LeadRow => ({
  ...{
    id,
    state,
    contactId: id,
    teamId: 't',
    name: `P${id}`,
    company: null,
    why: 'Asked',
    scores: {},
    since: now - id,
    rejectReason: null,
  },
  ...{ repId: null, repName: null, teamName: null, deadline: null, levelMinutes: null, firstActivityAt: null, sleepingSince: null },
  ...{ managerQueue: false, opportunityId: null, clock: null, voicemails: null, meetingAt: null, deal: null, deed: null, latest: null },
  fresh: false,
  ...change,
})
const clock = (left: number): LeadRow['clock'] => ({ deadline: now + left, left, whole: 4 * HOUR, standsUntil: null })
const did = (at: number): LeadRow['latest'] => ({
  ...{ id: 'e', at, kind: 'page', type: 'page', about: 'Pricing', by: null, detail: null, points: null, machine: false },
})
const deal = { id: 'o', name: 'Ledger', stage: 'Offer', amount: 12_000, currency: 'EUR', closeOn: null }
const leads = [lead(1, 'accepted'), lead(2, 'rejected'), lead(3, 'assigned'), lead(4, 'queued'), lead(5, 'assigned')]

describe('the list', () => {
  it('has call now first, and no empty section', () => {
    expect(sectionsOf(leads, now).map((one) => [one.head, one.leads.map((it) => it.id)])).toEqual([
      ['Call now', [5, 3]],
      ['Waiting for somebody to be free', [4]],
      ['Working', [1]],
      ['With marketing again', [2]],
    ])
    expect(sectionsOf([], now)).toEqual([])
  })

  it.each([
    ['nobody was in touch', lead(1, 'assigned'), 'now'],
    ['reached, not answered yet', lead(1, 'assigned', { firstActivityAt: 1 }), 'today'],
    ['back for another attempt', lead(1, 'assigned', { voicemails: { count: 1, lastAt: 1 } }), 'today'],
    ['rests', lead(1, 'sleeping'), 'working'],
    ['a meeting today', lead(1, 'accepted', { meetingAt: now + HOUR }), 'today'],
    ['a meeting tomorrow', lead(1, 'accepted', { meetingAt: now + DAY }), 'working'],
    ['nobody answered', lead(1, 'no-response'), 'back'],
    ['won', lead(1, 'won'), 'won'],
  ] as const)('%s', (_, row, section) => expect(sectionOf(row, now)).toBe(section))

  it('goes by deadline, then by score, then by what happened last', () => {
    const rows = [
      lead(1, 'assigned'),
      lead(2, 'assigned', { scores: { fit: 9000 } }),
      lead(3, 'assigned', { clock: clock(2 * HOUR) }),
      lead(4, 'assigned', { clock: clock(-HOUR), scores: { fit: 100 } }),
      lead(5, 'assigned', { clock: clock(2 * HOUR), scores: { fit: 500 } }),
      lead(6, 'assigned', { latest: did(now), fresh: true }),
    ]
    expect(inOrder(rows, now).map((it) => it.id)).toEqual([4, 5, 3, 2, 6, 1])
  })

  it('has who did something first among those worked on, and who rests last', () => {
    const rows = [
      lead(1, 'accepted'),
      lead(2, 'sleeping', { latest: did(now) }),
      lead(3, 'accepted', { latest: did(now - DAY), fresh: true }),
    ]
    expect(inOrder(rows, now).map((it) => it.id)).toEqual([3, 1, 2])
  })

  it.each([
    [5, 1, 3],
    [3, 1, 4],
    [2, 1, 2],
    [5, -1, 5],
    [1, -1, 4],
    [undefined, 1, 5],
    [99, -1, 5],
  ] as const)('from %s by %d to %d, across sections', (from, step, to) => expect(neighbour(leads, from, step, now)?.id).toBe(to))

  it('after an answer goes to the most urgent of those that wait', () => {
    expect(nextWaiting(leads, 5, now)?.id).toBe(3)
    expect(nextWaiting([lead(1, 'assigned')], 1, now)).toBeUndefined()
    expect(nextWaiting([lead(1, 'assigned'), lead(2, 'accepted')], 1, now)).toBeUndefined()
  })
})

describe('a row', () => {
  const at = (hour: number) => new Date(2026, 2, 9, hour).getTime()
  it.each([
    [lead(1, 'assigned'), 'Asked'],
    [lead(1, 'assigned', { voicemails: { count: 1, lastAt: at(10) } }), 'Voicemail on 9 March, second attempt due'],
    [lead(1, 'sleeping', { voicemails: { count: 2, lastAt: now } }), 'Voicemail today, marketing writes meanwhile'],
    [lead(1, 'assigned', { firstActivityAt: now }), 'Reached. Accept or reject'],
    [lead(1, 'accepted', { latest: did(now), fresh: true }), 'Visited Pricing'],
    [lead(1, 'accepted', { meetingAt: now + HOUR }), 'You agreed to meet'],
    [lead(1, 'accepted', { deal }), 'Offer, €12,000'],
    [lead(1, 'rejected', { rejectReason: 'No need' }), 'You rejected: No need'],
    [lead(1, 'lost', { deal }), 'Ledger, lost'],
  ])('says why: %#', (row, words) => expect(whyWords(row, 'You', now)).toBe(words))

  it.each([
    [lead(1, 'assigned', { voicemails: { count: 1, lastAt: 1 }, clock: clock(4 * HOUR) }), 'until 16:00', 'muted'],
    [lead(1, 'accepted', { meetingAt: now + 2.5 * HOUR }), '14:30', 'muted'],
    [lead(1, 'accepted', { latest: did(now), fresh: true }), 'new activity', 'accent'],
    [lead(1, 'accepted', { deal }), 'opportunity', 'muted'],
    [lead(1, 'sleeping', { latest: did(now), fresh: true }), 'rests', 'faint'],
    [lead(1, 'assigned', { firstActivityAt: now }), 'in touch', 'muted'],
    [lead(1, 'rejected', { since: now - DAY }), 'yesterday', 'faint'],
  ] as const)('ends: %#', (row, words, tone) => expect(endWords(row, now)).toEqual({ words, tone }))

  it('money without a currency is a number', () => {
    expect(moneyWords(1234.6, null)).toBe('1,235')
    expect(moneyWords(null, 'EUR')).toBeNull()
  })
})

it.each([
  [2500, false, '25'],
  [2250, true, '+22.5'],
  [5, true, '+0.05'],
  [-700, true, '−7'],
  [0, false, '0'],
])('%d hundredths read %s', (hundredths, sign, words) => expect(pointsWords(hundredths, sign)).toBe(words))

it.each([
  [7233, '72'],
  [5999, '59'],
  [6000, '60'],
  [-50, '−1'],
])('%d hundredths are the key figure %s', (hundredths, words) => expect(wholePoints(hundredths)).toBe(words))

it('the score of a row is the sum of all', () => expect(scoreSum({ fit: 6250, engagement: 2500 })).toBe(8750))
