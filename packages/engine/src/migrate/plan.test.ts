import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryFlow, buildGraph } from '../../testing/index.ts'
import { type MigrationGroup, migrationPlan } from '../index.ts'

const first = ['in', 'trigger', { on: { kind: 'manual' } }] as const
const wait = (id: string) => [id, 'wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }] as const
const end = ['end', 'exit', { label: '' }] as const
const from = buildGraph(
  [first, wait('a'), wait('b'), ['c', 'score', { dimension: 'fit', points: 1 }], end],
  ['in.out>a', 'a.out>b', 'b.out>c', 'c.out>end'],
)
const to = buildGraph([first, wait('a'), wait('c'), wait('d'), end], ['in.out>a', 'a.out>c', 'c.out>d', 'd.out>end'])
const groups: MigrationGroup[] = [
  { node: 'b', visits: { in: 1, a: 1, b: 1 }, people: 30 },
  { node: 'a', visits: { in: 1, a: 2 }, people: 12 },
  { node: 'b', visits: { in: 1, a: 1, b: 2, d: 1 } },
  { node: 'c', visits: { in: 1 }, people: 2 },
]
const plan = (answers: Parameters<typeof migrationPlan>[0]['answers']) => migrationPlan({ from, to, groups, answers })
const sums = ({ same, goOn, leave, stay, open, again }: ReturnType<typeof plan>) => [same, goOn, leave, stay, open, again]

describe('what a new version would do with people in flight', () => {
  test('E-290 the same node is the default; one that is gone, or of another kind, must be answered', () => {
    const { lines, targets } = plan({})
    expect(lines.map(({ node, people, fallback, answer }) => [node, people, fallback, answer])).toEqual([
      ['a', 12, 'same', { do: 'same' }],
      ['b', 31, null, null],
      ['c', 2, null, null],
    ])
    expect(targets).toEqual(['a', 'c', 'd', 'end'])
  })

  test('E-290 lines stand in the order of the version people are on; nodes that it does not have come last, by their ids', () => {
    const strangers: MigrationGroup[] = ['z', 'x', 'c', 'y', 'a'].map((node) => ({ node, visits: {}, people: 1 }))
    const { lines } = migrationPlan({ from, to, groups: strangers, answers: {} })
    expect(lines.map((it) => it.node)).toEqual(['a', 'c', 'x', 'y', 'z'])
  })

  test('E-294 who was counted at a node without ever having come there is not sent there again', () => {
    const answers = { b: { do: 'go-on' as const, node: 'd' } }
    expect(migrationPlan({ from, to, groups: [{ node: 'b', visits: { b: 1, d: 0 }, people: 5 }], answers }).again).toBe(0)
  })

  test.each([
    [{}, [12, 0, 0, 0, 33, 0]],
    [{ b: { do: 'stay' as const } }, [12, 0, 0, 31, 2, 0]],
    [{ b: { do: 'leave' as const }, c: { do: 'leave' as const } }, [12, 0, 33, 0, 0, 0]],
    [{ a: { do: 'leave' as const } }, [0, 0, 12, 0, 33, 0]],
    [{ b: { do: 'go-on' as const, node: 'd' } }, [12, 31, 0, 0, 2, 1]],
    [{ b: { do: 'go-on' as const, node: 'a' } }, [12, 31, 0, 0, 2, 31]],
  ])('E-290 E-294 answers %j come to %j (same, on, leave, stay, open, again)', (answers, expected) =>
    expect(sums(plan(answers))).toEqual(expected),
  )

  test.each([
    ['nowhere', true],
    ['in', true],
    ['d', false],
  ])('E-290 going on at %s is wrong: %s', (node, wrong) =>
    expect(plan({ b: { do: 'go-on', node } }).lines.find((it) => it.node === 'b')?.wrong).toBe(wrong),
  )

  test('E-299 nobody is lost or counted twice, whatever is answered', () => {
    const answer = fc.oneof(
      fc.constant({ do: 'leave' as const }),
      fc.constant({ do: 'stay' as const }),
      fc.constantFrom('n0', 'n1', 'end', 'gone').map((node) => ({ do: 'go-on' as const, node })),
    )
    const group = fc.record({
      node: fc.constantFrom('t0', 'n0', 'n1', 'n2', 'end', 'gone'),
      visits: fc.dictionary(fc.constantFrom('n0', 'n1', 'end'), fc.nat(3)),
      people: fc.nat(1000),
    })
    fc.assert(
      fc.property(
        arbitraryFlow,
        arbitraryFlow,
        fc.array(group, { maxLength: 8 }),
        fc.dictionary(fc.constantFrom('n0', 'n1', 'gone'), answer),
        (one, two, people, answers) => {
          const made = migrationPlan({ from: one, to: two, groups: people, answers })
          const all = people.reduce((sum, it) => sum + it.people, 0)
          expect(made.same + made.goOn + made.leave + made.stay + made.open).toBe(all)
          expect(made.lines.reduce((sum, it) => sum + it.people, 0)).toBe(all)
          expect(made.again).toBeLessThanOrEqual(made.goOn)
          const alike = migrationPlan({ from: one, to: one, groups: people.filter((it) => it.node !== 'gone'), answers: {} })
          expect(alike.open + alike.goOn + alike.leave + alike.stay).toBe(
            people.reduce((sum, { node, people: n }) => sum + (one.nodes.some((it) => it.id === node) || node === 'gone' ? 0 : n), 0),
          )
        },
      ),
      { seed: 299, numRuns: 200 },
    )
  })
})
