import { DAY, HOUR } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../../fixtures/index.ts'
import { alone, behaving, FROM, person, rep, set, team } from '../../../testing/forecasts.ts'
import { buildGraph, planOf } from '../../../testing/index.ts'
import type { FlowGraph } from '../../graph/schema.ts'
import type { ContactEvent } from '../../state/person.ts'
import type { Past, Window } from './as-of.ts'
import { type Backtest, type BacktestInput, backtest } from './backtest.ts'
import { backtestGround } from './ground.ts'
import { namelessRecord, type RecordedPerson, recordedPerson } from './recorded.ts'

const UNTIL = FROM + 30 * DAY
const window: Window = { flowId: 'f', from: FROM, until: UNTIL, see: (props) => props, isRule: (id) => id.startsWith('rule') }

/** Who asks for something gets a mail, is handed over if they click within three days. */
const asked = (templateId = 'tpl_recording', type = 'demo.requested'): FlowGraph =>
  buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'event', type, where: [], key: null } }],
      ['mail', 'send-email', { templateId, ifNotSent: 'port' }],
      [
        'w',
        'wait',
        {
          v: 2,
          slot: 1,
          until: {
            kind: 'event',
            branches: [{ id: 'yes', name: '', match: { kind: 'event', type: 'mail.clicked', where: [] } }],
            timeOut: { amount: 3, unit: 'days' },
          },
        },
      ],
      ['sales', 'hand-to-sales', { teamId: 'team_inbound', why: 'Clicked', note: '', fields: [], leaveAt: 'first-answer' }],
      ['end', 'exit', { label: 'Done', finished: true }],
      ['out', 'exit', { label: 'Lost', finished: false }],
    ],
    [
      'in.out>mail',
      'mail.sent>w',
      'mail.not-sent>out',
      'w.yes>sales',
      'w.time-out>out',
      'sales.accepted>end',
      'sales.rejected>out',
      'sales.overflow>out',
    ],
  )

const event = (id: string, type: string, at: number, props: ContactEvent['props'] = {}): ContactEvent => ({
  ...{ id, type, props, occurredAt: at, receivedAt: at },
})
const sent = (key: string, at: number, more: Partial<Past['sends'][number]> = {}): Past['sends'][number] => ({
  ...{ key, at, sentAt: at, status: 'sent', purpose: 'marketing', topic: null, templateId: 'tpl_recording', flowId: 'f', node: 'mail' },
  ...more,
})
const lead = (key: string, createdAt: number, more: Partial<Past['handoffs'][number]> = {}): Past['handoffs'][number] => ({
  ...{ key, createdAt, flowId: 'f', teamId: 'team_inbound', assignedAt: createdAt, answeredAt: null, closedAt: null },
  ...{ answer: null, why: null, note: null },
  ...more,
})
const past = (more: Partial<Past> = {}, i = 0): Past => ({
  ...{ state: person(i), sends: [], handoffs: [], consents: [], entries: [], entered: 0 },
  ...more,
})
const withEvents = (events: readonly ContactEvent[], i = 0) => ({ ...person(i), events })

/** Asked on the first day, got the mail, clicked after two hours, was taken by sales an hour later. */
const story = (i: number, clicked = true): Past => {
  const at = FROM + DAY + i * HOUR
  return past(
    {
      state: withEvents(
        [
          event(`a${i}`, 'demo.requested', at),
          event(`s${i}`, 'mail.sent', at, { sendKey: `m${i}`, flowId: 'f' }),
          ...(clicked ? [event(`c${i}`, 'mail.clicked', at + 2 * HOUR, { sendKey: `m${i}`, url: 'https://example.com' })] : []),
        ],
        i,
      ),
      sends: [sent(`m${i}`, at)],
      handoffs: clicked ? [lead(`h${i}`, at + 2 * HOUR, { answeredAt: at + 3 * HOUR, closedAt: at + 3 * HOUR, answer: 'accepted' })] : [],
      entered: 1,
    },
    i,
  )
}

