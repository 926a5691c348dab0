import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, runInMemory, samplePerson } from '../../testing/index.ts'
import type { FlowSettings } from '../graph/schema.ts'
import { advance, type ContactState, emptyState, type InboxItem, type Plan } from '../index.ts'

const DAY = 86_400_000
const ada = emptyState(samplePerson({ key: 'ada@example.com', fields: { email: 'ada@example.com' }, consent: { marketing: true } }))
const ida = { kind: 'user', id: 'usr_ida', name: 'Ida Berg' } as const
const go = (now: number, props: Record<string, unknown> = {}, more: { machine?: boolean } = {}): InboxItem => ({
  kind: 'event',
  at: now,
  event: { id: `go-${now}-${JSON.stringify(props)}`, type: 'go', props, occurredAt: now, receivedAt: now, ...more },
})
const enrol = (now: number, node = 'in', source: Extract<InboxItem, { kind: 'enrol' }>['source'] = ida): InboxItem => ({
  kind: 'enrol',
  at: now,
  flowId: 'f',
  node,
  key: '',
  source,
})
const set = (now: number, plan: string): InboxItem => ({ kind: 'fields', at: now, set: { plan }, source: { kind: 'key', id: 'k' } })
const turn = (plan: Plan, state: ContactState, now: number, ...items: InboxItem[]) =>
  advance(plan, state, { now, items }, { now, seed: '' })

