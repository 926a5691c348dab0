import { expect, test } from 'vitest'
import { drawnCounts } from './drawn-count.ts'

test('a flow inside counts the people at its steps, and who came back by which way', () => {
  const nodes = {
    in: { passed: 9, here: 0, undecided: 2, ports: { out: 9 } },
    call: { passed: 9, here: 0, undecided: 0, ports: { in: 9 } },
    'call/wait': { passed: 9, here: 3, undecided: 0, ports: { out: 6 } },
    'call/deep/wait': { passed: 2, here: 2, undecided: 0, ports: {} },
    'call/done': { passed: 4, here: 0, undecided: 0, ports: { out: 4 } },
  }
  const counts = drawnCounts(['in', 'call', 'end'], nodes, { 'call/wait': 1 })
  expect(counts.get('in')).toEqual({ passed: 9, here: 0, undecided: 2, ports: { out: 9 }, parked: 0 })
  expect(counts.get('call')).toEqual({ passed: 9, here: 5, undecided: 0, ports: { in: 9, wait: 9, done: 4 }, parked: 1 })
  expect(counts.get('end')).toEqual({ passed: 0, here: 0, undecided: 0, ports: {}, parked: 0 })
  expect([...counts.keys()]).toEqual(['in', 'call', 'end'])
})
