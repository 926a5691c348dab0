import { DAY, HOUR, MINUTE } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { turnWith } from '../../../testing/turns.ts'
import { type HandoffContract, PLAIN_CONTRACT } from '../../state/contract.ts'
import { emptyState } from '../../state/empty.ts'
import type { HandoffFact } from '../../state/person.ts'
import type { HandoffEffect, TurnResult } from '../../state/result.ts'
import { leadAnswered, type SalesWord } from './coming.ts'
import { drawnAnswers, type MailShares } from './drawn.ts'
import type { HeldLead } from './held.ts'
import { mailDone } from './items.ts'
import type { SalesRep, SalesTeam } from './team.ts'
import { type Answers, createWorld } from './world.ts'

const NOW = Date.parse('2026-03-02T09:00:00Z')
const enrolment = { flowId: 'f', key: '', entry: 1 }
const of = (key: string, at = NOW) => ({ key, at, enrolment, version: 1, node: 'n' })
const mail = (key: string) => ({ ...of(key), templateId: 'tpl', purpose: 'marketing' as const, topic: 'news' })
const lead = (key: string, at = NOW, teamId = 't'): HandoffEffect => ({
  ...of(key, at),
  ...{ teamId, packet: { why: '', fields: {}, scores: {}, note: null }, contract: PLAIN_CONTRACT },
})
const rep = (id: string, more: Partial<SalesRep> = {}): SalesRep => ({
  id,
  name: id.toUpperCase(),
  weight: 1,
  cap: null,
  active: true,
  absences: [],
  ...more,
})
const team = (reps: readonly SalesRep[], more: Partial<SalesTeam> = {}): SalesTeam => ({
  id: 't',
  reps,
  hours: null,
  queueMinutes: null,
  ...more,
})
const made = (teams: readonly SalesTeam[] = [], answers: Answers = {}) => createWorld({ teams, answers, zone: 'UTC' })

const NOBODY = emptyState({
  id: 1,
  key: 'a',
  zone: null,
  ownerSide: 'marketing',
  ownerId: null,
  stage: 'name',
  fields: {},
  folded: {},
  consent: {},
  suppressed: null,
  createdAt: 0,
})
/** A turn in which this and nothing else was asked for. */
const asked = (more: Partial<TurnResult>): TurnResult => turnWith(NOBODY, more)
const closed = (key: string) =>
  asked({ events: [{ id: `${key}/accepted`, type: 'sales.accepted', props: { handoff: key }, occurredAt: NOW, receivedAt: NOW }] })

describe('mail', () => {
  test('S-1 S-9 is accepted once, at its instant', () => {
    const world = made()
    world.told('a', asked({ sends: [mail('m1')] }), NOW)
    expect(world.next()).toBe(NOW)
    expect(world.act(NOW)).toMatchObject([
      { contact: 'a', coming: { kind: 'event', at: NOW, event: { id: 'm1/sent', type: 'mail.sent' } } },
    ])
    expect([world.next(), world.act(NOW)]).toEqual([null, []])
  })

  test('S-1 is not accepted when it was taken back in the same instant', () => {
    const world = made()
    world.told('a', asked({ sends: [mail('m1'), mail('m2')], withdrawn: [{ key: 'm1', why: 'removed' }] }), NOW)
    expect(world.act(NOW)).toMatchObject([{ coming: { event: { id: 'm2/sent' } } }])
  })

  test.each([
    ['opened', ['event']],
    ['clicked', ['event']],
    ['bounced', ['suppress', 'event']],
    ['complained', ['suppress', 'event']],
    ['unsubscribed', ['consent', 'event']],
  ] as const)('S-2 what it means that a mail was %s', (deed, kinds) => {
    const items = mailDone(mail('m1'), deed, NOW)
    expect(items.map((it) => it.kind)).toEqual(kinds)
    expect(items.at(-1)).toMatchObject({ event: { type: `mail.${deed}`, props: { sendKey: 'm1', templateId: 'tpl', node: 'n' } } })
    if (deed === 'unsubscribed') expect(items[0]).toMatchObject({ topic: 'news', given: false })
  })
})

