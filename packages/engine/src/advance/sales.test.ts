import { DAY, HOUR } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { planOf, runInMemory } from '../../testing/index.ts'
import {
  accepted,
  ada,
  assigned,
  flow,
  key,
  lost,
  mara,
  news,
  noResponse,
  now,
  plan,
  rejected,
  run,
  START,
  voicemail,
  won,
} from '../../testing/sales.ts'
import type { ContactState } from '../state/contact.ts'
import type { EnrolmentVars } from '../state/enrolment.ts'
import type { HandoffNews, InboxItem } from '../state/input.ts'
import { advance } from './advance.ts'

const at = START + 3 * HOUR
const K = key()
const ofRep = { handoff: K, repId: 'r1' }
const offer: HandoffNews = { outcome: 'opportunity', ...mara, id: 'o1', name: 'Deal', amount: 5, closeOn: null, stage: 'Offer' }
const breached = (next: 'again' | 'manager' | 'marketing', more: object = {}): HandoffNews => ({
  outcome: 'breached',
  ...mara,
  deadline: START,
  next,
  ...more,
})

/** Somebody with a hand-off that nobody of marketing waits for any more, in this state; with a second one open beside it, when asked. */
function handed(told: readonly HandoffNews[] = [assigned], beside = false): ContactState {
  const state = now(
    run(
      flow(),
      told.map((it, i) => news(START + HOUR + i, it)),
      START + 2 * HOUR,
    ),
  )
  const other = { ...state.handoffs[0], key: 'other' } as ContactState['handoffs'][number]
  return { ...state, enrolments: [], handoffs: beside ? [...state.handoffs, other] : state.handoffs }
}

function hears(state: ContactState, ...items: readonly InboxItem[]) {
  const result = runInMemory(plan(), [{ state, items }], at + DAY)
  const events = result.turns.flatMap((it) => it.result.events)
  return { after: result.contacts[0] ?? ada, events, result }
}

describe('what the news becomes', () => {
  test.each([
    [accepted, 'accepted', 'accepted', { ...ofRep }],
    [rejected('Size'), 'rejected', 'rejected', { ...ofRep, why: 'Size' }],
    [rejected('Spam', { disqualified: true }), 'disqualified', 'disqualified', { ...ofRep, why: 'Spam' }],
    [{ outcome: 'overflow', reason: {} }, 'overflow', 'overflow', { handoff: K }],
    [breached('again'), 'breached', `breached/${START}/r1`, { ...ofRep, next: 'again' }],
    [breached('marketing'), 'breached', `breached/${START}/r1`, { ...ofRep, next: 'marketing' }],
    [noResponse(), 'no-response', 'no-response', { handoff: K, attempts: 2 }],
    [voicemail(2), 'attempted', `attempted/${at}`, { ...ofRep, how: 'voicemail', attempt: 2 }],
    [{ outcome: 'contacted', ...mara, how: 'mail' }, 'contacted', `contacted/${at}`, { ...ofRep, how: 'mail' }],
    [offer, 'opportunity', 'opportunity/o1', { ...ofRep, opportunity: 'o1', name: 'Deal', amount: 5, closeOn: null, stage: 'Offer' }],
    [won, 'converted', 'converted', { ...ofRep, opportunity: 'o1', amount: 900 }],
    [lost(), 'lost', 'lost', { ...ofRep, why: 'Price', opportunity: 'o1' }],
    [{ outcome: 'given-back', ...mara }, 'given-back', `given-back/${at}`, { ...ofRep }],
  ] as [HandoffNews, string, string, Record<string, unknown>][])(
    'E-83 %j is the event sales.%s, by the id of the hand-off and /%s',
    (told, type, id, props) => {
      const { events } = hears(handed(), news(at, told))
      const sales = events.filter((it) => it.type === `sales.${type}`)
      expect(sales).toHaveLength(1)
      expect(sales[0]).toMatchObject({ id: `${K}/${id}` })
      expect(sales[0]?.props).toEqual(props)
    },
  )

  test('E-404 who is disqualified is also rejected, with the same reason', () => {
    const { events } = hears(handed(), news(at, rejected('Spam', { disqualified: true })))
    expect(events.filter((it) => it.type.startsWith('sales.')).map((it) => [it.type, it.id, it.props])).toEqual([
      ['sales.rejected', `${K}/rejected`, { ...ofRep, why: 'Spam' }],
      ['sales.disqualified', `${K}/disqualified`, { ...ofRep, why: 'Spam' }],
    ])
  })

  test('E-404 who is only rejected is not disqualified', () => {
    const { events } = hears(handed(), news(at, rejected('Size')))
    expect(events.map((it) => it.type).filter((it) => it.startsWith('sales.'))).toEqual(['sales.rejected'])
  })

  test('E-83 an assignment is no event', () => {
    expect(hears(handed([]), news(at, assigned)).events.filter((it) => it.type.startsWith('sales.'))).toEqual([])
  })
})

