import { DAY, HOUR } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../../fixtures/index.ts'
import { buildGraph, samplePerson } from '../../../testing/index.ts'
import { removeNodes } from '../../edit/nodes.ts'
import { swapNode } from '../../edit/swap.ts'
import { emptyState } from '../../state/empty.ts'
import { playWalk, type WalkDecision, type WalkStart, walkGround } from '../walk/index.ts'
import { constantsOf } from './constants.ts'
import { failedTests } from './issues.ts'
import { keepWalk } from './keep.ts'
import { madeUpValues } from './made-up.ts'
import { runFlowTest } from './run.ts'
import { flowTest } from './schema.ts'

const NOW = Date.UTC(2026, 2, 2, 9)
const when = { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'company_size' }, op: 'ge', value: 200 }] }
const sized = { id: 'big', name: 'Big', when }
const nodes: Parameters<typeof buildGraph>[0] = [
  ['in', 'trigger', { v: 2, on: { kind: 'event', type: 'webinar.attended', where: [{ key: 'minutes', op: 'ge', value: 10 }], key: null } }],
  ['m', 'send-email', { templateId: 'tpl_recording' }],
  [
    'w',
    'wait',
    {
      v: 2,
      slot: 1,
      until: {
        kind: 'event',
        branches: [{ id: 'clicked', name: 'Clicked', match: { kind: 'event', type: 'mail.clicked', where: [] } }],
        timeOut: { amount: 3, unit: 'days' },
      },
    },
  ],
  ['b', 'branch', { cases: [sized] }],
  ['h', 'hand-to-sales', { teamId: 'team_inbound', why: 'Clicked' }],
  [
    's',
    'split',
    {
      ways: [
        { id: 'way-1', name: 'A', weight: 50, holdOut: false },
        { id: 'way-2', name: 'B', weight: 50, holdOut: false },
      ],
      goal: null,
    },
  ],
  ['done', 'exit', { label: 'Done' }],
  ['later', 'exit', { label: 'Later' }],
]
const ways = [
  'in.out>m',
  'm.sent>w',
  'w.clicked>b',
  'w.time-out>later',
  'b.big>h',
  'b.otherwise>s',
  's.way-1>done',
  's.way-2>later',
  'h.accepted>done',
  'h.rejected>s',
  'h.overflow>later',
]
const graph = buildGraph(nodes, ways)
const groundOf = (drawn = graph) => {
  const made = walkGround({ flowId: 'f', graph: drawn, catalog: sampleCatalog, segments: [] })
  if ('issues' in made) throw new Error(made.issues.map((it) => it.say).join(' '))
  return made.ok
}
const ground = groundOf()
const real = {
  ...emptyState(
    samplePerson({
      key: 'grace.hopper@navy.example',
      fields: {
        email: 'grace.hopper@navy.example',
        first_name: 'Grace',
        last_name: 'Hopper',
        company: 'Navy',
        company_size: 731,
        zone: 'America/New_York',
        trial_ends: '2026-04-11',
      },
      consent: { marketing: true },
      zone: 'America/New_York',
    }),
  ),
}
const start: WalkStart = { at: NOW, state: real, fresh: false, entrance: { do: 'event', type: 'webinar.attended', props: { minutes: 30 } } }
const decisions: WalkDecision[] = [
  { do: 'happen', at: NOW + HOUR, what: { do: 'event', type: 'mail.clicked', props: {} } },
  { do: 'happen', at: NOW + DAY, what: { do: 'sales', answer: 'rejected', rep: 'Rep', why: 'too-small', note: null } },
]
const walk = playWalk(ground, start, decisions)
const keep = () =>
  keepWalk(
    { ground, start, decisions, walk, persona: null, catalog: sampleCatalog, sources: [graph] },
    { id: 't1', name: 'Big, and rejected' },
  )

