import { HOUR } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, runInMemory, samplePerson } from '../../testing/index.ts'
import { ada, catalog, enrol, flow, key, news, START, now as settled, voicemail } from '../../testing/sales.ts'
import type { Condition } from '../condition/schema.ts'
import { advance, type ContactState, type Enrolment, emptyState, type InboxItem, type Pause, type Plan } from '../index.ts'
import { attempt, inOrder, startTurn } from './turn.ts'

const bea = emptyState(samplePerson({ key: 'bea', zone: 'UTC', fields: { email: 'bea@example.com' }, consent: { marketing: true } }))
const by = { kind: 'user', id: 'u' } as const
const turn = (plan: Plan, state: ContactState, now: number, ...items: InboxItem[]) =>
  advance(plan, state, { now, items }, { now, seed: '' })
const ten: Condition = { combinator: 'and', rules: [{ subject: { kind: 'score', dimension: 'fit' }, op: 'ge', value: 10 }] }
const manual = ['in', 'trigger', { on: { kind: 'manual' } }] as const
const end = ['end', 'exit', { label: '' }] as const
const hours = (amount: number) => ['w', 'wait', { until: { kind: 'duration', amount, unit: 'hours' } }] as const
const waiting = buildGraph([manual, hours(5), end], ['in.out>w', 'w.out>end'], { reentry: { when: 'always' } })
const only = ({ enrolments: [one] }: ContactState): Enrolment => {
  if (!one) throw new Error('Nobody is inside')
  return one
}

describe('once', () => {
  test('E-9 E-12 points that a step gave under this key are not given again', () => {
    const graph = buildGraph([manual, ['s', 'score', { dimension: 'fit', points: 10 }], end], ['in.out>s', 's.out>end'])
    const given = turn(planOf({ f: graph }), bea, 1, enrol(1))
    expect(given.ledger).toHaveLength(1)
    const before = { ...bea, ledger: given.ledger }
    const again = turn(planOf({ f: graph }), before, 1, enrol(1))
    expect([again.ledger, again.state.ledger]).toEqual([[], before.ledger])
  })

  test('E-33 a goal reached by the step before, that jumps, asks its node once', () => {
    const graph = buildGraph(
      [
        manual,
        ['s', 'score', { dimension: 'fit', points: 10 }],
        hours(5),
        ['g', 'goal', { when: ten, reached: 'jump', ifNotYet: 'wait' }],
        ['call', 'webhook', { url: 'https://example.com/x' }],
        end,
      ],
      ['in.out>s', 's.out>w', 'w.out>g', 'g.reached>call', 'call.answered>end', 'call.failed>end'],
    )
    const result = turn(planOf({ f: graph }), bea, 1, enrol(1))
    expect(result.enrolments[0]?.steps.map((it) => `${it.node} ${it.port}`)).toEqual(['in out', 's out', 'w away', 'g reached'])
    expect(only(result.state)).toMatchObject({ node: 'call', vars: { visits: { call: 1 } } })
    expect(result.effects).toHaveLength(1)
    expect(result.enrolments[0]?.isNew).toBe(true)
  })

  test('E-83 the events of a hand-off say which, to whom and from where; E-88 so does joining it', () => {
    const plan = planOf({ f: flow(), g: flow() }, [], catalog)
    const result = turn(plan, ada, START, enrol(START), enrol(START, 'g'))
    const sales = result.events.filter((it) => it.type.startsWith('sales.'))
    expect(sales.map(({ type, id, props }) => [type, id, props])).toEqual([
      ['sales.handed-over', `${key()}/handed-over`, { handoff: key(), teamId: 'team_inbound', flowId: 'f' }],
      ['sales.joined', `${key(1, 'g')}/joined`, { handoff: key(), teamId: 'team_inbound', flowId: 'g' }],
    ])
  })
})

