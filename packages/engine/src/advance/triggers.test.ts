import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph, planOf, recompute, samplePerson } from '../../testing/index.ts'
import type { FlowSettings } from '../graph/schema.ts'
import { advance, type ContactState, emptyState, type InboxItem, type Plan, type TurnResult } from '../index.ts'

const HOUR = 3_600_000
const ada = emptyState(samplePerson({ key: 'ada@example.com', fields: { email: 'ada@example.com' }, consent: { marketing: true } }))
const key = { kind: 'key', id: 'key_1', name: 'Shop' } as const
const ida = { kind: 'user', id: 'usr_ida', name: 'Ida Berg' } as const
const turn = (plan: Plan, state: ContactState, now: number, ...items: InboxItem[]): TurnResult =>
  advance(plan, state, { now, items }, { now, seed: '' })
const set = (at: number, fields: Extract<InboxItem, { kind: 'fields' }>['set']): InboxItem => ({
  kind: 'fields',
  at,
  set: fields,
  source: key,
})
const event = (
  at: number,
  type: string,
  props: Record<string, unknown> = {},
  more: { historic?: boolean; occurredAt?: number } = {},
): InboxItem => ({
  kind: 'event',
  at,
  event: { id: `${type}-${at}`, type, props, occurredAt: at, receivedAt: at, ...more },
})
const enrol = (
  at: number,
  source: Extract<InboxItem, { kind: 'enrol' }>['source'],
  more: { occurrence?: number; data?: { code: string } } = {},
): InboxItem => ({
  kind: 'enrol',
  at,
  flowId: 'f',
  node: 'in',
  key: '',
  source,
  ...more,
})