describe('a walk kept as a test', () => {
  test('T-1 somebody made up goes the same way to the same end', () => {
    const { test: kept, outcome, leftOut } = keep()
    expect(outcome.ok).toBe(true)
    expect(leftOut).toEqual([])
    expect(kept.expect.map((it) => `${it.node}.${it.port}`)).toEqual(
      walk.moments.flatMap((it) => it.steps.map(({ node, port }) => `${node}.${port}`)),
    )
    expect(kept.end).toMatchObject({ how: 'over' })
    expect(flowTest.parse(JSON.parse(JSON.stringify(kept)))).toEqual(kept)
  })

  test('T-2 nothing of the real person is in it', () => {
    const { test: kept } = keep()
    const text = JSON.stringify(kept)
    for (const secret of ['Grace', 'Hopper', 'grace.hopper', 'Navy', '731', '2026-04-11']) expect(text).not.toContain(secret)
    expect(kept.persona.fields).toMatchObject({ company_size: 201, zone: 'America/New_York', first_name: 'Robin' })
  })

  test('T-3 chance sends the made-up one the way that it sent the real one', () => {
    const { test: kept } = keep()
    expect(Object.keys(kept.persona.drawn)).toEqual(['s'])
    for (const way of ['way-1', 'way-2']) {
      const turned = { ...kept, persona: { ...kept.persona, drawn: { s: way } } }
      expect(runFlowTest(ground, turned).way.find((it) => it.node === 's')?.port).toBe(way)
    }
  })

  test('T-4 a changed flow: the first step that is another, the way as it goes now', () => {
    const { test: kept } = keep()
    const stricter = buildGraph(
      nodes.map(([id, type, data]) =>
        id === 'b'
          ? [id, type, { cases: [{ ...sized, when: { ...when, rules: [{ ...when.rules[0], value: 1000 }] } }] }]
          : [id, type, data],
      ),
      ways,
    )
    const outcome = runFlowTest(groundOf(stricter), kept)
    expect(outcome.ok).toBe(false)
    expect(outcome.differsAt).toBe(3)
    expect(outcome.way[3]).toEqual({ node: 'b', port: 'otherwise', visit: 1 })
    expect(outcome.expected[3]).toEqual({ node: 'b', port: 'big' })
  })

  test.each([
    ['a step more', { expect: [{ node: 'in' }] }, 1],
    ['a step less', { expect: [...walk.moments.flatMap((it) => it.steps.map(({ node }) => ({ node }))), { node: 'more' }] }, 7],
    ['another port', { expect: [{ node: 'in', port: 'other' }] }, 0],
    ['another visit', { expect: [{ node: 'in', visit: 2 }] }, 0],
  ])('T-5 %s is no match', (_, over, differsAt) => {
    expect(runFlowTest(ground, { ...keep().test, ...over })).toMatchObject({ ok: false, differsAt })
  })

  test('T-6 the end counts where it is given', () => {
    const { test: kept } = keep()
    expect(runFlowTest(ground, { ...kept, end: undefined }).ok).toBe(true)
    const wanted = { how: 'rests', node: 'h' } as const
    expect(runFlowTest(ground, { ...kept, end: wanted })).toMatchObject({ ok: false, differsAt: null, endExpected: wanted })
  })

  test('T-8 each test that fails is a warning at the step where the ways part, in words', () => {
    const { test: kept } = keep()
    const source = { flowId: 'f', name: 'F', catalog: sampleCatalog, segments: [], lookup: () => undefined }
    expect(failedTests({ ...source, graph: { ...graph, tests: [kept] } })).toEqual([])
    const moved = graph.edges.map((it) => (it.id === 'w.clicked>b' ? { ...it, target: 'later' } : it))
    const broken = failedTests({ ...source, graph: { ...graph, edges: [...moved], tests: [kept] } })
    expect(broken).toEqual([
      {
        code: 'test.failed',
        severity: 'warning',
        nodes: ['later'],
        path: 'tests.t1',
        say: 'The test “Big, and rejected” fails: expected “If Company size is at least 200: Big”, went by “Finish: Later”. Mend the flow, or the test under Simulate.',
      },
    ])
    expect(failedTests({ ...source, graph: { ...graph, edges: [], tests: [kept] } })).toEqual([])
    const [longer] = failedTests({ ...source, graph: { ...graph, tests: [{ ...kept, until: kept.from }] } })
    expect(longer?.say).toContain('stayed before it (waiting at “')
  })

  test('T-8 a test that names a step taken out says so; one whose step was swapped follows it, and says what differs', () => {
    const { test: kept } = keep()
    const source = { flowId: 'f', name: 'F', catalog: sampleCatalog, segments: [], lookup: () => undefined }
    const tested = { ...graph, tests: [kept] }
    const out = removeNodes(tested, ['m'])
    expect(out.tests).toEqual([kept])
    expect(failedTests({ ...source, graph: out }).map((it) => it.say)).toEqual([
      'The test “Big, and rejected” fails: it names a step that was taken out. Put the step back, or under Simulate remove the test and keep the walk anew.',
    ])
    const tag = { id: 'tag', type: 'tag', data: { v: 1, tag: 'Seen' } }
    const swapped = swapNode(tested, 'm', tag)
    expect(JSON.stringify(swapped.tests)).not.toContain('"m"')
    expect(failedTests({ ...source, graph: swapped }).filter((it) => it.say.includes('taken out'))).toEqual([])
  })

  test('T-7 a persona stays as somebody wrote it', () => {
    const { test: kept } = keep()
    const persona = { ...kept.persona, fields: { ...kept.persona.fields, company: 'Acme' } }
    const again = keepWalk({ ground, start, decisions, walk, persona, catalog: sampleCatalog, sources: [graph] }, { id: 't2', name: 'x' })
    expect(again.test.persona).toEqual(persona)
  })
})

describe('made-up values', () => {
  const text = { key: 'job_title', type: 'text' } as const
  const number = { key: 'size', type: 'number' } as const
  test.each([
    [text, 'Sales Director', ['director'], ['director']],
    [text, 'Nurse', ['director'], ['Head of examples']],
    [{ key: 'plan', type: 'choice', options: ['free', 'paid'] } as const, 'paid', [], ['paid']],
    [{ key: 'plan', type: 'choice', options: ['free'] } as const, 'gone', [], []],
    [number, 5, [10, 20], [9]],
    [number, 17, [10, 20], [15]],
    [number, 11, [10, 11.5], [10.75]],
    [number, 20, [10, 20], [20]],
    [number, 99, [10, 20], [21]],
    [number, 99, [], [10]],
    [{ key: 'x', type: 'boolean' } as const, true, [], [true]],
    [{ key: 'tags', type: 'tags' } as const, ['vip', 'Mrs Smith'], ['VIP'], [['vip']]],
    [{ key: 'country', type: 'text' } as const, 'Germany', [], ['Germany']],
    [{ key: 'country', type: 'text' } as const, '12 High Street', [], ['Example']],
  ])('%j of %j, compared with %j: %j', (field, value, constants, made) => {
    expect(madeUpValues(field, value, constants)).toEqual(made)
  })

  test('a date is never the real one', () => {
    const values = madeUpValues({ key: 'born', type: 'date' }, '1990-12-31', [])
    expect(values).toEqual(['1991-01-01', '1990-12-30', '1991-01-02', '1990-12-29', '1991-01-03'])
  })

  test('what authors compare with is found wherever it stands', () => {
    const { fields, props } = constantsOf([graph])
    expect(fields.get('company_size')).toEqual([200])
    expect(props.get('minutes')).toEqual([10])
  })
})
