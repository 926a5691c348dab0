import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../testing/build.ts'
import { branches, type CheckCase, end, field, happened, joins, manual, proved, score, told, waits } from '../../testing/check.ts'
import { arbitraryCondition, catalog, NOW } from '../../testing/conditions.ts'
import { arbitraryState } from '../../testing/people.ts'
import { checkFlow, compileCondition } from '../index.ts'

const CODES = ['case-contradiction', 'case-excluded', 'case-shadowed']
const ports = (id: string, ...cases: string[]) => [...cases, 'otherwise'].map((it) => `${id}.${it}>end`)

/** One branch. */
const one = (...cases: Parameters<typeof branches>[1][]): CheckCase => ({
  nodes: [manual, branches('b', ...cases), end],
  ways: ['in.out>b', ...ports('b', ...cases.map((it) => it[0]))],
})
/** Whoever goes by `yes` at the first comes to the second, by way of `between`. */
const two = (first: readonly unknown[], second: readonly unknown[], between: readonly CheckCase['nodes'][number][] = []): CheckCase => ({
  nodes: [manual, branches('a', ['yes', first]), ...between, branches('b', ['yes', second]), end],
  ways: [
    'in.out>a',
    'a.otherwise>end',
    `a.yes>${between[0]?.[0] ?? 'b'}`,
    ...between.map(([id], i) => `${id}.out>${between[i + 1]?.[0] ?? 'b'}`),
    ...ports('b', 'yes'),
  ],
})
const anyOf = (...rules: unknown[]) => ({ combinator: 'or', rules })
const not = (...rules: unknown[]) => ({ combinator: 'and', not: true, rules })
const sets = (key: string, value: string): CheckCase['nodes'][number] => [
  'set',
  'update-field',
  { field: key, action: { do: 'set', value } },
]

describe('E-320 a condition that nobody can satisfy', () => {
  test.each(
    proved('caseNever', [
      ['a number above and below', one(['x', [score('ge', 60), score('lt', 40)]]), ['case-contradiction b']],
      ['two different texts', one(['x', [field('country', 'is', 'DE'), field('country', 'is', 'FR')]]), ['case-contradiction b']],
      ['empty and long', one(['x', [field('age', 'empty'), field('age', 'gt', 3)]]), ['case-contradiction b']],
      [
        'a count between whole numbers',
        one(['x', [happened('page.viewed', 'gt', 1), happened('page.viewed', 'lt', 2)]]),
        ['case-contradiction b'],
      ],
      [
        'a day before and after',
        one(['x', [field('last_order', 'before', '2026-01-01'), field('last_order', 'after', '2026-03-01')]]),
        ['case-contradiction b'],
      ],
      [
        'a tag and not the tag',
        one(['x', [field('tags', 'any-of', ['VIP']), field('tags', 'none-of', ['vip', 'x'])]]),
        ['case-contradiction b'],
      ],
      ['within nested groups', one(['x', [anyOf(score('ge', 60), score('ge', 80)), not(score('ge', 50))]]), ['case-contradiction b']],
      [
        'in a wait',
        {
          nodes: [
            manual,
            [
              'w',
              'wait',
              {
                v: 2,
                slot: 1,
                until: {
                  kind: 'event',
                  timeOut: { amount: 1, unit: 'days' },
                  branches: [
                    {
                      id: 'x',
                      name: 'X',
                      match: { kind: 'condition', when: { combinator: 'and', rules: [score('ge', 60), score('lt', 40)] } },
                    },
                  ],
                },
              },
            ],
            end,
          ],
          ways: ['in.out>w', 'w.x>end', 'w.time-out>end'],
        },
        ['case-contradiction w'],
      ],
      ['numbers that meet', one(['x', [score('ge', 40), score('le', 40)]]), []],
      ['one that contains and another that is', one(['x', [field('country', 'contains', 'D'), field('country', 'is', 'DE')]]), []],
      ['of different scores', one(['x', [score('ge', 60), score('lt', 40, 'engagement')]]), []],
      ['either of two', one(['x', [anyOf(score('ge', 60), score('lt', 40))]]), []],
      ['two tags', one(['x', [field('tags', 'all-of', ['a', 'b']), field('tags', 'none-of', ['c'])]]), []],
      [
        'different windows of one event',
        one([
          'x',
          [
            happened('page.viewed', 'ge', 3),
            {
              ...happened('page.viewed', 'is', 0),
              subject: { kind: 'event', type: 'page.viewed', where: [], window: { kind: 'days', days: 7 } },
            },
          ],
        ]),
        [],
      ],
    ]),
  )('%s', (_, it, expected) => expect(told(it, CODES)).toEqual(expected))
})

const fits = {
  combinator: 'and' as const,
  rules: [{ subject: { kind: 'score' as const, dimension: 'fit' }, op: 'ge' as const, value: 60 }],
}
const bySegment = (rules: readonly unknown[]): CheckCase => ({
  nodes: [joins('seg_fits'), branches('b', ['yes', rules]), end],
  ways: ['in.out>b', ...ports('b', 'yes')],
  catalog: { segments: [{ id: 'seg_fits', name: 'Fits', condition: fits }] },
})