const trigger = (on: Record<string, unknown>) => ['in', 'trigger', { on }] as const
const onEvent = (more: Record<string, unknown> = {}) => trigger({ kind: 'event', type: 'go', where: [], key: null, ...more })
const mail = ['m', 'send-email', { templateId: 'tpl_recording' }] as const
const day = ['w', 'wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }] as const
const end = ['end', 'exit', { label: 'Done' }] as const
const waiting = (first: readonly [string, string, Record<string, unknown>], settings: Partial<FlowSettings> = {}) =>
  buildGraph([first, mail, day, end], ['in.out>m', 'm.sent>w', 'w.out>end'], settings)
const free = [
  {
    id: 'free',
    condition: {
      combinator: 'and' as const,
      rules: [{ subject: { kind: 'field' as const, key: 'plan' }, op: 'is' as const, value: 'free' }],
    },
  },
]
const whys = (result: ReturnType<typeof turn>) => result.refused.map((it) => it.why)

describe('entry', () => {
  test('E-20 joining a segment lets people in, once per joining', () => {
    const plan = planOf({ f: waiting(trigger({ kind: 'segment', segmentId: 'free' })) }, free)
    const joined = turn(plan, ada, 1, set(1, 'free'))
    expect(joined.enrolments[0]?.steps[0]?.reason).toEqual({ code: 'trigger.segment', segmentId: 'free', since: 1 })
    expect(turn(plan, joined.state, 2, { kind: 'fields', at: 2, set: { plan: 'free', age: 3 }, source: ida }).enrolments).toEqual([])
  })

  test.each([
    ['all true', { amount: 10, kind: 'Gold' }, {}, 1],
    ['one false', { amount: 9, kind: 'gold' }, {}, 0],
    ['one unknown', { kind: 'gold' }, {}, 0],
    ['done by a machine', { amount: 10, kind: 'gold' }, { machine: true }, 0],
  ])('E-21 an event with conditions: %s', (_, props, more, entries) => {
    const where = [
      { key: 'amount', op: 'ge', value: 10 },
      { key: 'kind', op: 'is', value: 'GOLD' },
    ]
    expect(turn(planOf({ f: waiting(onEvent({ where })) }), ada, 1, go(1, props, more)).enrolments).toHaveLength(entries)
  })

  test.each([
    [{ order: 'A-1' }, ['A-1']],
    [{ order: 12 }, ['12']],
    [{}, []],
    [{ order: '' }, []],
    [{ order: { id: 1 } }, []],
    [{ order: Number.NaN }, []],
  ])('E-22 the object key of %j', (props, keys) => {
    expect(turn(planOf({ f: waiting(onEvent({ key: 'order' })) }), ada, 1, go(1, props)).enrolments.map((it) => it.value.key)).toEqual(keys)
  })

  test('E-22 E-24 one passage per business object, side by side', () => {
    const plan = planOf({ f: waiting(onEvent({ key: 'order' })) })
    const both = turn(plan, ada, 1, go(1, { order: 'A' }), go(1, { order: 'B' }), go(1, { order: 'A', again: 1 }))
    expect(both.state.enrolments.map((it) => [it.key, it.entry])).toEqual([
      ['A', 1],
      ['B', 1],
    ])
    expect(whys(both)).toEqual(['inside'])
  })

  test('E-23 by hand at any trigger, with the reason saying by whom', () => {
    const plan = planOf({ f: waiting(trigger({ kind: 'segment', segmentId: 'free' })) }, free)
    const result = turn(plan, ada, 1, enrol(1))
    expect(result.enrolments[0]?.steps[0]?.reason).toEqual({ code: 'trigger.manual', by: ida })
    expect(whys(turn(plan, ada, 1, enrol(1, 'end')))).toEqual(['closed'])
    expect(whys(turn(plan, ada, 1, enrol(1, 'nowhere')))).toEqual(['closed'])
  })

  test('E-23 the scan at publish lets in only those who match at that moment', () => {
    const plan = planOf({ f: waiting(trigger({ kind: 'segment', segmentId: 'free' })) }, free)
    const scan = { kind: 'system', id: 'publish' } as const
    expect(whys(turn(plan, ada, 1, enrol(1, 'in', scan)))).toEqual(['no-match'])
    const member = emptyState(samplePerson({ key: 'b', fields: { plan: 'free' } }))
    expect(turn(plan, member, 1, enrol(1, 'in', scan)).enrolments[0]?.steps[0]?.reason).toEqual({
      code: 'trigger.publish',
      by: scan,
      segmentId: 'free',
    })
  })

  test('E-24 one item lets a contact in once, by the first trigger that matches, also where coming again restarts', () => {
    const two = buildGraph(
      [
        ['a', 'trigger', { on: { kind: 'event', type: 'go', where: [], key: null } }],
        ['b', 'trigger', { on: { kind: 'event', type: 'go', where: [], key: null } }],
        day,
        end,
      ],
      ['a.out>w', 'b.out>w', 'w.out>end'],
      { whileInside: 'restart' },
    )
    const result = turn(planOf({ f: two }), ada, 1, go(1))
    expect(result.enrolments.map((it) => [it.value.entry, it.steps[0]?.node])).toEqual([[1, 'a']])
  })

  test.each(['draining', 'stopped'] as const)('E-24 a flow that is %s lets nobody in', (state) => {
    const plan = planOf({ f: { graph: waiting(trigger({ kind: 'manual' })), state } })
    expect(whys(turn(plan, ada, 1, enrol(1)))).toEqual(['closed'])
  })
})

describe('coming again', () => {
  const twice = (settings: Partial<FlowSettings>, second: number) => {
    const items = [go(0), go(second)]
    const run = runInMemory(planOf({ f: waiting(onEvent(), settings) }), [{ state: ada, items }], second)
    return {
      entries: new Set(run.turns.flatMap((it) => it.result.enrolments.map((e) => e.value.entry))).size,
      refused: run.turns.flatMap((it) => whys(it.result)),
    }
  }

  test.each([
    ['inside, ignored', {}, DAY / 2, 1, ['inside']],
    ['inside, restarted', { whileInside: 'restart' }, DAY / 2, 2, []],
    ['after leaving, never', {}, 2 * DAY, 1, ['not-again']],
    ['after leaving, always', { reentry: { when: 'always' } }, 2 * DAY, 2, []],
    // The passage ends after one day; the first of these comes a millisecond too early.
    ['a moment before N days', { reentry: { when: 'after-days', days: 7 } }, 8 * DAY - 1, 1, ['not-yet']],
    ['after N days', { reentry: { when: 'after-days', days: 7 } }, 8 * DAY, 2, []],
  ] as [string, Partial<FlowSettings>, number, number, string[]][])('E-25 E-26 %s', (_, settings, second, entries, refused) => {
    expect(twice(settings, second)).toEqual({ entries, refused })
  })

  test('E-26 the days count from the end of the last passage, not of an earlier one', () => {
    const days7 = { reentry: { when: 'after-days', days: 7 } } as const
    const run = runInMemory(planOf({ f: waiting(onEvent(), days7) }), [{ state: ada, items: [go(0), go(8 * DAY), go(10 * DAY)] }], 10 * DAY)
    expect(run.turns.flatMap((it) => it.result.enrolments.flatMap(({ value, isNew }) => (isNew ? [value.entry] : [])))).toEqual([1, 2])
    expect(run.turns.flatMap((it) => whys(it.result))).toEqual(['not-yet'])
  })

  test('E-26 what was with one business object keeps nobody out with another', () => {
    const plan = planOf({ f: waiting(onEvent({ key: 'order' }), { reentry: { when: 'never' } }) })
    const items = [go(0, { order: 'A' }), go(2 * DAY, { order: 'A' }), go(2 * DAY, { order: 'B' })]
    const run = runInMemory(plan, [{ state: ada, items }], 2 * DAY)
    expect(run.turns.flatMap((it) => it.result.enrolments.flatMap(({ value, isNew }) => (isNew ? [value.key] : [])))).toEqual(['A', 'B'])
    expect(run.turns.flatMap((it) => whys(it.result))).toEqual(['not-again'])
  })

  test('E-25 E-30 a restart ends the old passage, withdraws what it has not sent, and does not repeat old events', () => {
    const plan = planOf({ f: waiting(onEvent(), { whileInside: 'restart' }) })
    const first = turn(plan, ada, 0, go(0))
    const second = turn(plan, first.state, 5, go(5))
    expect(second.withdrawn).toEqual([{ key: 'ada@example.com/f//1/m/1/0', why: 'restarted' }])
    expect(second.sends.map((it) => it.key)).toEqual(['ada@example.com/f//2/m/1/0'])
    expect(second.enrolments.map((it) => [it.value.entry, it.ended?.how ?? 'inside'])).toEqual([
      [1, 'restarted'],
      [2, 'inside'],
    ])
    expect(second.enrolments[0]?.steps.at(-1)?.reason).toEqual({ code: 'restarted', by: { kind: 'flow', id: 'f' } })
    expect(second.state.sends.map((it) => it.status)).toEqual(['withdrawn', 'queued'])
  })
})

describe('leaving', () => {
  const bySegment = trigger({ kind: 'segment', segmentId: 'free' })

  test.each([
    ['stay', []],
    ['leave', ['left-segment']],
  ] as const)('E-27 losing the source segment: %s', (onLeavingSegment, ended) => {
    const plan = planOf({ f: waiting(bySegment, { onLeavingSegment }) }, free)
    const inside = turn(plan, ada, 1, set(1, 'free'))
    const out = turn(plan, inside.state, 2, set(2, 'paid'))
    expect(out.enrolments.flatMap((it) => it.ended?.how ?? [])).toEqual(ended)
    expect(out.withdrawn.map((it) => it.why)).toEqual(ended)
  })

  test('E-27 who came in by hand without being a member does not leave', () => {
    const plan = planOf({ f: waiting(bySegment, { onLeavingSegment: 'leave' }) }, free)
    const inside = turn(plan, ada, 1, enrol(1))
    expect(turn(plan, inside.state, 2, set(2, 'paid')).enrolments).toEqual([])
  })

  test('E-29 E-30 removed by hand: at once, by whom, unsent mails withdrawn, sent ones not', () => {
    const plan = planOf({ f: waiting(trigger({ kind: 'manual' })) })
    const inside = turn(plan, ada, 1, enrol(1)).state
    const remove: InboxItem = { kind: 'remove', at: 2, flowId: 'f', key: '', source: ida }
    const removed = turn(plan, inside, 2, remove)
    expect(removed.enrolments[0]).toMatchObject({ ended: { how: 'removed', at: 2 } })
    expect(removed.enrolments[0]?.steps[0]).toMatchObject({ node: 'w', port: 'end', reason: { code: 'removed', by: ida } })
    expect(removed.withdrawn).toHaveLength(1)
    const sent = { ...inside, sends: inside.sends.map((it) => ({ ...it, status: 'sent' as const })) }
    expect(turn(plan, sent, 2, remove).withdrawn).toEqual([])
    expect(
      turn(planOf({ f: { graph: waiting(trigger({ kind: 'manual' })), state: 'paused' } }), inside, 2, remove).enrolments[0]?.ended?.how,
    ).toBe('removed')
  })

  test('E-30 an exit withdraws nothing', () => {
    const plan = planOf({ f: buildGraph([trigger({ kind: 'manual' }), mail, end], ['in.out>m', 'm.sent>end']) })
    const done = turn(plan, ada, 1, enrol(1))
    expect(done.enrolments[0]?.ended).toEqual({ how: 'finished', at: 1, label: 'Done' })
    expect(done.withdrawn).toEqual([])
  })
})