const recorded = (pasts: readonly Past[]): RecordedPerson[] => pasts.map((it) => recordedPerson(it, window))

function run(people: readonly RecordedPerson[], draft: FlowGraph, live: FlowGraph | null, more: Partial<BacktestInput> = {}): Backtest {
  const [nobody] = recorded([past()])
  const steps = backtest({
    ...{ flowId: 'f', draft: planOf({ f: draft }), live: live && planOf({ f: live }), population: people.length, from: FROM, days: 30 },
    people: { count: people.length, at: (place) => people[place] ?? (nobody as RecordedPerson) },
    ...{ seed: 's', behaviour: behaving({ clicked: set(1), opened: set(1), accepted: set(1) }), matching: true, teams: [team()] },
    ...more,
  })
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

describe('what was recorded', () => {
  const at = FROM + DAY
  const kinds = ({ happened, mails, leads }: RecordedPerson) => ({
    happened: happened.map((it) => (it.kind === 'event' ? it.event.type : it.kind)),
    mails: mails.map((it) => it.deeds.map(({ type, afterMs }) => [type, afterMs])),
    leads: leads.map((it) => [it.answer?.answer ?? null, ...it.deeds.map((deed) => deed.type)]),
  })
  const own = { sendKey: 'm', flowId: 'f' }
  test.each<[what: string, of: Partial<Past>, is: Partial<ReturnType<typeof kinds>>]>([
    ['of their own accord', { state: withEvents([event('a', 'page.viewed', at)]) }, { happened: ['page.viewed'] }],
    ['before the window', { state: withEvents([event('a', 'page.viewed', FROM - 1)]) }, { happened: [] }],
    ['after the window', { state: withEvents([event('a', 'page.viewed', UNTIL + 1)]) }, { happened: [] }],
    [
      'it follows from a mail of the flow',
      { state: withEvents([event('a', 'mail.clicked', at + HOUR, own)]), sends: [sent('m', at)] },
      { happened: [], mails: [[['mail.clicked', HOUR]]] },
    ],
    [
      'it came in after the window, of a mail within',
      { state: withEvents([event('a', 'mail.opened', UNTIL + HOUR, own)]), sends: [sent('m', UNTIL - HOUR)] },
      { happened: [], mails: [[['mail.opened', 2 * HOUR]]] },
    ],
    [
      'it names its mail by another type',
      { state: withEvents([event('a', 'page.viewed', at + HOUR, own)]), sends: [sent('m', at)] },
      { happened: [], mails: [[['page.viewed', HOUR]]] },
    ],
    [
      'of a mail that went out before the window',
      { state: withEvents([event('a', 'mail.clicked', at, own)]), sends: [sent('m', FROM - DAY)] },
      { happened: ['mail.clicked'], mails: [] },
    ],
    [
      'of a mail of another flow, which goes out as it did',
      { state: withEvents([event('a', 'mail.clicked', at, { sendKey: 'o', flowId: 'g' })]), sends: [sent('o', at, { flowId: 'g' })] },
      { happened: ['mail.clicked', 'other-mail'], mails: [] },
    ],
    ['a mail that was taken back', { sends: [sent('m', at, { status: 'withdrawn' })] }, { happened: [], mails: [] }],
    [
      'a mail of the flow that went out',
      { state: withEvents([event('a', 'mail.sent', at, own)]), sends: [sent('m', at)] },
      { mails: [[]] },
    ],
    [
      'it is made anew',
      { state: withEvents([event('a', 'lifecycle.changed', at, { from: 'name', to: 'lead' }), event('b', 'contact.created', at)]) },
      { happened: [] },
    ],
    [
      'a lead with its answer, and what sales did with it',
      {
        state: withEvents([
          event('a', 'sales.accepted', at + HOUR, { handoff: 'h' }),
          event('b', 'sales.called', at + HOUR, { handoff: 'h' }),
          event('c', 'sales.handed-over', at, { handoff: 'h', flowId: 'f' }),
        ]),
        handoffs: [lead('h', at, { answer: 'accepted', answeredAt: at + HOUR })],
      },
      { happened: [], leads: [['accepted', 'sales.called']] },
    ],
    ['a lead that nobody answered', { handoffs: [lead('h', at)] }, { leads: [[null]] }],
    [
      'a bounce of another flow stops mail as well',
      { state: withEvents([event('a', 'mail.bounced', at, { sendKey: 'o' })]), sends: [sent('o', FROM - DAY, { flowId: 'g' })] },
      { happened: ['suppress', 'mail.bounced'] },
    ],
    ['consent given and taken back', { consents: [{ topic: 'marketing', given: false, at }] }, { happened: ['consent'] }],
    [
      'consent taken back by a mail of the flow goes with the mail',
      {
        state: withEvents([event('a', 'mail.unsubscribed', at + HOUR, own)]),
        sends: [sent('m', at)],
        consents: [{ topic: 'marketing', given: false, at: at + HOUR }],
      },
      { happened: [], mails: [[['mail.unsubscribed', HOUR]]] },
    ],
    ['let in by hand', { entries: [{ node: 'in', key: '', at, data: undefined }] }, { happened: ['enrol'] }],
    ['came into being', { state: person(0, { createdAt: at }) }, { happened: ['created'] }],
    [
      'came onto a list',
      { state: { ...person(0), members: { list_vip: at, rule_x: at, list_old: 0 } } },
      { happened: ['list', 'recheck'] },
    ],
  ])('B-2 B-3 B-4 %s', (_, of, is) => {
    expect(kinds(recordedPerson(past(of), window))).toMatchObject(is)
  })

  test('B-1 a contact as they were: what came later is taken back', () => {
    const now = person(0, { stage: 'accepted', ownerSide: 'sales', suppressed: 'bounced', consent: { marketing: false, news: true } })
    const of = past({
      state: {
        ...now,
        events: [
          event('a', 'page.viewed', FROM - 1),
          event('b', 'lifecycle.changed', FROM + 1, { from: 'name', to: 'accepted' }),
          event('c', 'mail.bounced', FROM + 2),
        ],
        ledger: [FROM - 1, FROM + 1].map((at) => ({
          ...{ key: `${at}`, dimension: 'fit', points: 100, at, rule: '', cause: { flowId: 'g', node: 'n', visit: 1 } },
        })),
        past: [{ flowId: 'f', key: '', entry: 1, endedAt: FROM - 1 }],
        members: { list_old: FROM - 1, list_new: FROM + 1 },
      },
      handoffs: [lead('h', FROM + 1)],
      consents: [
        { topic: 'marketing', given: true, at: FROM - 5 },
        { topic: 'marketing', given: false, at: FROM + 5 },
      ],
    })
    const { state, born } = recordedPerson(of, window)
    expect(born).toBeNull()
    expect(state.person).toMatchObject({
      stage: 'name',
      ownerSide: 'marketing',
      suppressed: null,
      consent: { marketing: true, news: true },
    })
    expect([state.events.map((it) => it.id), state.ledger.length, state.past, Object.keys(state.members)]).toEqual([
      ['a'],
      1,
      [],
      ['list_old'],
    ])
  })

  test('B-4 nobody is named: keys of what happened become numbers', () => {
    const of = namelessRecord(recordedPerson(story(0), window), 'person 1')
    expect(JSON.stringify(of.happened)).not.toContain('"a0"')
  })
})

describe('against the draft and against what is live', () => {
  const people = recorded([...Array.from({ length: 6 }, (_, i) => story(i)), story(6, false), past({}, 7)])

  test('B-5 what is live makes what it made: everything is replayed, nothing is assumed', () => {
    const { live, draft, recorded: was, differ, different } = run(people, asked(), asked())
    expect(live).toEqual(draft)
    expect(live?.totals).toMatchObject({ entered: 7, mails: 7, leads: 6, accepted: 6, finished: 6, leftEarly: 1 })
    expect(was).toEqual({ entered: 7, mails: 7, leads: 6 })
    // Six clicks and six answers of sales.
    expect(live?.caused).toEqual({ same: 13, fresh: 0, replayed: 12, assumed: 0, freshAt: [] })
    expect([differ, different]).toEqual([{ 'comes-in': 0, 'stays-out': 0, leads: 0, mails: 0, way: 0 }, []])
    expect(draft.nodes.find((it) => it.node === 'w')?.medianMinutes?.mid).toBeGreaterThan(110)
  })

  test('B-6 another mail was never sent: what people do with it is drawn, and counted as assumed', () => {
    const { live, draft, differ, different } = run(people, asked('tpl_other'), asked())
    expect(live?.caused.assumed).toBe(0)
    // Everybody opens and clicks the new mail. The leads are those that were: one more, of who did not click then.
    expect(draft.caused).toMatchObject({
      same: 6,
      fresh: 8,
      freshAt: [
        { node: 'mail', times: 7 },
        { node: 'sales', times: 1 },
      ],
    })
    expect(draft.caused.assumed).toBe(7 * 2 + 1)
    expect(draft.totals).toMatchObject({ entered: 7, leads: 7 })
    expect(differ).toEqual({ 'comes-in': 0, 'stays-out': 0, leads: 1, mails: 6, way: 0 })
    expect(different.find((it) => it.kind === 'leads')).toMatchObject({
      place: 6,
      live: { entered: 1, mails: ['tpl_recording'], leads: [] },
      draft: { mails: ['tpl_other'], leads: ['team_inbound'] },
      partsAt: 'w',
    })
  })

  test('B-7 the same mail from another step is the same mail, and is answered so long after as it was', () => {
    const moved = asked()
    const later = buildGraph(
      [
        ...moved.nodes.map((it): [string, string, Record<string, unknown>] => [it.id, it.type, it.data as Record<string, unknown>]),
        ['first', 'wait', { v: 2, slot: 1, until: { kind: 'duration', amount: 2, unit: 'days' } }],
      ],
      ['in.out>first', 'first.out>mail', ...moved.edges.slice(1).map((it) => `${it.source}.${it.sourceHandle}>${it.target}`)],
    )
    const { draft } = run(people, later, asked())
    expect(draft.caused).toMatchObject({ assumed: 0, replayed: 12 })
    expect(draft.totals).toMatchObject({ leads: 6, accepted: 6 })
  })

  test('B-9 who comes in only in one of them is told', () => {
    const { differ, different, draft } = run(people, asked('tpl_recording', 'price.asked'), asked())
    expect([draft.totals.entered, differ['stays-out'], differ['comes-in']]).toEqual([0, 7, 0])
    expect(different[0]).toMatchObject({ kind: 'stays-out', partsAt: null, draft: { entered: 0, node: null } })
    expect(run(people, asked(), asked('tpl_recording', 'price.asked')).differ['comes-in']).toBe(7)
  })

  test('B-8 leads of other flows take the room that they took', () => {
    const busy = recorded([...[0, 1].map((i) => story(i)), past({ handoffs: [lead('o', FROM, { flowId: 'g' })] }, 2)])
    const teams = [team({ reps: [rep('ann', { cap: 1 })] })]
    expect(run(busy, asked(), null, { teams }).draft.totals).toMatchObject({ leads: 2, accepted: 0 })
  })

  test('B-10 a sample speaks for all; the same input gives the same result, whoever is live', () => {
    const of = run(people, asked('tpl_other'), asked(), { population: 80 })
    expect(of).toMatchObject({ people: 80, sample: 8, draft: { totals: { entered: 70 } }, recorded: { entered: 70 } })
    expect(run(people, asked('tpl_other'), asked(), { population: 80 })).toEqual(of)
    expect(run(people, asked('tpl_other'), null).live).toBeNull()
  })

  test('B-10 nobody at all, and people who share nothing', () => {
    expect(run([], asked(), asked()).draft.totals.entered).toBe(0)
    const by = (of: FlowGraph) => ({ ...of, nodes: of.nodes.map((it) => (it.id === 'in' ? (asked().nodes[0] ?? it) : it)) })
    const { draft, live } = run(people, by(alone()), asked())
    expect(draft.totals).toMatchObject({ entered: 7, finished: 7, mails: 7, leads: 0 })
    expect(live?.totals.leads).toBe(6)
  })

  test('S-49 B-1 rules of the score model give points for what was recorded, each once, in both versions', () => {
    const when = { combinator: 'and', rules: [{ subject: { kind: 'score', dimension: 'engagement' }, op: 'ge', value: 20 }] }
    const hot = (threshold: number): FlowGraph =>
      buildGraph(
        [
          ['in', 'trigger', { on: { kind: 'event', type: 'demo.requested', where: [], key: null } }],
          ['mail', 'send-email', { templateId: 'tpl_recording', ifNotSent: 'port' }],
          ['w', 'wait', { v: 2, slot: 1, until: { kind: 'duration', amount: 3, unit: 'days' } }],
          [
            'b',
            'branch',
            { cases: [{ id: 'hot', name: 'Hot', when: { ...when, rules: when.rules.map((it) => ({ ...it, value: threshold })) } }] },
          ],
          ['end', 'exit', { label: 'Hot', finished: true }],
          ['out', 'exit', { label: 'Not', finished: false }],
        ],
        ['in.out>mail', 'mail.sent>w', 'mail.not-sent>out', 'w.out>b', 'b.hot>end', 'b.otherwise>out'],
      )
    const rule = { kind: 'behaviour', id: 'click', name: '', dimension: 'engagement', points: 3000, event: 'mail.clicked' } as const
    const scoring = { version: 1, rules: [{ ...rule, where: [], atMost: null, since: 1, words: 'Clicks' }], grade: null }
    // What they were given then is taken back, and given again by the rule: never twice.
    const given = (i: number): Past => {
      const told = story(i, i % 2 === 0)
      const line = { key: `click/c${i}`, dimension: 'engagement', points: 3000, at: FROM + DAY + (i + 2) * HOUR, rule: 'click' }
      const ledger = i % 2 === 0 ? [{ ...line, cause: { flowId: '', node: '', visit: 1 } }] : []
      return { ...told, state: { ...told.state, ledger } }
    }
    const played = (threshold: number, model: typeof scoring | null) => {
      const made = backtestGround({
        flowId: 'f',
        draft: hot(threshold),
        live: hot(20),
        catalog: sampleCatalog,
        segments: [],
        scoring: model,
      })
      if ('issues' in made) throw new Error(made.issues.map((it) => it.say).join(' '))
      const { draft, live } = made.ok
      const of = run(recorded([0, 1, 2, 3, 4].map(given)), hot(threshold), null, { draft, live })
      return [of.draft.totals.finished, of.live?.totals.finished]
    }
    expect(played(20, scoring)).toEqual([3, 3])
    expect(played(31, scoring)).toEqual([0, 3])
    expect(played(20, null)).toEqual([0, 0])
  })

  test('B-10 it says how far it is, and can be stopped', () => {
    const steps = backtest({
      ...{ flowId: 'f', draft: planOf({ f: alone() }), live: planOf({ f: alone() }), population: 100, from: FROM, days: 30, seed: 's' },
      people: { count: 100, at: (place) => recordedPerson(past({}, place), window) },
      ...{ behaviour: behaving(), matching: true, teams: [] },
    })
    const told = [steps.next(), steps.next(), steps.next()].map((it) => (it.done ? 1 : it.value.done))
    expect(told).toEqual([...told].sort((a, b) => a - b))
    expect(steps.return(undefined as never).done).toBe(true)
  })
})