/** A flow with one way in and a wait, so that whoever comes in stays. */
const flow = (on: Record<string, unknown>, settings: Partial<FlowSettings> = {}) =>
  buildGraph(
    [
      ['in', 'trigger', { v: 2, on }],
      ['w', 'wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }],
      ['end', 'exit', { label: 'Done' }],
    ],
    ['in.out>w', 'w.out>end'],
    settings,
  )
const free = {
  id: 'free',
  condition: {
    combinator: 'and' as const,
    rules: [{ subject: { kind: 'field' as const, key: 'plan' }, op: 'is' as const, value: 'free' }],
  },
}
const entries = ({ enrolments }: TurnResult) => enrolments.filter((it) => it.isNew)
/** Why somebody came in; what it says must bear it out. */
function reason(result: TurnResult) {
  const [step] = entries(result)[0]?.steps ?? []
  if (step) expect(recompute(step.reason)).toBe('out')
  return step?.reason
}
const whys = ({ refused }: TurnResult) => refused.map((it) => it.why)

describe('segments and lists', () => {
  test('E-151 leaving a segment lets in, joining it does not', () => {
    const plan = planOf({ f: flow({ kind: 'segment', segmentId: 'free', way: 'left' }) }, [free])
    const joined = turn(plan, ada, 1, set(1, { plan: 'free' }))
    expect(joined.enrolments).toEqual([])
    expect(reason(turn(plan, joined.state, 2, set(2, { plan: 'paid' })))).toEqual({
      code: 'trigger.segment-left',
      segmentId: 'free',
      at: 2,
    })
  })

  test('E-159 a list lets in whoever is put on it, and the pass at publish whoever is on it', () => {
    const catalog = { ...sampleCatalog, segments: [{ id: 'guests', name: 'Guests', list: true }] }
    const plan = planOf({ f: flow({ kind: 'segment', segmentId: 'guests' }) }, [], catalog)
    const put: InboxItem = { kind: 'list', at: 1, segmentId: 'guests', on: true, source: ida }
    expect(reason(turn(plan, ada, 1, put))).toEqual({ code: 'trigger.segment', segmentId: 'guests', since: 1 })
    const scan = enrol(5, { kind: 'system', id: 'scan' })
    expect(entries(turn(plan, { ...ada, members: { guests: 1 } }, 5, scan))).toHaveLength(1)
    expect(whys(turn(plan, ada, 5, scan))).toEqual(['no-match'])
  })
})

describe('events', () => {
  test('E-152 the passage carries what the trigger keeps', () => {
    const plan = planOf({ f: flow({ kind: 'event', type: 'order', keep: ['order', 'paid', 'total', 'lines', 'gone', '__proto__'] }) })
    const props = { order: 'A-1', paid: true, total: 12.5, lines: [1], other: 'x' }
    expect(entries(turn(plan, ada, 1, event(1, 'order', props)))[0]?.value.vars.data).toEqual({ order: 'A-1', paid: true, total: 12.5 })
    expect(entries(turn(plan, ada, 1, event(1, 'order')))[0]?.value.vars).not.toHaveProperty('data')
  })

  test('E-152 a long text is cut', () => {
    const plan = planOf({ f: flow({ kind: 'event', type: 'order', keep: ['note'] }) })
    expect(entries(turn(plan, ada, 1, event(1, 'order', { note: 'x'.repeat(900) })))[0]?.value.vars.data?.note).toBe('x'.repeat(500))
  })

  test.each([
    ['an old event', false, { occurredAt: 0 }, 0, ['historic']],
    ['an imported event', false, { historic: true }, 0, ['historic']],
    ['an old event where old ones count', true, { occurredAt: 0 }, 1, []],
    ['an imported event where old ones count', true, { historic: true }, 1, []],
    ['a fresh event', false, {}, 1, []],
  ])('E-153 E-16 %s', (_, historic, more, count, refused) => {
    const plan = planOf({ f: flow({ kind: 'event', type: 'order', historic }) })
    const result = turn(plan, ada, 30 * HOUR, event(30 * HOUR, 'order', {}, more))
    expect([entries(result).length, whys(result)]).toEqual([count, refused])
  })

  test.each([
    ['their form', { form: 'frm_1' }, 1],
    ['another form', { form: 'frm_2' }, 0],
    ['no form', {}, 0],
  ])('E-156 sending a form: %s', (_, props, count) => {
    const plan = planOf({ f: flow({ kind: 'form', formId: 'frm_1', keep: ['page'] }) })
    const result = turn(plan, ada, 1, event(1, 'form.submitted', { page: '/demo', ...props }))
    expect(entries(result).map((it) => it.value.vars.data)).toEqual(count === 1 ? [{ page: '/demo' }] : [])
    if (count === 1) expect(reason(result)).toMatchObject({ code: 'trigger.event', type: 'form.submitted' })
  })

  test('E-155 E-156 a hand-off and its answer let in by what sales does and by the new stage', () => {
    const lead = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'manual' } }],
        ['h', 'hand-to-sales', { teamId: 'team_inbound', why: 'Asked', fields: [], note: '' }],
        ['end', 'exit', { label: 'Done' }],
      ],
      ['in.out>h', 'h.accepted>end', 'h.rejected>end', 'h.overflow>end'],
    )
    const plan = planOf({
      a: flow({ kind: 'sales', what: 'accepted' }),
      f: lead,
      g: flow({ kind: 'sales', what: 'handed-over' }),
      s: flow({ kind: 'sales', what: 'stage', stage: 'accepted' }),
      t: flow({ kind: 'sales', what: 'stage', stage: 'lead' }),
    })
    const handed = turn(plan, ada, 1, enrol(1, ida))
    expect(handed.events.map((it) => [it.type, it.props.from, it.props.to])).toEqual([
      ['lifecycle.changed', 'name', 'lead'],
      ['sales.handed-over', undefined, undefined],
    ])
    expect(entries(handed).map((it) => it.value.flowId)).toEqual(['f', 'g', 't'])
    const news: InboxItem = {
      kind: 'handoff',
      at: 2,
      handoff: handed.handoffs[0]?.key ?? '',
      news: { outcome: 'accepted', repId: 'r', repName: 'R' },
    }
    const accepted = turn(plan, handed.state, 2, news)
    expect(entries(accepted).map((it) => it.value.flowId)).toEqual(['a', 's'])
    expect(turn(plan, accepted.state, 3, { ...news, at: 3 }).events).toEqual([])
  })
})

