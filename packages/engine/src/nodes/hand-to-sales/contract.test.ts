import { DAY, HOUR, MINUTE } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, runInMemory } from '../../../testing/index.ts'
import {
  accepted,
  ada,
  assigned,
  catalog,
  enrol,
  flow,
  key,
  left,
  lost,
  mara,
  news,
  noResponse,
  now,
  plan,
  reasons,
  rejected,
  run,
  START,
  types,
  user,
  won,
} from '../../../testing/sales.ts'
import { checkFlow } from '../../check/check-flow.ts'
import { type AgreementEntry, type ContactState, type HandoffNews, type InboxItem, returnOf } from '../../index.ts'

const FINAL = ['converted', 'lost', 'rejected', 'overflow']

describe('leave at', () => {
  test.each([
    [{}, ['accepted', 'rejected', 'overflow']],
    [{ leaveAt: 'final-outcome' }, ['converted', 'lost', 'rejected', 'overflow']],
    [{ level: { minutes: 60 } }, ['accepted', 'rejected', 'no-response', 'overflow']],
    [{ level: { minutes: 60 }, afterBreach: 'manager' }, ['accepted', 'rejected', 'overflow']],
    [{ voicemail: { attempts: 3 } }, ['accepted', 'rejected', 'no-response', 'overflow', 'voicemail']],
    [
      { leaveAt: 'final-outcome', agreementId: 'agr', rejectWays: [{ id: 'small', label: 'Too small', reasons: ['Size'] }] },
      ['converted', 'lost', 'rejected', 'way:small', 'overflow', 'not-qualified'],
    ],
  ])('E-400 only the ways that the settings lead to: %j', (settings, ports) => {
    const graph = flow(settings, [])
    const told = checkFlow(graph, catalog).filter((it) => it.code === 'port-open' && it.nodes.includes('h'))
    expect(told.map((it) => it.path)).toEqual(ports.map((it) => `port.${it}`))
  })

  test.each([
    ['converted', [assigned, accepted, won], ['customer', 'sales']],
    ['lost', [assigned, accepted, lost()], ['lost', 'marketing']],
    ['rejected', [assigned, accepted, rejected('Size')], ['lead', 'marketing']],
    ['rejected', [assigned, rejected('Spam', { disqualified: true })], ['disqualified', 'marketing']],
    [null, [assigned, accepted], ['accepted', 'sales']],
    [
      null,
      [accepted, { outcome: 'opportunity', ...mara, id: 'o1', name: 'Deal', amount: 1, closeOn: null, stage: 'Offer' }],
      ['opportunity', 'sales'],
    ],
  ] as [string | null, HandoffNews[], string[]][])('E-400 at the final outcome: %s after %j', (port, told, [stage, ownerSide]) => {
    const result = run(
      flow({ leaveAt: 'final-outcome' }, FINAL),
      told.map((it, i) => news(START + HOUR + i, it)),
    )
    expect(left(result)).toEqual(port === null ? [] : [port])
    expect(now(result).person).toMatchObject({ stage, ownerSide })
  })

  test.each([
    ['accepted', won, { code: 'handoff.converted', leaveAt: 'first-answer' }],
    ['rejected', lost(), { code: 'handoff.lost', why: 'Price' }],
  ] as const)('E-400 at the first answer what is more than an answer is one: %s', (port, told, reason) => {
    const result = run(flow(), [news(START + HOUR, told)])
    expect(left(result)).toEqual([port])
    expect(reasons(result)).toMatchObject([reason])
  })

  test('E-400 what comes after the first answer reaches flows as an event', () => {
    const result = run(flow(), [news(START + HOUR, accepted), news(START + 2 * HOUR, lost())])
    expect(left(result)).toEqual(['accepted'])
    expect(types(result)).toEqual(expect.arrayContaining(['sales.accepted', 'sales.lost']))
    expect(now(result).handoffs).toEqual([])
  })
})