describe('calls and lines', () => {
  const call = (key: string) => ({ ...of(key), kind: 'webhook' as const, payload: {} })
  const place = (key: string, at = NOW) => ({ ...of(key, at), kind: 'throttle' as const, payload: { rate: { count: 1, per: 'hour' } } })

  test('S-4 a call that nobody answers fails at once', () => {
    const world = made()
    world.told('a', asked({ effects: [call('c1')] }), NOW)
    expect(world.act(NOW)).toMatchObject([{ coming: { kind: 'effect', at: NOW, effect: 'c1', news: { outcome: 'failed' } } }])
  })

  test('S-4 an answer comes at its time, never before the call', () => {
    const world = made([], {
      call: (_, it) => ({ at: it.key === 'c1' ? NOW + HOUR : NOW - HOUR, news: { outcome: 'answered', status: 200, data: 1 } }),
    })
    world.told('a', asked({ effects: [call('c1'), call('c2')] }), NOW)
    expect(world.act(NOW)).toMatchObject([{ coming: { at: NOW, effect: 'c2' } }])
    expect([world.next(), world.act(NOW + HOUR - 1)]).toEqual([NOW + HOUR, []])
    expect(world.act(NOW + HOUR)).toMatchObject([{ contact: 'a', coming: { at: NOW + HOUR, effect: 'c1', news: { data: 1 } } }])
    expect(world.next()).toBeNull()
  })

  test('S-4 nothing is answered to whoever is gone; whoever shares the name of another is not', () => {
    const world = made([], { call: () => ({ at: NOW + HOUR, news: { outcome: 'answered', status: 200, data: 1 } }) })
    world.told('a', asked({ effects: [call('a/f/1'), call('a/g/1')] }), NOW)
    world.told('b', asked({ effects: [call('b/f/1')] }), NOW)
    world.act(NOW)
    world.told('a', asked({ cancelled: ['a/f/'] }), NOW + MINUTE)
    expect(world.act(NOW + HOUR).map((it) => [it.contact, it.coming])).toMatchObject([
      ['a', { effect: 'a/g/1' }],
      ['b', { effect: 'b/f/1' }],
    ])
    expect(world.next()).toBeNull()
  })

  test('S-4 S-6 what was asked for and taken back within one turn never goes out', () => {
    const world = made([], { call: () => ({ at: NOW, news: { outcome: 'answered', status: 200, data: 1 } }) })
    const restarted = [call('a/f/1/c'), place('a/f/1/t'), call('a/f/2/c'), place('a/f/2/t')]
    world.told('a', asked({ effects: restarted, cancelled: ['a/f/1/'] }), NOW)
    expect(world.act(NOW).map((it) => it.coming)).toMatchObject([{ effect: 'a/f/2/t' }, { effect: 'a/f/2/c' }])
    expect(world.next()).toBeNull()
  })

  test('S-4 where all of whom something was asked are gone there is nothing left to do', () => {
    const world = made([], { call: () => ({ at: NOW + HOUR, news: { outcome: 'answered', status: 200, data: 1 } }) })
    world.told('a', asked({ effects: [call('a/f/1')] }), NOW)
    world.told('b', asked({ effects: [call('b/f/1')], cancelled: [] }), NOW)
    world.act(NOW)
    world.told('b', asked({ cancelled: ['b/f/'] }), NOW)
    world.told('a', asked({ cancelled: ['a/f/'] }), NOW)
    expect(world.next()).toBeNull()
  })

  test('S-4 a call that is answered by hand is not answered by the world', () => {
    const world = made([], { call: () => 'by-hand' })
    world.told('a', asked({ effects: [call('c1')] }), NOW)
    expect([world.act(NOW), world.next()]).toEqual([[], null])
  })

  test('S-11 an answer comes behind what sales does at its instant', () => {
    const away = rep('ann', { absences: [{ from: NOW - DAY, to: NOW + DAY }] })
    const world = made([team([away], { queueMinutes: 60 })], {
      call: () => ({ at: NOW + HOUR, news: { outcome: 'answered', status: 200, data: 1 } }),
    })
    world.told('a', asked({ effects: [call('c1')], handoffs: [lead('l1')] }), NOW)
    world.act(NOW)
    expect(world.act(NOW + HOUR)).toMatchObject([{ coming: { kind: 'handoff', news: { outcome: 'overflow' } } }])
    expect(world.act(NOW + HOUR)).toMatchObject([{ coming: { kind: 'effect', effect: 'c1' } }])
  })

  test('S-6 people pass in order of arrival, then of key; who has left takes no place', () => {
    const world = made()
    for (const key of ['p3', 'p1', 'p2']) world.told(key, asked({ effects: [place(key)] }), NOW)
    expect(world.act(NOW)).toMatchObject([{ contact: 'p1', coming: { news: { outcome: 'released' } } }])
    expect(world.next()).toBe(NOW + HOUR)
    world.told('p2', asked({ cancelled: ['p2'] }), NOW)
    expect(world.act(NOW + HOUR)).toMatchObject([{ contact: 'p3' }])
    expect(world.next()).toBeNull()
  })

  test('S-6 a sample lets through as many fewer as each stands for', () => {
    const world = createWorld({ teams: [], zone: 'UTC', standsFor: 10 })
    const effect = (key: string) => ({ ...place(key), payload: { rate: { count: 20, per: 'hour' } } })
    world.told('a', asked({ effects: ['p1', 'p2', 'p3'].map(effect) }), NOW)
    expect(world.act(NOW)).toHaveLength(2)
  })
})