describe('E-321 a case that excludes everybody who comes', () => {
  test.each(
    proved('caseNever', [
      ['behind a branch', two([score('ge', 60)], [score('lt', 50)]), ['case-excluded b']],
      ['behind a text', two([field('country', 'any-of', ['DE', 'AT'])], [field('country', 'is', 'FR')]), ['case-excluded b']],
      ['behind a step that changes something else', two([score('ge', 60)], [score('lt', 50)], [sets('job', 'x')]), ['case-excluded b']],
      ['behind the segment by which they come in', bySegment([score('lt', 60)]), ['case-excluded b']],
      ['E-323 behind a wait the score may be another', two([score('ge', 60)], [score('lt', 50)], [waits('w', 1)]), []],
      [
        'E-323 a field that is set is open again',
        two([field('country', 'is', 'DE')], [field('country', 'is', 'FR')], [sets('country', 'FR')]),
        [],
      ],
      [
        'E-323 points that are added change the score',
        two([score('ge', 60)], [score('lt', 50)], [['p', 'score', { dimension: 'fit', points: -50 }]]),
        [],
      ],
      ['numbers that overlap', two([score('ge', 60)], [score('lt', 61)]), []],
      ['the segment leaves room', bySegment([score('lt', 80)]), []],
      [
        'another way leads there too',
        {
          nodes: [manual, branches('a', ['yes', [score('ge', 60)]]), branches('b', ['yes', [score('lt', 50)]]), end],
          ways: ['in.out>a', 'a.yes>b', 'a.otherwise>b', ...ports('b', 'yes')],
        },
        [],
      ],
    ]),
  )('%s', (_, it, expected) => expect(told(it, CODES)).toEqual(expected))
})

describe('E-322 a case that the cases above take', () => {
  const both = [score('ge', 30), field('age', 'ge', 50)]
  test.each(
    proved('caseNever', [
      ['by one above', one(['x', [score('ge', 30)]], ['y', [score('ge', 60)]]), ['case-shadowed b']],
      [
        'by two together',
        one(['x', [score('ge', 60)]], ['y', [score('lt', 60)]], ['z', [score('between', [50, 70])]]),
        ['case-shadowed b'],
      ],
      ['by the same with less', one(['x', both], ['y', [...both, field('country', 'is', 'DE')]]), ['case-shadowed b']],
      [
        'yes, no and a third',
        one(['x', [field('newsletter', 'is', true)]], ['y', [field('newsletter', 'is', false)]], ['z', [field('newsletter', 'not-empty')]]),
        ['case-shadowed b'],
      ],
      ['the narrow one first', one(['x', [score('ge', 60)]], ['y', [score('ge', 30)]]), []],
      ['who is unknown goes on', one(['x', [field('age', 'ge', 30)]], ['y', [field('age', 'lt', 30)]], ['z', [field('age', 'empty')]]), []],
      ['more is asked above', one(['x', [score('ge', 30), field('age', 'ge', 50)]], ['y', [score('ge', 60)]]), []],
      ['is not, of what is missing', one(['x', [field('country', 'is-not', 'DE')]], ['y', [field('country', 'empty')]]), []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, CODES)).toEqual(expected))

  test('says which case covers it', () => {
    const { nodes, ways } = one(['Qualified', [score('ge', 30)]], ['Warm', [score('ge', 60)]])
    expect(checkFlow(buildGraph(nodes, ways), { ...catalog }).find((it) => it.code === 'case-shadowed')?.say).toBe(
      'Nobody can go to Warm: it is covered by Qualified, which is asked first. Put Warm above, or narrow what stands there.',
    )
  })
})

describe('E-323 what is told is so', () => {
  test('whoever takes a case shows that it is neither contradicted nor covered', () => {
    fc.assert(
      fc.property(fc.array(arbitraryCondition(false), { minLength: 1, maxLength: 4 }), arbitraryState, (conditions, state) => {
        const graph = buildGraph(
          [manual, ['b', 'branch', { cases: conditions.map((when, i) => ({ id: `c${i}`, name: `C${i}`, when })) }], end],
          ['in.out>b', ...ports('b', ...conditions.map((_, i) => `c${i}`))],
        )
        const scope = { now: NOW, state, enteredAt: null }
        const taken = conditions.findIndex((it) => {
          const ready = compileCondition(it, catalog)
          return 'ok' in ready && ready.ok.evaluate(scope).truth === true
        })
        const never = checkFlow(graph, catalog).filter((it) => CODES.includes(it.code))
        expect(never.map((it) => it.path)).not.toContain(`cases.${taken}.when`)
      }),
      { numRuns: 400, seed: 11 },
    )
  })

  test('a thousand steps with a branch at every third are checked at once', () => {
    const nodes: CheckCase['nodes'][number][] = [manual]
    const ways: string[] = ['in.out>b0']
    for (let i = 0; i < 333; i++) {
      nodes.push(branches(`b${i}`, ['x', [score('ge', i)]], ['y', [field('age', 'ge', i), score('lt', 1000 - i)]]), waits(`w${i}`, 1), [
        `p${i}`,
        'score',
        { dimension: 'fit', points: 1 },
      ])
      const next = i === 332 ? 'end' : `b${i + 1}`
      ways.push(`b${i}.x>p${i}`, `b${i}.y>w${i}`, `b${i}.otherwise>${next}`, `p${i}.out>${next}`, `w${i}.out>${next}`)
    }
    expect(told({ nodes: [...nodes, end], ways }, CODES)).toEqual([])
  })
})