describe('what sales says', () => {
  test.each([
    ['sales.breached', { outcome: 'breached', ...mara, deadline: START, next: 'again' }, { state: 'routing', repId: null }],
    ['sales.breached', { outcome: 'breached', ...mara, deadline: START, next: 'again', stays: true }, { state: 'assigned', repId: 'r1' }],
    ['sales.contacted', { outcome: 'contacted', ...mara, how: 'call' }, { state: 'assigned', repId: 'r1' }],
    ['sales.attempted', { outcome: 'attempted', ...mara, how: 'wrong-number', attempt: 1 }, { state: 'assigned', repId: 'r1' }],
    ['sales.given-back', { outcome: 'given-back', ...mara }, { state: 'routing', repId: null }],
  ] as [string, HandoffNews, object][])('E-408 %s is an event of the contact and no step', (type, told, fact) => {
    const result = run(flow(), [news(START + HOUR, assigned), news(START + 2 * HOUR, told)])
    expect(types(result)).toContain(type)
    expect(left(result)).toEqual([])
    expect(now(result).handoffs).toMatchObject([fact])
    expect(now(result).person.ownerSide).toBe('sales')
  })

  test('E-408 who was late and let finish has it until it is taken back, which is no second breach', () => {
    const late: HandoffNews = { outcome: 'breached', ...mara, deadline: START + HOUR, next: 'again', stays: true }
    const items = [news(START + HOUR, assigned), news(START + 2 * HOUR, late), news(START + 3 * HOUR, { outcome: 'taken-back', ...mara })]
    expect(now(run(flow(), items, START + 2 * HOUR)).person).toMatchObject({ ownerSide: 'sales', ownerId: 'r1' })
    const result = run(flow(), items)
    expect(now(result)).toMatchObject({ person: { ownerSide: 'sales', ownerId: null }, handoffs: [{ state: 'routing', repId: null }] })
    expect(types(result).filter((it) => it.startsWith('sales.br'))).toEqual(['sales.breached'])
  })

  test('E-408 each is an event once, by an id of its own', () => {
    const call: HandoffNews = { outcome: 'contacted', ...mara, how: 'call' }
    const result = run(flow(), [news(START + HOUR, call), news(START + 2 * HOUR, call)])
    const told = result.turns.flatMap((it) => it.result.events).filter((it) => it.type === 'sales.contacted')
    expect(told.map((it) => it.id)).toEqual([`${key()}/contacted/${START + HOUR}`, `${key()}/contacted/${START + 2 * HOUR}`])
  })

  test('E-404 the reason of a rejection chooses the way', () => {
    const graph = flow({ rejectWays: [{ id: 'small', label: 'Too small', reasons: ['Size', 'Budget'] }] }, [
      'accepted',
      'rejected',
      'overflow',
      'way:small',
    ])
    expect(left(run(graph, [news(START + HOUR, rejected('Budget'))]))).toEqual(['way:small'])
    expect(left(run(graph, [news(START + HOUR, rejected('Other'))]))).toEqual(['rejected'])
  })

  test('E-401 no response goes by its own way, or by overflow where there is none', () => {
    const graph = flow({ level: { minutes: 60, remindBefore: null } }, ['accepted', 'rejected', 'no-response', 'overflow'])
    const result = run(graph, [news(START + HOUR, noResponse())])
    expect(left(result)).toEqual(['no-response'])
    expect(now(result).person).toMatchObject({ stage: 'lead', ownerSide: 'marketing' })
    expect(left(run(flow(), [news(START + HOUR, noResponse())]))).toEqual(['overflow'])
  })
})