describe('what is known of the hand-off, and of the contact, afterwards', () => {
  const open = (state: string, repId: string | null, attempt = 1) => [{ key: K, state, repId, attempt }]
  test.each([
    [[], assigned, open('assigned', 'r1'), ['lead', 'sales', 'r1']],
    [[assigned], accepted, open('accepted', 'r1'), ['accepted', 'sales', 'r1']],
    [[assigned], rejected('Size'), [], ['lead', 'marketing', null]],
    [[assigned], rejected('Spam', { disqualified: true }), [], ['disqualified', 'marketing', null]],
    [[assigned], { outcome: 'overflow', reason: {} }, [], ['lead', 'marketing', null]],
    [[assigned], breached('again'), open('routing', null), ['lead', 'sales', null]],
    [[assigned], breached('manager'), open('routing', null), ['lead', 'sales', null]],
    [[assigned], breached('marketing'), open('assigned', 'r1'), ['lead', 'sales', 'r1']],
    [[assigned], breached('again', { stays: true }), open('assigned', 'r1'), ['lead', 'sales', 'r1']],
    [[assigned], { outcome: 'taken-back', ...mara }, open('routing', null), ['lead', 'sales', null]],
    [[assigned], noResponse(), [], ['lead', 'marketing', null]],
    [[assigned], { outcome: 'attempted', ...mara, how: 'no-answer', attempt: 2 }, open('assigned', 'r1'), ['lead', 'sales', 'r1']],
    [[assigned], { outcome: 'contacted', ...mara, how: 'call' }, open('assigned', 'r1'), ['lead', 'sales', 'r1']],
    [[assigned], offer, open('accepted', 'r1'), ['opportunity', 'sales', 'r1']],
    [[accepted], won, [], ['customer', 'sales', 'r1']],
    [[accepted], lost(), [], ['lost', 'marketing', null]],
    [[accepted], { outcome: 'given-back', ...mara }, open('routing', null), ['lead', 'sales', null]],
  ] as [HandoffNews[], HandoffNews, object[], unknown[]][])(
    'E-83 after %j comes %j',
    (before, told, handoffs, [stage, ownerSide, ownerId]) => {
      const { after } = hears(handed(before), news(at, told))
      expect(after.handoffs).toHaveLength(handoffs.length)
      expect(after.handoffs).toMatchObject(handoffs)
      expect(after.person).toMatchObject({ stage, ownerSide, ownerId })
    },
  )

  test.each([
    ['rejected', rejected('Size')],
    ['disqualified', rejected('Spam', { disqualified: true })],
    ['overflow', { outcome: 'overflow', reason: {} }],
    ['no response', noResponse()],
    ['lost', lost()],
  ] as [string, HandoffNews][])('E-83 while sales has them by another hand-off they stay with sales: %s', (_, told) => {
    const before = handed([assigned], true)
    const { after } = hears(before, news(at, told))
    expect(after.handoffs.map((it) => it.key)).toEqual(['other'])
    expect(after.person).toMatchObject({ stage: before.person.stage, ownerSide: 'sales', ownerId: 'r1' })
  })

  test('E-83 whoever buys is a customer, whatever else sales has with them', () => {
    expect(hears(handed([accepted], true), news(at, won)).after.person.stage).toBe('customer')
  })

  test.each([
    ['a hand-off that is not theirs', news(at, accepted, 'nobody/f//1/h/1/0')],
    ['assigned once it is accepted', news(at, { ...assigned, repId: 'r2' } as HandoffNews)],
    ['accepted a second time', news(at, { ...accepted, repId: 'r2' } as HandoffNews)],
  ])('E-83 changes nothing: %s', (_, item) => {
    const before = handed([accepted])
    const { after, events } = hears(before, item)
    expect(after.handoffs).toEqual(before.handoffs)
    expect(after.person).toEqual(before.person)
    expect(events).toEqual([])
  })
})