describe('fields and scores', () => {
  test.each([
    ['any change', {}, 'free', 'paid', true],
    ['a first value', {}, null, 'paid', true],
    ['emptied', {}, 'paid', null, true],
    ['the same again', {}, 'paid', 'paid', false],
    ['to a value', { to: { op: 'is', value: 'PAID' } }, 'free', 'paid', true],
    ['to another value', { to: { op: 'is', value: 'paid' } }, 'paid', 'free', false],
    ['from a value', { from: { op: 'is', value: 'trial' } }, 'trial', 'paid', true],
    ['from another value', { from: { op: 'is', value: 'trial' } }, 'free', 'paid', false],
    ['from nothing', { from: { op: 'empty' } }, null, 'paid', true],
    ['from unknown', { from: { op: 'is-not', value: 'trial' } }, null, 'paid', false],
    ['both', { from: { op: 'is', value: 'trial' }, to: { op: 'is', value: 'paid' } }, 'trial', 'paid', true],
  ])('E-154 a field changes: %s', (_, rules, before, after, lets) => {
    const plan = planOf({ f: flow({ kind: 'field', field: 'plan', ...rules }) })
    const had = turn(planOf({}), ada, 1, set(1, { plan: before })).state
    const result = turn(plan, had, 2, set(2, { plan: after }))
    expect(entries(result)).toHaveLength(lets ? 1 : 0)
    if (lets) expect(reason(result)).toMatchObject({ code: 'trigger.field', field: 'plan', before, after })
  })

  test('E-154 numbers are compared as numbers', () => {
    const plan = planOf({ f: flow({ kind: 'field', field: 'company_size', from: { op: 'lt', value: 50 }, to: { op: 'ge', value: 50 } }) })
    const small = turn(plan, ada, 1, set(1, { company_size: 9 })).state
    expect(entries(turn(plan, small, 2, set(2, { company_size: 100 })))).toHaveLength(1)
    expect(entries(turn(plan, small, 2, set(2, { company_size: 49 })))).toHaveLength(0)
  })

  const points = (amount: number) =>
    buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'event', type: 'go', where: [], key: null } }],
        ['s', 'score', { dimension: 'engagement', points: amount }],
        ['end', 'exit', { label: 'Done' }],
      ],
      ['in.out>s', 's.out>end'],
      { reentry: { when: 'always' } },
    )

  test('E-157 E-158 a score lets in when it comes to the threshold, once', () => {
    const plan = planOf({ a: flow({ kind: 'score', dimension: 'engagement', way: 'up', points: 20 }), f: points(10) })
    const one = turn(plan, ada, 1, event(1, 'go'))
    expect(entries(one).map((it) => it.value.flowId)).toEqual(['f'])
    const two = turn(plan, one.state, 2, event(2, 'go'))
    expect(entries(two).map((it) => it.value.flowId)).toEqual(['a', 'f'])
    expect(reason(two)).toEqual({
      code: 'trigger.score',
      dimension: 'engagement',
      way: 'up',
      threshold: 2000,
      before: 1000,
      after: 2000,
      byTime: false,
    })
    expect(entries(turn(plan, two.state, 3, event(3, 'go'))).map((it) => it.value.flowId)).toEqual(['f'])
  })

  test('E-157 a score falls below a threshold', () => {
    const plan = planOf({ a: flow({ kind: 'score', dimension: 'engagement', way: 'down', points: 0 }), f: points(-5) })
    expect(entries(turn(plan, ada, 1, event(1, 'go'))).map((it) => it.value.flowId)).toEqual(['a', 'f'])
  })

  test('E-158 a step that sets a field lets into other flows after the step', () => {
    const setter = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'event', type: 'go', where: [], key: null } }],
        ['u', 'update-field', { field: 'plan', action: { do: 'set', value: 'paid' } }],
        ['end', 'exit', { label: 'Done' }],
      ],
      ['in.out>u', 'u.out>end'],
    )
    const plan = planOf({ a: flow({ kind: 'field', field: 'plan', to: { op: 'is', value: 'paid' } }), f: setter })
    const result = turn(plan, ada, 1, event(1, 'go'))
    expect(entries(result).map((it) => it.value.flowId)).toEqual(['a', 'f'])
    expect(result.state.enrolments.map((it) => it.flowId)).toEqual(['a'])
  })
})