describe('sales', () => {
  test('S-7 leads are given out before mail is taken, by rotation, in order of arrival', () => {
    const world = made([team([rep('ann'), rep('bob')])])
    world.told('b', asked({ handoffs: [lead('l1')], sends: [mail('m1')] }), NOW)
    world.told('a', asked({ handoffs: [lead('l2'), lead('l3')] }), NOW)
    expect(world.act(NOW).map((it) => [it.contact, it.coming])).toMatchObject([
      ['b', { handoff: 'l1', news: { outcome: 'assigned', repId: 'ann', repName: 'ANN' } }],
      ['a', { handoff: 'l2', news: { repId: 'bob' } }],
      ['a', { handoff: 'l3', news: { repId: 'ann' } }],
    ])
    expect(world.act(NOW)).toMatchObject([{ coming: { event: { type: 'mail.sent' } } }])
  })

  test('S-7 a full team makes them wait in order; an answer gives room', () => {
    const world = made([team([rep('ann', { cap: 1 })])])
    world.told('a', asked({ handoffs: [lead('l1'), lead('l2'), lead('l3')] }), NOW)
    expect(world.act(NOW)).toHaveLength(1)
    expect([world.next(), world.sales.waiting('t')]).toEqual([null, 2])
    world.told('a', closed('l1'), NOW + DAY)
    expect(world.act(NOW + DAY)).toMatchObject([{ coming: { at: NOW + DAY, handoff: 'l2' } }])
    expect(world.next()).toBeNull()
  })

  test('S-7 who waits is looked at again when somebody comes back, and overflows when the time is over', () => {
    const away = team([rep('ann', { absences: [{ from: NOW - DAY, to: NOW + DAY }] })])
    const back = made([away])
    back.told('a', asked({ handoffs: [lead('l1')] }), NOW)
    expect(back.act(NOW)).toEqual([])
    expect(back.next()).toBe(NOW + DAY)
    expect(back.act(NOW + DAY)).toMatchObject([{ coming: { news: { outcome: 'assigned' } } }])
    const over = made([{ ...away, queueMinutes: 60 }])
    over.told('a', asked({ handoffs: [lead('l1')] }), NOW)
    over.act(NOW)
    expect(over.next()).toBe(NOW + HOUR)
    expect(over.act(NOW + HOUR)).toMatchObject([{ coming: { news: { outcome: 'overflow', reason: { code: 'queue-time-over' } } } }])
  })

  test('S-7 a team without anybody overflows', () => {
    const world = made()
    world.told('a', asked({ handoffs: [lead('l1', NOW, 'gone')] }), NOW)
    expect(world.act(NOW)).toMatchObject([{ coming: { news: { outcome: 'overflow', reason: { code: 'nobody-in-team' } } } }])
  })

  const told = (type: string, handoff: string, props: object = {}) =>
    asked({
      events: [{ id: `${handoff}/${type}/${JSON.stringify(props)}`, type, props: { handoff, ...props }, occurredAt: NOW, receivedAt: NOW }],
    })
  const promised = (key: string, more: Partial<HandoffContract> = {}): HandoffEffect => ({
    ...lead(key),
    contract: { ...PLAIN_CONTRACT, level: { minutes: 60, remindBefore: null }, redistribute: 1, ...more },
  })

  test('S-40 a lead that is not worked in time goes to somebody who has not had it, then back to marketing', () => {
    const world = made([team([rep('ann'), rep('bob')])])
    world.told('a', asked({ handoffs: [promised('l1')] }), NOW)
    expect(world.act(NOW)).toMatchObject([{ coming: { news: { outcome: 'assigned', repId: 'ann', deadline: NOW + HOUR } } }])
    expect(world.next()).toBe(NOW + HOUR)
    expect(world.act(NOW + HOUR).map((it) => it.coming)).toMatchObject([
      { news: { outcome: 'breached', repId: 'ann', next: 'again' } },
      { news: { outcome: 'assigned', repId: 'bob', deadline: NOW + 2 * HOUR } },
    ])
    expect(world.act(NOW + 2 * HOUR).map((it) => it.coming)).toMatchObject([
      { news: { outcome: 'breached', repId: 'bob', next: 'marketing' } },
      { news: { outcome: 'no-response', attempts: 2, reason: { code: 'breached' } } },
    ])
    expect(world.next()).toBeNull()
  })

  test.each(['sales.accepted', 'sales.contacted', 'sales.opportunity', 'sales.rejected', 'sales.lost'])(
    'S-40 %s in time stops the level',
    (type) => {
      const world = made([team([rep('ann')])])
      world.told('a', asked({ handoffs: [promised('l1')] }), NOW)
      world.act(NOW)
      world.told('a', told(type, 'l1'), NOW + MINUTE)
      expect(world.act(NOW + HOUR)).toEqual([])
      expect(world.next()).toBeNull()
    },
  )

  test('S-40 what sleeps has no level, awake it has a new one; the manager keeps what is left to the manager', () => {
    const world = made([team([rep('ann')])])
    world.told('a', asked({ handoffs: [promised('l1', { voicemail: { attempts: 3 }, redistribute: 0, afterBreach: 'manager' })] }), NOW)
    world.act(NOW)
    world.told('a', told('sales.attempted', 'l1', { how: 'voicemail' }), NOW + MINUTE)
    expect(world.act(NOW + HOUR)).toEqual([])
    world.told('a', asked({ resumed: [{ key: 'l1', at: NOW + DAY, attempt: 2 }] }), NOW + DAY)
    expect(world.next()).toBe(NOW + DAY + HOUR)
    expect(world.act(NOW + DAY + HOUR)).toMatchObject([{ coming: { news: { outcome: 'breached', next: 'manager' } } }])
    expect([world.next(), world.sales.waiting('t')]).toEqual([null, 0])
  })

  test('S-40 given back it goes to somebody else, with the deal that was opened', () => {
    const world = made([team([rep('ann'), rep('bob')])])
    world.told('a', asked({ handoffs: [promised('l1')] }), NOW)
    world.act(NOW)
    world.told('a', told('sales.opportunity', 'l1', { opportunity: 'o1' }), NOW)
    world.told('a', told('sales.given-back', 'l1'), NOW + MINUTE)
    expect(world.act(NOW + MINUTE)).toMatchObject([{ coming: { news: { outcome: 'assigned', repId: 'bob' } } }])
    expect(world.sales.held('l1')).toMatchObject({ repId: 'bob', opportunity: 'o1' })
  })

  test('S-41 a voicemail, a deal and what comes back mean what they mean on the desk', () => {
    const returns = { rejected: { coolOffDays: 90 }, lost: { scores: 'reset' as const }, noResponse: {} }
    const contract = { ...PLAIN_CONTRACT, voicemail: { attempts: 2 }, agreement: { id: 'agr', version: 1, returns } }
    const known =
      (more: Partial<HeldLead> = {}) =>
      (): HeldLead => ({
        ...{
          contact: 'a',
          lead: { ...lead('l1'), contract },
          until: undefined,
          hadBy: [],
          bounces: 0,
          first: { owners: [], territory: null },
          repId: 'ann',
          repName: 'Ann',
          at: NOW,
        },
        ...{ state: 'assigned', opportunity: null, deadline: null, breachedAt: null, draftAt: null, woken: 0 },
        ...more,
      })
    const fact = (state: HandoffFact['state'], attempt = 1) => ({
      handoffs: [{ key: 'l1', teamId: 't', repId: 'ann', state, attempt, enrolment, node: 'h' }],
    })
    const said = (answer: SalesWord['answer'], state: HandoffFact['state'], attempt = 1, more: Partial<HeldLead> = {}) =>
      leadAnswered(fact(state, attempt), { answer, rep: 'Ann', why: 'Price', note: null }, NOW, known(more)).map((it) =>
        it.kind === 'handoff' ? it.news : it,
      )
    expect(said('voicemail', 'assigned')).toMatchObject([{ outcome: 'attempted', how: 'voicemail', attempt: 1 }])
    expect(said('voicemail', 'assigned', 2)).toMatchObject([{ attempt: 2 }, { outcome: 'no-response', attempts: 2 }])
    expect(said('voicemail', 'accepted')).toMatchObject([{ how: 'no-answer' }])
    expect(said('rejected', 'assigned')).toMatchObject([{ outcome: 'rejected', coolOffDays: 90 }])
    expect(said('lost', 'accepted', 1, { opportunity: 'o1' })).toMatchObject([{ outcome: 'lost', scores: 'reset', opportunity: 'o1' }])
    expect(said('converted', 'assigned')).toEqual([])
  })

  test('S-5 an answer is for the oldest lead that somebody has', () => {
    const fact = (key: string, state: HandoffFact['state']) => ({ key, teamId: 't', repId: 'ann', state, attempt: 1, enrolment, node: 'h' })
    const word = { answer: 'rejected' as const, rep: 'Ann', why: 'too-small', note: null }
    const state = { handoffs: [fact('l0', 'accepted'), fact('l1', 'assigned'), fact('l2', 'assigned')] }
    expect(leadAnswered(state, word, NOW)).toMatchObject([
      { handoff: 'l1', news: { outcome: 'rejected', repId: 'ann', repName: 'Ann', why: 'too-small' } },
    ])
    expect(leadAnswered({ handoffs: [fact('l0', 'routing')] }, word, NOW)).toEqual([])
  })
})