describe('who comes back', () => {
  test('E-86 rests: a hand-off reached before then waits, and its reason says until when', () => {
    const back = news(START + HOUR, rejected('Timing', { coolOffDays: 30 }))
    const again = [enrol(START + 2 * DAY), news(START + 40 * DAY, accepted, key(1, 'f', 2))]
    const result = run(flow(), [back, ...again])
    // A day keeps the time of day where they live: summer time begins in between.
    const until = START + HOUR + 30 * DAY - HOUR
    expect(result.turns.flatMap((it) => it.result.handoffs.map((one) => one.at))).toEqual([START, until])
    expect(reasons(result)).toMatchObject([{ back: { coolOffDays: 30 } }, { code: 'handoff.accepted', restedUntil: until }])
    const during = run(flow(), [back, ...again], START + 3 * DAY)
    expect(now(during)).toMatchObject({ person: { ownerSide: 'marketing', restUntil: until }, enrolments: [{ node: 'h', dueAt: until }] })
  })

  test('E-86 of two rests the longer counts', () => {
    const items = [news(START + HOUR, lost({ coolOffDays: 90 })), enrol(START + 2 * HOUR)]
    expect(now(run(flow(), items, START + DAY)).person.restUntil).toBeGreaterThan(START + 89 * DAY)
  })

  const scored = {
    ...ada,
    ledger: [{ key: 'k', dimension: 'fit', points: 4000, at: START, rule: 'r', cause: { flowId: 'f', node: 'n', visit: 1 } }],
  }
  test.each([
    ['reset', [0], 'Reset when sales gave the lead back'],
    [{ cap: 1500 }, [0, 1500], 'Lowered to 15 when sales gave the lead back'],
    [{ cap: 9000 }, [], undefined],
    ['keep', [], undefined],
  ] as const)('E-87 the score as it was agreed, as a line that says so: %j', (scores, points, rule) => {
    const result = run(flow(), [news(START + HOUR, rejected('Timing', { scores }))], START + DAY, scored)
    const lines = result.turns.flatMap((it) => it.result.ledger)
    expect(lines.map((it) => it.points)).toEqual(points)
    expect(lines[0]?.rule).toBe(rule)
    const left = { left: lines.at(-1)?.points, answered: START + HOUR }
    expect(lines[0]?.cause).toEqual(rule === undefined ? undefined : { flowId: 'f', node: 'h', visit: 1, ...left })
    expect(result.turns.flatMap((it) => it.result.ended.map((line) => line.key))).toEqual(rule === undefined ? [] : ['k'])
  })
})

test('E-87 points for what holds of them stay', () => {
  const held = { key: 'h', dimension: 'fit', points: 3000, at: START, rule: 'r', cause: { ruleId: 'x', model: 1 }, held: true as const }
  const done = { ...held, key: 'd', points: 1000, held: undefined }
  const result = run(flow(), [news(START + HOUR, rejected('Timing', { scores: 'reset' }))], START + DAY, { ...ada, ledger: [held, done] })
  expect(result.turns.flatMap((it) => it.result.ended.map((line) => line.key))).toEqual(['d'])
  expect(now(result).ledger.map((it) => it.points)).toEqual([3000, 0])
})

describe('who qualifies', () => {
  const rest = { coolOffDays: 0, scores: 'keep' as const }
  const agreement: AgreementEntry = {
    ...{ id: 'agr', name: 'Ready to buy', version: 3, signed: true, reviewOn: null },
    qualifies: { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'job' }, op: 'is', value: 'clerk' }] },
    returns: { rejected: { coolOffDays: 90, scores: 'reset' }, lost: rest, noResponse: rest },
  }
  const agreed = { ...catalog, agreements: [agreement] }
  const graph = flow({ agreementId: 'agr' }, ['accepted', 'rejected', 'overflow', 'not-qualified'])
  const handed = (state: ContactState) => runInMemory(plan(graph, agreed), [{ state, items: [enrol(START)] }], START + DAY)

  test('E-405 whoever meets the agreement; the contract names it, and what it says of those who come back', () => {
    const [effect] = handed(ada).turns.flatMap((it) => it.result.handoffs)
    expect(effect?.contract.agreement).toMatchObject({ id: 'agr', version: 3 })
    expect(effect && returnOf(effect.contract, 'rejected')).toEqual({ coolOffDays: 90, scores: 'reset' })
  })

  test.each([
    ['no', { email: 'a@b.c', job: 'baker' }, 0],
    ['nobody knows', { email: 'a@b.c' }, 1],
  ])('E-405 who does not goes on by a way of their own: %s', (_, fields, undecided) => {
    const result = handed({ ...ada, person: { ...ada.person, fields, folded: fields } })
    expect(left(result)).toEqual(['not-qualified'])
    expect(reasons(result)).toMatchObject([{ code: 'handoff.not-qualified', agreement: { id: 'agr', version: 3 }, rules: [{}] }])
    expect(result.turns.flatMap((it) => it.result.deltas).filter((it) => it.port === '?')).toHaveLength(undecided)
    expect(now(result).person.ownerSide).toBe('marketing')
  })

  test.each([
    ['hand-off.unsigned', { ...agreed, agreements: [{ ...agreement, signed: false }] }],
    ['missing-agreement', catalog],
    ['hand-off.agreement', { ...agreed, agreements: [{ ...agreement, qualifies: { combinator: 'and' as const, rules: [] } }] }],
  ])('E-405 %s stops a publish', (code, around) => {
    expect(
      checkFlow(graph, around)
        .filter((it) => it.nodes.includes('h'))
        .map((it) => [it.code, it.severity]),
    ).toContainEqual([code, 'error'])
  })
})

