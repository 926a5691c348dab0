/** A file with one flow that needs nothing else: a fork whose ways join again, and a step that nothing leads to. */
export function trialFlow(): string {
  const steps = [
    ['hand', 'trigger', [0, 0], { v: 2, on: { kind: 'manual' } }],
    ['mark', 'tag', [0, 1], { v: 1, action: 'add', tags: ['trial'] }],
    ['rest', 'wait', [0, 2], { v: 2, until: { kind: 'duration', amount: 2, unit: 'days' }, slot: 1 }],
    [
      'fork',
      'split',
      [0, 3],
      {
        v: 1,
        ways: [
          { id: 'way-1', name: 'Called', weight: 50, holdOut: false },
          { id: 'way-2', name: 'Left alone', weight: 50, holdOut: false },
        ],
      },
    ],
    ['call', 'tag', [-0.5, 4], { v: 1, action: 'add', tags: ['called'] }],
    ['quiet', 'wait', [0.5, 4], { v: 2, until: { kind: 'duration', amount: 5, unit: 'days' }, slot: 1 }],
    ['done', 'exit', [0, 5], { v: 1, label: 'Trial over' }],
    ['lost', 'tag', [2, 1], { v: 1, action: 'add', tags: ['lost'] }],
  ] as const
  const ways = ['hand.out>mark', 'mark.out>rest', 'rest.out>fork', 'fork.way-1>call', 'fork.way-2>quiet', 'call.out>done', 'quiet.out>done']
  const nodes = steps.map(([id, type, [column, row], data]) => ({ id, type, position: { x: column * 256, y: row * 120 }, data }))
  const edges = ways.map((way) => {
    const [source, sourceHandle, target] = way.split(/[.>]/)
    return { id: way, source, sourceHandle, target }
  })
  const settings = { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' }
  return JSON.stringify({ format: 1, flows: [{ id: 'flw_trial', name: 'Trial', graph: { format: 1, nodes, edges, settings } }] })
}
