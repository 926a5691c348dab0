import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryState, buildGraph, planOf, samplePerson } from '../../testing/index.ts'
import { advance, type ContactState, type Enrolment, emptyState, type HandoffFact, type MergeChoice, mergeStates } from '../index.ts'
import type { Person } from '../state/person.ts'

const NOW = 1_000_000
const by = { kind: 'user', id: 'usr_ada', name: 'Ada' } as const
const choice = (more: Partial<MergeChoice> = {}): MergeChoice => ({ fields: [], handoffs: {}, segments: [], by, now: NOW, ...more })

const mine = (more: Partial<Person> = {}, state: Partial<ContactState> = {}): ContactState => ({
  ...emptyState({ ...samplePerson({ key: 'zoe@example.com', fields: { email: 'zoe@example.com' }, consent: {} }), ...more }),
  ...state,
})
const theirs = (more: Partial<Person> = {}, state: Partial<ContactState> = {}): ContactState => ({
  ...emptyState({ ...samplePerson({ key: 'z@old.example', fields: { email: 'z@old.example' }, consent: {} }), ...more }),
  ...state,
})
const passage = (more: Partial<Enrolment> = {}): Enrolment => ({
  ...{ id: 1, flowId: 'f', key: '', entry: 1, version: 1, node: 'wait', nodeSince: 10, enteredAt: 10, dueAt: 5_000_000, seq: 2 },
  vars: { visits: { wait: 1 }, here: {}, held: [], frozenMs: 0 },
  ...more,
})
const told = (survivor: ContactState, loser: ContactState, more: Partial<MergeChoice> = {}, kind = 'fields') =>
  mergeStates(survivor, loser, choice(more)).items.filter((it) => it.kind === kind)
const handoff = (key: string, more: Partial<HandoffFact> = {}): HandoffFact => ({
  ...{ key, teamId: 't', repId: null, state: 'assigned', attempt: 1, node: 'h', enrolment: { flowId: 'f', key: '', entry: 1 } },
  ...more,
})

describe('the person', () => {
  test('E-201 the survivor’s values stay, what it lacks is filled, what the author picks is taken', () => {
    const a = mine({ fields: { email: 'zoe@example.com', company: 'New' } })
    const b = theirs({ fields: { email: 'z@old.example', company: 'Old', phone: '1' } })
    expect(told(a, b)).toMatchObject([{ set: { phone: '1' }, source: by, at: NOW }])
    expect(told(a, b, { fields: ['company'] })).toMatchObject([{ set: { phone: '1', company: 'Old' } }])
    expect(told(a, mine())).toEqual([])
  })

  const none = { fields: {} }
  test.each([
    ['a no of the other is a no', mine({ consent: { news: true } }), theirs({ consent: { news: false } }), { news: false }],
    ['a no of the survivor stays', mine({ consent: { news: false } }), theirs({ consent: { news: true } }), {}],
    ['a no is kept where the survivor said nothing', mine(), theirs({ consent: { news: false } }), { news: false }],
    ['a yes for another address does not count', mine(), theirs({ consent: { news: true } }), {}],
    ['a yes comes with its address', mine(none), theirs({ consent: { news: true } }), { news: true }],
    ['a visitor takes nothing away', mine({ consent: { news: true } }), theirs({ ...none, consent: {} }), {}],
    ['the same yes of both stays', mine({ consent: { news: true } }), theirs({ consent: { news: true } }), {}],
  ])('E-202 %s', (_, a, b, expected) => {
    const said = told(a, b, {}, 'consent').map((it) => (it.kind === 'consent' ? [it.topic, it.given] : []))
    expect(Object.fromEntries(said)).toEqual(expected)
  })
  test('E-202 the author who picks the other’s address needs the other’s yes', () => {
    const a = mine({ consent: { news: true } })
    expect(told(a, theirs(), { fields: ['email'] }, 'consent')).toMatchObject([{ topic: 'news', given: false }])
    expect(told(a, theirs({ consent: { news: true } }), { fields: ['email'] }, 'consent')).toEqual([])
  })

  test.each([
    ['a bounce of an address that goes is gone', theirs({ suppressed: 'bounced' }), []],
    ['a complaint is the person’s', theirs({ suppressed: 'complained' }), [{ reason: 'complained' }]],
    ['a stop by hand is the person’s', theirs({ suppressed: 'by-hand' }), [{ reason: 'by-hand' }]],
  ])('E-203 %s', (_, b, expected) => expect(told(mine(), b, {}, 'suppress')).toMatchObject(expected))
  test('E-203 a bounce comes with its address', () => {
    expect(told(mine(none), theirs({ suppressed: 'bounced' }), {}, 'suppress')).toMatchObject([{ reason: 'bounced' }])
  })

  test.each([
    ['lead', 'customer', 'customer'],
    ['customer', 'lead', 'customer'],
    ['name', 'lost', 'lost'],
    ['lost', 'customer', 'lost'],
    ['accepted', 'disqualified', 'accepted'],
  ] as const)('E-204 of %s and %s: %s', (a, b, stage) => {
    expect(mergeStates(mine({ stage: a }), theirs({ stage: b }), choice()).state.person.stage).toBe(stage)
  })
  test('E-204 sales keeps whom it owns; known since the earlier of both', () => {
    const b = theirs({ ownerSide: 'sales', ownerId: 'usr_rep', createdAt: 5 })
    expect(mergeStates(mine({ createdAt: 9 }), b, choice()).state.person).toMatchObject({
      ...{ key: 'zoe@example.com', ownerSide: 'sales', ownerId: 'usr_rep', createdAt: 5 },
    })
  })
})

