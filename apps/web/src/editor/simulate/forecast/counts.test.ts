import { expect, test } from 'vitest'
import { flowOf, wayShare } from '../../canvas/volume.ts'
import { countsAt } from './counts.ts'

const sure = (value: number) => ({ p10: value, mid: value, p90: value })
const band = sure(0)
const node = (id: string, ...over: number[]) => ({
  node: id,
  entered: band,
  people: band,
  medianMinutes: null,
  dropOff: null,
  peopleOver: over.map(sure),
  enteredOver: over.map((it) => sure(it + 6)),
  dropOffOver: over.map(() => null),
})
const edge = (id: string, port: string, ...over: number[]) => ({
  node: id,
  port,
  people: band,
  share: null,
  peopleOver: over.map(sure),
  shareOver: over.map(() => null),
})
const bare = (of: ReturnType<typeof countsAt>) => new Map([...of].map(([id, { told: _, ...count }]) => [id, count]))

test('cards show who came and who is there, ways who took them, as of the stretch', () => {
  const of = { nodes: [node('a', 10, 4.4), node('b', 0, 3)], edges: [edge('a', 'out', 0, 5.6), edge('a', 'end', 0, 1)] }
  expect(bare(countsAt(['a', 'b', 'c'], of, 1))).toEqual(
    new Map([
      ['a', { passed: 10, here: 4, parked: 0, undecided: 0, ports: { out: 6 }, lost: 1 }],
      ['b', { passed: 9, here: 3, parked: 0, undecided: 0, ports: {}, lost: 0 }],
      ['c', { passed: 0, here: 0, parked: 0, undecided: 0, ports: {}, lost: 0 }],
    ]),
  )
  expect(countsAt(['a'], of, 0).get('a')?.here).toBe(10)
})

test('steps of a flow inside count at the step that stands for it', () => {
  const of = {
    nodes: [node('call', 0), node('call/w', 7), node('call/won', 0)],
    edges: [edge('call', 'in', 9), edge('call/won', 'out', 2)],
  }
  expect(bare(countsAt(['call'], of, 0)).get('call')).toEqual({
    ...{ passed: 6, here: 7, parked: 0, undecided: 0 },
    ...{ ports: { in: 9, won: 2 }, lost: 0 },
  })
  expect(countsAt(['call'], of, 0).get('call')?.told).toMatchObject({ line: '', whole: expect.not.stringContaining('Leave') })
})

test('cards tell how long people stay and how many leave, with what it lies between; an end tells no leaving', () => {
  const wait = {
    ...node('w', 4),
    medianMinutes: { p10: 2700, mid: 2880, p90: 3000 },
    enteredOver: [{ p10: 90, mid: 100, p90: 120 }],
    dropOffOver: [{ p10: 0.1, mid: 0.125, p90: 0.2 }],
  }
  const exit = { ...node('x', 0), dropOffOver: [sure(1)] }
  const edges = [
    { ...edge('w', 'out', 7), peopleOver: [{ p10: 5, mid: 7, p90: 9 }], shareOver: [sure(0.45)] },
    edge('w', 'end', 1),
    edge('x', 'end', 7),
  ]
  const counts = countsAt(['w', 'x'], { nodes: [wait, exit], edges }, 0)
  expect(counts.get('w')?.told).toMatchObject({ line: '2 days · 12.5% leave', ports: { out: { between: '5 to 9', share: 0.45 } } })
  expect(counts.get('w')?.told?.whole).toContain('Come by then: 100 (90–120)')
  expect(counts.get('w')?.told?.whole).toContain('Leave the flow here: 12.5% (10%–20%)')
  expect(counts.get('x')?.told?.line).toBe('')
  const way = flowOf(counts, 'w', 'out', true)
  expect(way && wayShare(way)).toBe('45 %')
})

test('where middles do not add up nobody is said to have left', () => {
  const of = { nodes: [node('a', 3)], edges: [edge('a', 'out', 5)] }
  const counts = countsAt(['a'], of, 0)
  expect(counts.get('a')?.passed).toBe(9)
  expect(flowOf(counts, 'a', 'out', true)?.lost).toBe(0)
})