describe('a hand-off that sleeps', () => {
  test('E-403 is awake at the end of the turn in which nobody of marketing has the person any more, as the next try', () => {
    const { after, result } = hears(handed(), news(at, voicemail(1)))
    expect(after.handoffs).toMatchObject([{ key: K, state: 'assigned', repId: 'r1', attempt: 2 }])
    expect(result.turns.flatMap((it) => it.result.resumed)).toEqual([{ key: K, at, attempt: 2 }])
  })

  test('E-403 only those that sleep are woken', () => {
    const { after, result } = hears(handed([assigned], true), news(at, voicemail(1)))
    expect(after.handoffs.map((it) => [it.key, it.state, it.attempt])).toEqual([
      ['other', 'assigned', 1],
      [K, 'assigned', 2],
    ])
    expect(result.turns.flatMap((it) => it.result.resumed.map((one) => one.key))).toEqual([K])
  })

  test('E-402 one without a rep is the router’s when it wakes', () => {
    const state = handed()
    const sleeping = { ...state, handoffs: state.handoffs.map((it) => ({ ...it, state: 'sleeping' as const, repId: null })) }
    const { after } = hears(sleeping, { kind: 'fields', at, set: { job: 'clerk' }, source: { kind: 'user', id: 'u' } })
    expect(after.handoffs).toMatchObject([{ state: 'routing', repId: null, attempt: 2 }])
  })
})

describe('a hand-off that sleeps while its flow is paused', () => {
  const jobs: InboxItem = { kind: 'fields', at, set: { job: 'chief' }, source: { kind: 'user', id: 'u' } }
  const told = news(at, voicemail(1))
  test.each<[string, Partial<EnrolmentVars>, string]>([
    ['that will be back for it', { here: {}, asleep: { [K]: 'h' } }, 'sleeping'],
    ['that will be back for another one', { here: {}, asleep: { other: 'h' } }, 'assigned'],
    ['that has still to hear of its voicemail', { here: { handoff: K }, held: [told] }, 'sleeping'],
    ['that has to hear of it among other things', { here: { handoff: K }, held: [jobs, told] }, 'sleeping'],
    ['that waits for another one', { here: { handoff: 'other' }, held: [told] }, 'assigned'],
    ['that has something else to hear', { here: { handoff: K }, held: [jobs] }, 'assigned'],
    ['that has nothing to hear', { here: { handoff: K } }, 'assigned'],
  ])('E-403 beside a passage %s', (_, vars, state) => {
    const before = now(run(flow(), [news(START + HOUR, assigned)], START + 2 * HOUR))
    const enrolments = before.enrolments.map((it) => ({ ...it, vars: { ...it.vars, ...vars } }))
    const handoffs = before.handoffs.map((it) => ({ ...it, state: 'sleeping' as const }))
    const paused = planOf({ f: { graph: flow(), state: 'paused', pauses: [{ from: at - 1, to: null }] } })
    const after = advance(paused, { ...before, enrolments, handoffs }, { now: at, items: [jobs] }, { now: at, seed: '' }).state
    expect(after.handoffs.map((it) => [it.key, it.state])).toEqual([[K, state]])
  })
})

describe('a rest', () => {
  const rested = (told: HandoffNews, restUntil?: number) => {
    const state = handed()
    return hears({ ...state, person: { ...state.person, restUntil } }, news(at, told)).after.person.restUntil
  }

  test.each([
    ['a longer one', { coolOffDays: 2 }, at + DAY, at + 2 * DAY],
    ['a shorter one', { coolOffDays: 2 }, at + 9 * DAY, at + 9 * DAY],
    ['none', { coolOffDays: 2 }, undefined, at + 2 * DAY],
    ['no days', { coolOffDays: 0 }, undefined, undefined],
    ['nothing agreed', {}, undefined, undefined],
  ])('E-86 of two the longer, beside %s', (_, more, before, until) => {
    expect(rested(rejected('Timing', more), before)).toBe(until)
  })

  test.each([
    ['rejected', rejected('Timing', { coolOffDays: 2 })],
    ['lost', lost({ coolOffDays: 2 })],
    ['no response', noResponse({ coolOffDays: 2 })],
  ])('E-86 after each that sales gives back: %s', (_, told) => {
    expect(rested(told)).toBe(at + 2 * DAY)
  })
})
