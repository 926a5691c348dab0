import { expect, test } from 'vitest'
import { countsAt } from './counts.ts'

const band = { p10: 0, mid: 0, p90: 0 }
const node = (id: string, ...peopleOver: number[]) => ({
  node: id,
  entered: band,
  people: band,
  medianMinutes: null,
  dropOff: null,
  peopleOver,
  enteredOver: peopleOver,
})
const edge = (id: string, port: string, ...peopleOver: number[]) => ({ node: id, port, people: band, share: null, peopleOver })

test('cards show who is there and who has passed, ways who took them, as of the stretch', () => {
  const of = { nodes: [node('a', 10, 4.4), node('b', 0, 3)], edges: [edge('a', 'out', 0, 5.6), edge('a', 'end', 0, 0)] }
  expect(countsAt(['a', 'b', 'c'], of, 1)).toEqual(
    new Map([
      ['a', { passed: 6, here: 4, parked: 0, undecided: 0, ports: { out: 6, end: 0 } }],
      ['b', { passed: 0, here: 3, parked: 0, undecided: 0, ports: {} }],
      ['c', { passed: 0, here: 0, parked: 0, undecided: 0, ports: {} }],
    ]),
  )
  expect(countsAt(['a'], of, 0).get('a')?.here).toBe(10)
})

test('steps of a flow inside count at the step that stands for it', () => {
  const of = {
    nodes: [node('call', 0), node('call/w', 7), node('call/won', 0)],
    edges: [edge('call', 'in', 9), edge('call/won', 'out', 2)],
  }
  expect(countsAt(['call'], of, 0).get('call')).toEqual({ passed: 9, here: 7, parked: 0, undecided: 0, ports: { in: 9, won: 2 } })
})