describe('what a passage carries', () => {
  test('E-12 what only the first step needs to know is gone behind it, and nothing is there that nothing was put into', () => {
    const result = turn(planOf({ f: waiting }), bea, 1, enrol(1))
    expect(only(result.state).vars).toEqual({
      visits: { in: 1, w: 1 },
      here: { arrived: 1, arrivedZone: 'UTC' },
      held: [],
      frozenMs: 0,
    })
    expect(only(result.state).vars).not.toHaveProperty('entered')
    const handed = only(turn(planOf({ f: flow() }, [], catalog), ada, START, enrol(START)).state)
    expect(handed.vars).not.toHaveProperty('data')
    expect(handed.vars).not.toHaveProperty('entered')
  })

  test('E-402 of two hand-offs that sleep for it, the one that is taken up again is awake and the other sleeps on', () => {
    const loop = flow({ voicemail: { attempts: 3 } }, ['accepted', 'rejected', 'no-response', 'overflow', 'voicemail'])
    const plan = planOf({ f: loop }, [], catalog)
    const asleep = settled(runInMemory(plan, [{ state: ada, items: [enrol(START), news(START + HOUR, voicemail(1))] }], START + 2 * HOUR))
    const [first] = asleep.handoffs
    const passage = only(asleep)
    if (!first) throw new Error('Nothing was handed over')
    expect(passage.vars.asleep).toEqual({ [key()]: 'h' })
    const two: ContactState = {
      ...asleep,
      handoffs: [first, { ...first, key: 'other' }],
      enrolments: [{ ...passage, vars: { ...passage.vars, asleep: { other: 'elsewhere', [key()]: 'h' } } }],
    }
    const back = settled(runInMemory(plan, [{ state: two, items: [] }], START + 30 * HOUR))
    expect(only(back).vars.asleep).toEqual({ other: 'elsewhere' })
  })

  test('E-24 E-28 the number of a passage counts those of its flow and key, of no other', () => {
    const past = [
      { flowId: 'g', key: '', entry: 7, endedAt: 0 },
      { flowId: 'f', key: 'order-1', entry: 5, endedAt: 0 },
      { flowId: 'f', key: '', entry: 2, endedAt: 0 },
    ]
    expect(only(turn(planOf({ f: waiting }), { ...bea, past }, 1, enrol(1)).state).entry).toBe(3)
    expect(only(turn(planOf({ f: waiting }), { ...bea, past: past.slice(0, 2) }, 1, enrol(1)).state).entry).toBe(1)
  })

  test('E-14 passages are asked by flow, then key, then entry', () => {
    const of = (flowId: string, key: string, entry: number) => ({ flowId, key, entry })
    const sorted = [of('a', 'x', 9), of('b', '', 3), of('b', 'k', 1), of('b', 'k', 2), of('b', 'l', 0)]
    for (const [i, a] of sorted.entries()) for (const [j, b] of sorted.entries()) expect(Math.sign(inOrder(a, b))).toBe(Math.sign(i - j))
  })
})

describe('who does not move', () => {
  test('E-7 whoever stands still since they were told something is not asked when their time comes', () => {
    const inside = turn(planOf({ f: waiting }), bea, 0, enrol(0)).state
    const passage = only(inside)
    const parked = { code: 'step-failed', message: 'boom', at: 1, during: 'wake' } as const
    const still = { ...inside, enrolments: [{ ...passage, vars: { ...passage.vars, parked } }] }
    expect(turn(planOf({ f: waiting }), still, 6 * HOUR).enrolments).toEqual([])
    expect(turn(planOf({ f: waiting }), inside, 6 * HOUR).enrolments).toHaveLength(1)
  })

  test('E-15 losing a segment is nothing to whoever was added by hand, or came by another one', () => {
    const graph = buildGraph([manual, hours(5), end], ['in.out>w', 'w.out>end'], { onLeavingSegment: 'leave' })
    const inside = turn(planOf({ f: graph }), bea, 0, enrol(0)).state
    expect(turn(planOf({ f: graph }), inside, 1).enrolments).toEqual([])
    const passage = only(inside)
    const bySegment = { ...inside, members: { mine: 0, list: 0 }, enrolments: [{ ...passage, vars: { ...passage.vars, segment: 'mine' } }] }
    const off = (segmentId: string): InboxItem => ({ kind: 'list', at: 1, segmentId, on: false, source: by })
    expect(turn(planOf({ f: graph }), bySegment, 1, off('list')).enrolments).toEqual([])
    expect(turn(planOf({ f: graph }), bySegment, 1, off('mine')).enrolments[0]?.ended?.how).toBe('left-segment')
  })

  test('E-145 whoever was due before the pause began is not overdue by it, however late that is seen', () => {
    const pause = (from: number): Pause => ({ from, to: 9 * HOUR, choice: 'drop' })
    const inside = turn(planOf({ f: waiting }), bea, 0, enrol(0)).state
    const later = (from: number) =>
      turn(planOf({ f: { graph: waiting, pauses: [pause(from)] } }), inside, 10 * HOUR).enrolments[0]?.ended?.how
    expect([later(6 * HOUR), later(4 * HOUR)]).toEqual(['finished', 'dropped'])
  })
})

describe('a step that throws', () => {
  test('E-7 leaves neither members nor points that were taken back', () => {
    const started = startTurn(planOf({}), bea, { now: 1, seed: '' })
    const line = { key: 'k', dimension: 'fit', points: 1, at: 0, rule: '', cause: { flowId: 'f', node: 'n', visit: 1 } }
    started.out.ended.set('before', { ...line, key: 'before' })
    const error = attempt(started, () => {
      started.out.ended.set('k', line)
      started.out.members.set('s', { segmentId: 's', since: 1, recheckAt: null })
      throw new Error('boom')
    })
    expect(error?.message).toBe('boom')
    expect([[...started.out.ended.keys()], [...started.out.members.keys()]]).toEqual([['before'], []])
  })
})
