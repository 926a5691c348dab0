import type { FlowGraph } from '@baton/engine'
import { expect, test } from 'vitest'
import { canvasNodes } from './elements.ts'
import { foldedView } from './groups.ts'

const graph: FlowGraph = {
  format: 1,
  nodes: ['a', 'b'].map((id, at) => ({ id, type: 'exit', position: { x: 0, y: at * 100 }, data: {}, parentId: at === 0 ? 'g' : 'h' })),
  edges: [],
  settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
  groups: [
    { id: 'g', name: 'Shown', folded: false },
    { id: 'h', name: 'Folded', folded: true },
  ],
  notes: [{ id: 'n', position: { x: 400, y: 0 }, text: 'Ask' }],
}

test('all that is drawn says how big it is: fitting waits for what does not, and what is out of view is never measured', () => {
  const drawn = canvasNodes(foldedView(graph), new Set(), false, [])
  expect(drawn.map((it) => it.type).sort()).toEqual(['folded', 'frame', 'note', 'step'])
  expect(drawn.filter((it) => it.measured?.width === undefined || it.measured.height === undefined)).toEqual([])
})