describe('chance', () => {
  const shares = (more: Partial<MailShares>): MailShares => ({ delayMinutes: 60, ...more })
  const drawn = (mailShares: MailShares, lead = { accepted: 0.5, rejected: 0.25, delayMinutes: 60 }) =>
    drawnAnswers({ mail: () => mailShares, lead: () => lead, call: () => ({ answered: 0.5 }) }, 'seed', () => null)
  const keys = Array.from({ length: 4000 }, (_, i) => `k${i}`)
  const deeds = (answers: Answers) =>
    keys.map((key) => (answers.mail?.('a', mail(key), NOW) ?? []).map((it) => (it.kind === 'event' ? it.event.type : it.kind)))

  test('S-8 shares of 0 and of 1 are never and always', () => {
    expect(deeds(drawn(shares({}))).flat()).toEqual([])
    expect(new Set(deeds(drawn(shares({ opened: 1, clicked: 1 }))).map((it) => it.join()))).toEqual(new Set(['mail.opened,mail.clicked']))
  })

  test('S-8 the shares are met, and who clicks has opened', () => {
    const all = deeds(drawn(shares({ opened: 0.3, clicked: 0.05, bounced: 0.02, unsubscribed: 0.01 })))
    const share = (type: string) => all.filter((it) => it.includes(type)).length / all.length
    expect(share('mail.opened')).toBeCloseTo(0.3, 1)
    expect(Math.abs(share('mail.clicked') - 0.05)).toBeLessThan(0.015)
    expect(Math.abs(share('mail.bounced') - 0.02)).toBeLessThan(0.01)
    expect(all.every((it) => !it.includes('mail.clicked') || it.includes('mail.opened'))).toBe(true)
  })

  test('S-8 the same key, question and seed give the same; more of a share only adds people', () => {
    const few = deeds(drawn(shares({ opened: 0.2 })))
    expect(deeds(drawn(shares({ opened: 0.2 })))).toEqual(few)
    const more = deeds(drawn(shares({ opened: 0.4 })))
    expect(few.every((it, i) => it.length === 0 || more[i]?.includes('mail.opened'))).toBe(true)
  })

  test('S-8 leads: accepted, rejected, or nothing; half of the answers within the median', () => {
    const answers = drawn(shares({}))
    const said = keys.map((key) => answers.lead?.('a', lead(key), { rep: rep('ann'), attempt: 1, before: 0 }, NOW)?.[0])
    const of = (outcome: string) => said.filter((it) => it?.kind === 'handoff' && it.news.outcome === outcome)
    expect(of('accepted').length / keys.length).toBeCloseTo(0.5, 1)
    expect(of('rejected').length / keys.length).toBeCloseTo(0.25, 1)
    const quick = of('accepted').filter((it) => it && it.at <= NOW + 60 * MINUTE)
    expect(quick.length / of('accepted').length).toBeCloseTo(0.5, 1)
  })
})

