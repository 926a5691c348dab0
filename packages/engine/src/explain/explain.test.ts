import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, samplePerson } from '../../testing/index.ts'
import { type ContactState, type EnrolmentVars, emptyState, explain, type FlowGraph } from '../index.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.UTC(2026, 2, 2, 9)
const env = { now: NOW, seed: 's' }
const person = samplePerson({ key: 'ada@example.com', zone: 'UTC', fields: { email: 'ada@example.com' }, consent: { marketing: true } })
const ada = emptyState(person)
const first = ['in', 'trigger', { on: { kind: 'manual' } }] as const
const end = ['end', 'exit', { label: 'Done' }] as const
const wait = (id: string, amount: number, unit = 'hours') => [id, 'wait', { until: { kind: 'duration', amount, unit } }] as const
const mail = ['m', 'send-email', { templateId: 'tpl_recording' }] as const
const consent = { combinator: 'and' as const, rules: [{ subject: { kind: 'consent' as const, topic: 'marketing' }, op: 'is' as const }] }
const graph = buildGraph([first, mail, wait('w', 2), end], ['in.out>m', 'm.sent>w', 'w.out>end'])
const of = (flow: FlowGraph, state: ContactState = ada, segments: Parameters<typeof planOf>[1] = []) =>
  explain(planOf({ f: flow }, segments), state, { flowId: 'f' }, env)
const path = ({ steps }: ReturnType<typeof of>) => steps.map((it) => `${(it.at - NOW) / HOUR} ${it.node} ${it.port} ${it.reason.code}`)

describe('what would happen to somebody', () => {
  test('E-311 the way they would go, with every reason, and nothing is kept', () => {
    const before = JSON.stringify(ada)
    const told = of(graph)
    expect(path(told)).toEqual(['0 in out trigger.manual', '0 m sent send.queued', '2 w out wait.duration', '2 end end exit'])
    expect(told).toMatchObject({ entered: 'in', refused: null, end: { how: 'over', ended: 'finished', label: 'Done', at: NOW + 2 * HOUR } })
    expect(JSON.stringify(ada)).toBe(before)
    expect(of(graph)).toEqual(told)
  })

  test('E-311 the world is silent: sales never answers, and what is further than 90 days is not looked at', () => {
    const sales = buildGraph(
      [first, ['h', 'hand-to-sales', { teamId: 'team_inbound', why: 'Ready' }], end],
      ['in.out>h', 'h.accepted>end', 'h.rejected>end', 'h.overflow>end'],
    )
    expect(of(sales).end).toEqual({ how: 'rests', node: 'h', until: null })
    const far = buildGraph([first, wait('w', 91, 'days'), end], ['in.out>w', 'w.out>end'])
    expect(of(far).end).toEqual({ how: 'too-long', node: 'w', until: NOW + 91 * DAY })
    const round = buildGraph(
      [
        first,
        wait('w', 1),
        ['b', 'branch', { cases: [{ id: 'c', name: '', when: { combinator: 'and', not: true, rules: consent.rules } }] }],
        end,
      ],
      ['in.out>w', 'w.out>b', 'b.c>end', 'b.otherwise>w'],
    )
    expect(of(round).steps.length).toBeGreaterThanOrEqual(200)
    expect(of(round).end.how).toBe('too-long')
  })

  test.each([['has been in and may not come again', { past: [{ flowId: 'f', key: '', entry: 1, endedAt: NOW - DAY }] }, 'not-again']])(
    'E-312 who %s is not let in, and it says why',
    (_, over, why) => {
      const told = of(graph, { ...ada, ...over })
      expect(told).toMatchObject({ entered: null, refused: why, steps: [], end: { how: 'not-in' } })
    },
  )

  test('E-311 S-50 a mail that went out is not taken back where a goal is reached later', () => {
    const again = [
      'again',
      'send-email',
      { v: 2, templateId: 'tpl_recording', again: { when: 'never' }, ifNotSent: { do: 'port' } },
    ] as const
    const when = {
      combinator: 'and' as const,
      rules: [{ subject: { kind: 'field' as const, key: 'company' }, op: 'is' as const, value: 'Pro' }],
    }
    const goal = ['g', 'goal', { when, reached: 'jump', ifNotYet: 'wait' }] as const
    const pro = ['p', 'update-field', { field: 'company', action: { do: 'set', value: 'Pro' } }] as const
    const nodes = [first, mail, wait('w', 2), pro, goal, again, end]
    const told = of(
      buildGraph(nodes, ['in.out>m', 'm.sent>w', 'w.out>p', 'p.out>g', 'g.reached>again', 'again.sent>end', 'again.not-sent>end']),
    )
    expect(path(told)).toContain('2 again not-sent send.not-sent')
  })

  test('E-312 who is inside goes on from where they stand', () => {
    const vars: EnrolmentVars = { visits: { in: 1, m: 1, w: 1 }, here: { arrived: NOW - HOUR, arrivedZone: 'UTC' }, held: [], frozenMs: 0 }
    const times = { nodeSince: NOW - HOUR, enteredAt: NOW - HOUR, dueAt: NOW + HOUR }
    const inside = { ...ada, enrolments: [{ id: null, flowId: 'f', key: '', entry: 1, version: 1, node: 'w', ...times, seq: 2, vars }] }
    const told = of(graph, inside)
    expect(told.entered).toBeNull()
    expect(path(told)).toEqual(['1 w out wait.duration', '1 end end exit'])
  })

  test('E-313 a step that throws is shown where it is', () => {
    const plan = planOf({ f: graph })
    const flow = plan.flows.get('f')
    const node = flow?.entry?.nodes.get('w')
    if (!flow?.entry || !node) throw new Error('no flow')
    const broken = {
      ...flow.entry,
      nodes: new Map([
        ...flow.entry.nodes,
        [
          'w',
          {
            ...node,
            enter: () => {
              throw new Error('no moon')
            },
          },
        ],
      ]),
    }
    const told = explain(
      { ...plan, flows: new Map([['f', { ...flow, entry: broken, versions: new Map([[1, broken]]) }]]) },
      ada,
      { flowId: 'f' },
      env,
    )
    expect(told.end).toEqual({ how: 'parked', node: 'w', message: 'no moon' })
  })
})