describe('the history', () => {
  test('E-200 the survivor keeps its key and has both histories; neither state is changed', () => {
    fc.assert(
      fc.property(arbitraryState, arbitraryState, (a, b) => {
        const before = JSON.stringify([a, b])
        const { state } = mergeStates(a, b, choice())
        expect(state.person.key).toBe(a.person.key)
        expect(JSON.stringify([a, b])).toBe(before)
        const ids = new Set(state.events.map((it) => it.id))
        expect([...a.events, ...b.events].every((it) => ids.has(it.id))).toBe(true)
      }),
      { seed: 20260302, numRuns: 100 },
    )
  })

  test('E-205 events, points and mails are the union by origin id, in the order of time, then of id', () => {
    const event = (id: string, at: number) => ({ id, type: 'x', props: {}, occurredAt: at, receivedAt: at })
    const line = (key: string, at: number) => ({
      key,
      dimension: 'fit',
      points: 100,
      at,
      rule: 'r',
      cause: { flowId: 'f', node: 'n', visit: 1 },
    })
    const mail = (key: string, at: number) => ({
      ...{ key, templateId: 't', at, status: 'sent' as const, purpose: 'marketing' as const, topic: null },
    })
    const a = mine({}, { events: [event('b', 1), event('c', 3)], ledger: [line('k', 1)], sends: [mail('m', 4)] })
    const b = theirs(
      {},
      { events: [event('a', 1), event('c', 3), event('d', 2)], ledger: [line('k', 1), line('j', 0)], sends: [mail('l', 2)] },
    )
    const { state } = mergeStates(a, b, choice())
    expect(state.events.map((it) => it.id)).toEqual(['a', 'b', 'd', 'c'])
    expect(state.ledger.map((it) => it.key)).toEqual(['j', 'k'])
    expect(state.sends.map((it) => it.key)).toEqual(['l', 'm'])
  })

  test('E-206 segments since the earlier of both; a way that was drawn stays', () => {
    const a = mine({}, { members: { s: 9 }, rechecks: { s: 100 }, drawn: { 'f/n': 'a' } })
    const b = theirs({}, { members: { s: 5, t: 7 }, rechecks: { s: 90 }, drawn: { 'f/n': 'b', 'f/m': 'c' } })
    expect(mergeStates(a, b, choice()).state).toMatchObject({
      ...{ members: { s: 5, t: 7 }, rechecks: { s: 90 }, drawn: { 'f/n': 'a', 'f/m': 'c' } },
    })
  })

  test('E-211 related records are the union; of two companies the survivor’s', () => {
    const of = (kind: 'company' | 'purchase', id: string) => ({ kind, id, data: {}, folded: null, at: 1 })
    const ids = (a: ContactState, b: ContactState) => mergeStates(a, b, choice()).state.related.map((it) => it.id)
    const b = theirs({}, { related: [of('company', 'old'), of('purchase', 'p1'), of('purchase', 'p2')] })
    expect(ids(mine({}, { related: [of('company', 'new'), of('purchase', 'p2')] }), b)).toEqual(['new', 'p1', 'p2'])
    expect(ids(mine(), b)).toEqual(['old', 'p1', 'p2'])
  })
})

