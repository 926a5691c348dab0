import { describe, expect, it } from 'vitest'
import { readAmount } from './deal.ts'
import { deedsOf, doneWords, KEYS, leaves } from './deeds.ts'
import { openingOf } from './opening.ts'
import type { Contact, Happening, Lead } from './queries.ts'
import { stretchWords, stripOf } from './story-strip.ts'
import { instantOf, nextHour } from './when.ts'

const DAY = 86_400_000
const now = new Date(2026, 2, 13, 12, 0).getTime()
const somebody = {} as NonNullable<Lead['contact']>
const after: Lead['after'] = {
  ...{ accepted: 'Wait 3 days', rejected: 'Wait 90 days', voicemail: 'Send Sorry we missed you', won: null, lost: null },
  ways: [{ label: 'Too small', reasons: ['Too small for us'], next: 'Leave' }],
}

describe('what can be done', () => {
  it.each([
    ['assigned', null, 'accept'],
    ['sleeping', null, 'accept'],
    ['accepted', null, 'convert'],
    ['accepted', 'opp', 'deal'],
  ] as const)('%s, opportunity %s: first of all %s', (state, opportunityId, first) =>
    expect(deedsOf({ state, opportunityId, contact: somebody })[0]).toBe(first),
  )

  it('has a key of its own for each, and nothing for what is over or hidden', () => {
    for (const state of ['assigned', 'accepted'] as const) {
      for (const opportunityId of [null, 'opp']) {
        const keys = deedsOf({ state, opportunityId, contact: somebody }).map((deed) => KEYS[deed])
        expect(new Set(keys).size).toBe(keys.length)
      }
    }
    expect(deedsOf({ state: 'assigned', opportunityId: null, contact: null })).toEqual([])
    for (const state of ['rejected', 'won', 'lost', 'no-response', 'queued'] as const)
      expect(deedsOf({ state, opportunityId: null, contact: somebody })).toEqual([])
  })

  const ada = { name: 'Ada', after, voicemails: 2, attempt: 1, state: 'assigned' } as const
  it.each([
    [{ kind: 'accept' }, 'Ada is accepted. The flow goes on: Wait 3 days.', false],
    [{ kind: 'reject', reason: 'No need' }, 'Ada is with marketing again. The flow goes on: Wait 90 days.', true],
    [{ kind: 'reject', reason: 'Too small for us' }, 'Ada is with marketing again. The flow goes on: Leave.', true],
    [{ kind: 'voicemail' }, 'Ada rests until attempt 2 of 2. The flow goes on: Send Sorry we missed you.', true],
    [{ kind: 'connected' }, 'Call with Ada logged. The clock has stopped.', false],
    [{ kind: 'lost' }, 'Ada is with marketing again.', true],
    [{ kind: 'give-back' }, 'Ada is back with the team. The next rep who has not had the lead gets it.', true],
  ] as const)('after %j: %s', (deed, words, gone) => {
    expect(doneWords(ada, deed)).toBe(words)
    expect(leaves(ada, deed)).toBe(gone)
  })

  it('the last voicemail ends it, one without a loop changes nothing', () => {
    expect(doneWords({ ...ada, attempt: 2 }, { kind: 'voicemail' })).toBe('That was attempt 2 of 2: Ada is with marketing again.')
    expect(doneWords({ ...ada, voicemails: null }, { kind: 'voicemail' })).toBe('Voicemail for Ada logged. The clock goes on.')
    expect(leaves({ ...ada, voicemails: null }, { kind: 'voicemail' })).toBe(false)
  })
})

const happening = (ago: number, change: Partial<Happening>): Happening => ({
  ...{
    id: `h${ago}`,
    at: now - ago * DAY,
    kind: 'page',
    type: 'page',
    about: 'Pricing',
    by: null,
    detail: null,
    points: null,
    machine: false,
  },
  ...change,
})

describe('what to open with', () => {
  const nobody: Pick<Contact, 'earlier' | 'company'> = { earlier: [], company: null }
  it('is made of what they did, most telling first', () => {
    const happenings = [
      happening(0, {}),
      happening(1, { kind: 'did', about: 'Asked for a demo', detail: 'entities: 6 to 10' }),
      happening(2, {}),
      happening(4, { about: 'Home' }),
      happening(90, { kind: 'did', about: 'Old' }),
    ]
    expect(openingOf({ happenings, ...nobody }, now)).toEqual([
      'Asked for a demo (entities: 6 to 10), yesterday.',
      'Looked at Pricing 2 times, last today.',
    ])
  })

  it('says how it ended before and who else is active, and never what a machine did', () => {
    const company: Contact['company'] = {
      ...{ name: 'Kiesel', domain: null, facts: [], people: 3 },
      colleagues: [
        { name: null, jobTitle: 'Controller', leadId: null, latest: happening(1, {}) },
        { name: null, jobTitle: null, leadId: null, latest: happening(3, {}) },
      ],
    }
    const earlier: Contact['earlier'] = [
      { id: 1, at: now - 300 * DAY, state: 'rejected', teamName: 'N', repName: 'Okafor', flowName: null, why: 'No need', note: null },
    ]
    const happenings = [happening(1, { kind: 'mail', type: 'mail.clicked', machine: true })]
    expect(openingOf({ happenings, earlier, company }, now)).toEqual([
      'Was with Okafor on 17 May 2025, rejected: no need.',
      'Controller and 1 more of the company were active, last yesterday.',
    ])
    expect(openingOf({ happenings: [], ...nobody }, now)).toEqual([])
  })
})

describe('the strip', () => {
  it.each([
    [3, 'day', 4],
    [60, 'day', 61],
    [300, 'week', 44],
    [600, 'month', 21],
  ] as const)('%d days are shown by the %s', (days, unit, bars) => {
    const strip = stripOf([happening(0, {}), happening(days, { kind: 'assigned' })], now)
    expect([strip.unit, strip.stretches.length]).toEqual([unit, bars])
    expect(strip.stretches.reduce((sum, one) => sum + one.total, 0)).toBe(2)
    expect(strip.stretches[0]?.sales).toBe(true)
  })

  it('leaves machines out and names each stretch', () => {
    expect(stripOf([happening(1, { machine: true })], now).stretches.every((one) => one.total === 0)).toBe(true)
    const from = new Date(2026, 2, 9).getTime()
    expect([stretchWords({ from }, 'day'), stretchWords({ from }, 'week'), stretchWords({ from }, 'month')]).toEqual([
      '9 March',
      'Week of 9 March',
      'March 2026',
    ])
  })
})

it('an amount is read as people type it', () => {
  expect(['', '12,000', '€ 12000', '1 200.50', 'much', '-3'].map(readAmount)).toEqual([null, 12_000, 12_000, 1200.5, undefined, undefined])
})

it('a meeting begins on the next full hour of a working day', () => {
  expect(nextHour(now)).toEqual({ day: '2026-03-13', time: '13:00' })
  expect(nextHour(new Date(2026, 2, 13, 18, 30).getTime())).toEqual({ day: '2026-03-16', time: '09:00' })
  expect(nextHour(new Date(2026, 2, 12, 5, 0).getTime())).toEqual({ day: '2026-03-12', time: '09:00' })
  expect(instantOf('2026-03-13', '12:00')).toBe(now)
  expect(instantOf('', '12:00')).toBeUndefined()
})