describe('what happens around it', () => {
  test('E-406 a goal reached meanwhile ends the passage, and the hand-off stays with the rep', () => {
    const graph = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'manual' } }],
        ['h', 'hand-to-sales', { v: 2, teamId: 'team_inbound', why: 'x' }],
        [
          'g',
          'goal',
          { when: { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'job' }, op: 'is', value: 'boss' }] }, reached: 'leave' },
        ],
        ['x', 'exit', { label: '' }],
      ],
      ['in.out>h', 'h.accepted>x', 'h.rejected>x', 'h.overflow>x'],
    )
    const promoted: InboxItem = { kind: 'fields', at: START + 2 * HOUR, set: { job: 'boss' }, source: user }
    const result = run(graph, [news(START + HOUR, assigned), promoted])
    expect(now(result)).toMatchObject({
      enrolments: [],
      handoffs: [{ state: 'assigned', repId: 'r1' }],
      person: { ownerSide: 'sales', ownerId: 'r1' },
    })
    expect(result.turns.flatMap((it) => it.result.enrolments.map((one) => one.ended?.how))).toContain('reached')
  })

  test('E-407 a new version asks nothing again: the open hand-off counts, also where it now leaves sooner', () => {
    const before = flow({ leaveAt: 'final-outcome' }, FINAL)
    const both = planOf({ f: before }, [], catalog)
    const after = planOf({ f: flow() }, [], catalog)
    const one = both.flows.get('f')
    const two = after.flows.get('f')
    if (!one?.entry || !two?.entry) throw new Error('not compiled')
    const entry = { ...two.entry, version: 2 }
    const flows = new Map([
      [
        'f',
        {
          ...one,
          entry,
          versions: new Map([
            [1, one.entry],
            [2, entry],
          ]),
        },
      ],
    ])
    const migrate: InboxItem = {
      kind: 'migrate',
      at: START + 2 * HOUR,
      flowId: 'f',
      key: '',
      migration: 'm',
      to: 2,
      answers: {},
      source: user,
    }
    const items = [enrol(START), news(START + HOUR, accepted), migrate]
    const result = runInMemory(
      [
        { from: 0, plan: both },
        { from: START + 2 * MINUTE, plan: { ...both, flows } },
      ],
      [{ state: ada, items }],
      START + DAY,
    )
    expect(result.journal.filter((it) => it.node === 'h').map((it) => it.port)).toEqual(['away', 'accepted'])
    expect(result.turns.flatMap((it) => it.result.handoffs)).toHaveLength(1)
  })

  test('E-407 who rests at the step when it is migrated is handed over when the rest is over', () => {
    const state = { ...ada, person: { ...ada.person, restUntil: START + 5 * DAY } }
    const base = plan().flows.get('f')
    if (!base?.entry) throw new Error('not compiled')
    const entry = { ...base.entry, version: 2 }
    const flows = new Map([
      [
        'f',
        {
          ...base,
          entry,
          versions: new Map([
            [1, base.entry],
            [2, entry],
          ]),
        },
      ],
    ])
    const migrate: InboxItem = {
      kind: 'migrate',
      at: START + 6 * HOUR,
      flowId: 'f',
      key: '',
      migration: 'm',
      to: 2,
      answers: {},
      source: user,
    }
    const timeline = [
      { from: 0, plan: plan() },
      { from: START + HOUR, plan: { ...plan(), flows } },
    ] as const
    const result = runInMemory([...timeline], [{ state, items: [enrol(START), migrate] }], START + 9 * DAY)
    expect(result.turns.flatMap((it) => it.result.handoffs.map((one) => one.at))).toEqual([START + 5 * DAY])
  })
})

test('E-84 given back and accepted by the next it is accepted again; heard twice of one, once', () => {
  const back: HandoffNews = { outcome: 'given-back', ...mara }
  const graph = flow({ leaveAt: 'final-outcome' }, FINAL)
  const items = [accepted, accepted, back, assigned, accepted].map((it, i) => news(START + (1 + i) * HOUR, it))
  const told = types(run(graph, items)).filter((it) => it === 'sales.accepted')
  expect(told).toHaveLength(2)
})