describe('passages', () => {
  test('E-207 the other’s passage goes on where it stood, counted behind the survivor’s', () => {
    const a = mine({}, { past: [{ flowId: 'f', key: '', entry: 2, endedAt: 50 }] })
    const before = passage({ id: 77, entry: 1, vars: { ...passage().vars, here: { target: 5_000_000 } } })
    const { state, passages } = mergeStates(a, theirs({}, { enrolments: [before] }), choice())
    expect(state.enrolments).toEqual([{ ...before, id: null, entry: 3 }])
    expect(passages).toMatchObject([{ of: 'loser', before: { id: 77 }, closing: null }])
  })

  test.each([
    ['more steps', passage({ seq: 5, enteredAt: 90 }), passage({ seq: 4 }), 'survivor'],
    ['more steps, the other’s', passage({ seq: 3 }), passage({ seq: 4, enteredAt: 90 }), 'loser'],
    ['then the earlier', passage({ enteredAt: 20 }), passage({ enteredAt: 10 }), 'loser'],
    ['then the survivor’s', passage(), passage(), 'survivor'],
  ] as const)('E-208 of two in one flow with one key goes on: %s', (_, a, b, goesOn) => {
    const { state, passages } = mergeStates(mine({}, { enrolments: [a] }), theirs({}, { enrolments: [b] }), choice())
    expect(state.enrolments).toHaveLength(1)
    expect(passages.filter((it) => it.closing === null).map((it) => it.of)).toEqual([goesOn])
    const [closed] = passages.filter((it) => it.closing !== null)
    expect(closed?.closing).toEqual({
      ...{ seq: (closed?.before.seq ?? 0) + 1, at: NOW, due: null, node: 'wait', visit: 1, port: 'end' },
      reason: { code: 'merged', into: 'zoe@example.com' },
    })
    expect(closed?.after.dueAt).toBeNull()
  })
  test('E-208 another key, or another flow, is another passage', () => {
    const a = mine({}, { enrolments: [passage()] })
    const b = theirs({}, { enrolments: [passage({ key: 'order-1' }), passage({ flowId: 'g' })] })
    expect(mergeStates(a, b, choice()).state.enrolments.map((it) => `${it.flowId} ${it.key} ${it.entry}`)).toEqual([
      'f  1',
      'f order-1 1',
      'g  1',
    ])
  })

  test('E-209 of two open hand-offs the earlier stays, and who waits for the later waits for it', () => {
    const waits = passage({ flowId: 'g', vars: { ...passage().vars, here: { handoff: 'late' } } })
    const a = mine({}, { enrolments: [waits], handoffs: [handoff('late')] })
    const b = theirs({}, { handoffs: [handoff('early')] })
    const merged = mergeStates(a, b, choice({ handoffs: { late: 200, early: 100 } }))
    expect(merged.state.handoffs.map((it) => it.key)).toEqual(['early'])
    expect(merged.joined).toEqual([{ key: 'late', into: 'early' }])
    expect(merged.state.enrolments[0]?.vars.here).toEqual({ handoff: 'early' })
  })
  test('E-209 one alone survives, with the number of its passage', () => {
    const b = theirs({}, { handoffs: [handoff('only')] })
    const a = mine({}, { past: [{ flowId: 'f', key: '', entry: 4, endedAt: 1 }] })
    expect(mergeStates(a, b, choice())).toMatchObject({ joined: [], state: { handoffs: [{ key: 'only', enrolment: { entry: 5 } }] } })
  })

  test('E-210 how often somebody was in a flow counts both, and what the merge closes', () => {
    const a = mine({}, { past: [{ flowId: 'f', key: '', entry: 2, endedAt: 50 }], enrolments: [passage({ entry: 3 })] })
    const b = theirs({}, { past: [{ flowId: 'f', key: '', entry: 1, endedAt: 70 }], enrolments: [passage({ entry: 2, seq: 1 })] })
    expect(mergeStates(a, b, choice()).state.past).toEqual([{ flowId: 'f', key: '', entry: 5, endedAt: NOW }])
  })
})

describe('what follows', () => {
  test('E-212 flows hear of the change by items: fields, consents, stops, the event, then the segments', () => {
    const a = mine({ fields: {} })
    const b = theirs({ consent: { news: true }, suppressed: 'complained' })
    const { items } = mergeStates(a, b, choice({ segments: ['s', 't'] }))
    expect(items.map((it) => it.kind)).toEqual(['fields', 'consent', 'suppress', 'event', 'recheck', 'recheck'])
    expect(items[3]).toMatchObject({ event: { type: 'contact.merged', props: { from: 'z@old.example' } } })
  })

  const bought = {
    id: 'buyers',
    condition: {
      combinator: 'and' as const,
      rules: [
        { subject: { kind: 'event' as const, type: 'bought', where: [], window: { kind: 'ever' as const } }, op: 'ge' as const, value: 2 },
      ],
    },
  }
  const graph = buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'segment', segmentId: 'buyers' } }],
      ['s', 'score', { dimension: 'fit', points: 10 }],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>s', 's.out>end'],
  )
  const buy = (id: string) => ({ id, type: 'bought', props: {}, occurredAt: 5, receivedAt: 5 })

  test('E-212 who belongs to a segment by both histories alone joins it, and flows begin', () => {
    const plan = planOf({ f: graph }, [bought])
    const { state, items } = mergeStates(
      mine({}, { events: [buy('1')] }),
      theirs({}, { events: [buy('2')] }),
      choice({ segments: ['buyers'] }),
    )
    const turn = advance(plan, state, { now: NOW, items }, { now: NOW, seed: '' })
    expect(turn.members).toMatchObject([{ segmentId: 'buyers', since: NOW }])
    expect(turn.ledger).toMatchObject([{ dimension: 'fit' }])
  })

  test('E-213 who was in the segment as either of both is let in by nothing, and nothing is asked for again', () => {
    const plan = planOf({ f: graph }, [bought])
    const a = mine({}, { events: [buy('1'), buy('2')], members: { buyers: 5 } })
    const { state, items } = mergeStates(a, theirs({}, { events: [buy('3')], members: { buyers: 3 } }), choice({ segments: ['buyers'] }))
    const turn = advance(plan, state, { now: NOW, items }, { now: NOW, seed: '' })
    expect([turn.ledger, turn.sends, turn.handoffs, turn.effects, turn.enrolments]).toEqual([[], [], [], [], []])
  })
})