describe('desks that are not empty when it begins', () => {
  const carries = { open: 1, count: 1, credit: 0, creditAt: null, present: true, lastAt: NOW - HOUR }
  const whose = (world: ReturnType<typeof made>, at: number) =>
    world.act(at).flatMap(({ coming }) => (coming.kind === 'handoff' && coming.news.outcome === 'assigned' ? [coming.news.repId] : []))

  test('S-51 the rotation goes on from where it stands: next is who has had fewer', () => {
    const reps = [rep('a', { carries }), rep('b')]
    const empty = made([team(reps)])
    empty.told('p', asked({ handoffs: [lead('l')] }), NOW)
    expect(whose(empty, NOW)).toEqual(['a'])
    const standing = createWorld({ teams: [team(reps)], zone: 'UTC', begins: { at: NOW, with: [] } })
    standing.told('p', asked({ handoffs: [lead('l')] }), NOW)
    expect(whose(standing, NOW)).toEqual(['b'])
  })

  test('S-51 who has as many as they may gets no other until one of them is answered', () => {
    const full = rep('a', { cap: 1, carries })
    const said: Answers = {
      lead: (_, { key }, { rep: { id: repId, name: repName } }, at) =>
        key === 'old' ? [{ kind: 'handoff', at: at + 2 * HOUR, handoff: key, news: { outcome: 'accepted', repId, repName } }] : [],
    }
    const begins = { at: NOW, with: [{ lead: lead('old'), rep: full }] }
    const world = createWorld({ teams: [team([full])], zone: 'UTC', answers: said, begins })
    world.told('p', asked({ handoffs: [lead('l')] }), NOW)
    expect([whose(world, NOW), world.sales.waiting('t'), world.next()]).toEqual([[], 1, NOW + 2 * HOUR])
    expect([whose(world, NOW + 2 * HOUR), world.sales.waiting('t')]).toEqual([['a'], 0])
  })
})