describe('each trigger', () => {
  const on = (trigger: Record<string, unknown>) => buildGraph([['in', 'trigger', { on: trigger }], end], ['in.out>end'])
  const segment = { id: 'seg_agreed', condition: consent }

  test('E-310 a segment: they would join it now, or not, with what its condition saw', () => {
    const flow = on({ kind: 'segment', segmentId: 'seg_agreed' })
    expect(of(flow, ada, [segment]).triggers).toMatchObject([
      { node: 'in', kind: 'segment-joined', of: 'seg_agreed', when: 'now', rules: [{ truth: true }] },
    ])
    const without = { ...ada, person: { ...person, consent: {} } }
    expect(of(flow, without, [segment]).triggers).toMatchObject([{ when: 'if', rules: [{ truth: false }] }])
    expect(of(flow, { ...ada, members: { seg_agreed: 1 } }, [segment]).triggers).toMatchObject([{ when: 'if', rules: [{ truth: true }] }])
  })

  test('E-310 an event: the last one of theirs that matched', () => {
    const flow = on({ kind: 'event', type: 'demo', where: [{ key: 'n', op: 'ge', value: 2 }] })
    const events = [1, 2, 3].map((n) => ({ id: `e${n}`, type: 'demo', props: { n }, occurredAt: n, receivedAt: n }))
    expect(of(flow, { ...ada, events }).triggers).toMatchObject([{ kind: 'event', of: 'demo', when: 'if', last: { id: 'e3' } }])
    expect(of(flow).triggers[0]?.last).toBeNull()
  })
})