describe('asked in', () => {
  test('E-163 a program, another flow and a hand, each with its reason', () => {
    const plan = (kind: string) => planOf({ f: flow({ kind }) })
    expect(reason(turn(plan('api'), ada, 1, enrol(1, key)))).toEqual({ code: 'trigger.api', by: key })
    expect(reason(turn(plan('flow'), ada, 1, enrol(1, { kind: 'flow', id: 'g' })))).toEqual({ code: 'trigger.flow', flowId: 'g' })
    expect(reason(turn(plan('manual'), ada, 1, enrol(1, ida)))).toEqual({ code: 'trigger.manual', by: ida })
    expect(reason(turn(plan('api'), ada, 1, enrol(1, ida)))).toEqual({ code: 'trigger.manual', by: ida })
    expect(entries(turn(plan('api'), ada, 1, enrol(1, key, { data: { code: 'X' } })))[0]?.value.vars.data).toEqual({ code: 'X' })
  })

  const monday = Date.parse('2026-03-02T08:00:00Z')
  const weekly = { kind: 'schedule', segmentId: 'free', every: { every: 'week', weekdays: [1], time: '09:00' } }

  test('E-161 a schedule lets members in, others do not match', () => {
    const plan = planOf({ f: flow(weekly) }, [free])
    const item = enrol(monday, { kind: 'system', id: 'schedule' }, { occurrence: monday })
    const member = turn(planOf({}, [free]), ada, 1, set(1, { plan: 'free' })).state
    expect(reason(turn(plan, member, monday + 5, item))).toMatchObject({
      code: 'trigger.schedule',
      occurrence: monday,
      words: 'Every Monday at 09:00',
    })
    expect(whys(turn(plan, ada, monday, item))).toEqual(['no-match'])
  })

  test('E-161 whoever came in by a schedule leaves with the segment, where the flow says so', () => {
    const plan = planOf({ f: flow(weekly, { onLeavingSegment: 'leave' }) }, [free])
    const member = turn(plan, ada, 1, set(1, { plan: 'free' })).state
    const inside = turn(plan, member, monday, enrol(monday, { kind: 'system', id: 'schedule' }, { occurrence: monday })).state
    expect(inside.enrolments).toHaveLength(1)
    expect(turn(plan, inside, monday + 1, set(monday + 1, { plan: 'paid' })).state.enrolments).toEqual([])
  })

  test('E-165 the pass at publish never restarts and says nothing of those who are inside or have been', () => {
    const plan = planOf({ f: flow({ kind: 'segment', segmentId: 'free' }, { whileInside: 'restart' }) }, [free])
    const inside = turn(plan, ada, 1, set(1, { plan: 'free' })).state
    const scan = enrol(5, { kind: 'system', id: 'scan' })
    expect(turn(plan, inside, 5, scan)).toMatchObject({ enrolments: [], refused: [] })
    const past = turn(plan, inside, 2 * 24 * HOUR).state
    expect(turn(plan, past, 2 * 24 * HOUR + 1, { ...scan, at: 2 * 24 * HOUR + 1 })).toMatchObject({ enrolments: [], refused: [] })
  })

  test('E-166 at most twice', () => {
    const plan = planOf({ f: flow({ kind: 'event', type: 'go' }, { reentry: { when: 'at-most', times: 2 } }) })
    const after = (state: ContactState, day: number) =>
      turn(plan, turn(plan, state, day * 24 * HOUR, event(day * 24 * HOUR, 'go')).state, (day + 2) * 24 * HOUR).state
    const twice = after(after(ada, 1), 4)
    expect(twice.past).toHaveLength(2)
    expect(whys(turn(plan, twice, 9 * 24 * HOUR, event(9 * 24 * HOUR, 'go')))).toEqual(['too-often'])
  })
})
