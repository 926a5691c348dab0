import { type FlowGraph, type FlowNode, type Issue, kinds } from '@baton/engine'
import { sampleCatalog, sampleFlows } from '@baton/engine/fixtures'
import { paletteLines } from '../editor/canvas/presets.ts'
import { shapeOf } from '../editor/geometry.ts'
import { type Count, createEditor, type EditorStore } from '../editor/store.ts'

/** Room of a row of cards, and between them. */
const ROW = 1600
const GAP = { x: 40, y: 44 }

/** Cards of all kinds in one state, in an editor of their own. */
export interface CardsInState {
  name: string
  zoom: number
  store: EditorStore
  height: number
}

const known = sampleFlows.flatMap(({ graph }) => graph.nodes)

/** A step of each kind, from our programmes where they have one, else as it comes from the palette. */
const oneOfEach: readonly FlowNode[] = Object.values(kinds).map((kind) => {
  const made = { id: kind.type, type: kind.type, position: { x: 0, y: 0 }, data: { ...kind.defaults(), ...presetOf(kind.type) } }
  const sample = known.find((it) => it.type === kind.type)
  return sample ? { ...made, data: { ...sample.data } } : made
})

function presetOf(type: string) {
  return paletteLines.find((it) => it.type === type)?.preset.data
}

/** Every line of the palette, as it is right after it was put down; and a step that only a newer Baton knows. */
const fresh: readonly FlowNode[] = [
  ...paletteLines.map(({ id, type, preset }) => ({
    id,
    type,
    position: { x: 0, y: 0 },
    data: {
      ...Object.values(kinds)
        .find((it) => it.type === type)
        ?.defaults(),
      ...preset.data,
    },
  })),
  { id: 'newer', type: 'from-a-newer-baton', position: { x: 0, y: 0 }, data: { v: 1 } },
]

/** In rows, each card at its own place. */
function inRows(nodes: readonly FlowNode[]): { nodes: FlowNode[]; height: number } {
  const at = { x: 0, y: 0, high: 0 }
  const placed = nodes.map((node) => {
    const { width, height } = shapeOf(node)
    if (at.x + width > ROW) Object.assign(at, { x: 0, y: at.y + at.high + GAP.y, high: 0 })
    const position = { x: at.x, y: at.y }
    at.x += width + GAP.x
    at.high = Math.max(at.high, height + 10)
    return { ...node, data: { ...node.data }, position }
  })
  return { nodes: placed, height: at.y + at.high }
}

const settings: FlowGraph['settings'] = { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' }

type Change = { node?: (node: FlowNode) => FlowNode; graph?: (graph: FlowGraph) => FlowGraph; set?: (store: EditorStore) => void }

function inState(name: string, nodes: readonly FlowNode[], { node, graph, set }: Change = {}, zoom = 1, readOnly = false): CardsInState {
  const placed = inRows(node ? nodes.map(node) : nodes)
  const flow: FlowGraph = { format: 1, nodes: placed.nodes, edges: [], settings }
  const store = createEditor({ graph: graph ? graph(flow) : flow, catalog: sampleCatalog, readOnly })
  set?.(store)
  return { name, zoom, store, height: Math.ceil(placed.height * zoom + 90) }
}

/** A problem at every step: about its ways out where it has any, else about itself. */
const problems = (severity: Issue['severity']) => (store: EditorStore) => {
  const { nodes } = store.getState().history.present
  store
    .getState()
    .setIssues(
      nodes.flatMap((it): Issue[] =>
        shapeOf(it).ports.length === 0
          ? [{ code: 'sample', severity, nodes: [it.id], say: 'Something is to be chosen.' }]
          : shapeOf(it).ports.map(({ id }) => ({ code: 'sample', severity, nodes: [it.id], path: `port.${id}`, say: 'It leads nowhere.' })),
      ),
    )
}

const counted = (parked: number) => (store: EditorStore) => {
  const { nodes } = store.getState().history.present
  const countOf = (it: FlowNode, at: number): Count => {
    const { ports } = shapeOf(it)
    const passed = 1418 + 977 * at
    const each = Math.floor((passed - 212) / Math.max(1, ports.length))
    return { passed, here: 212, parked, undecided: at % 4 === 3 ? 36 : 0, ports: Object.fromEntries(ports.map(({ id }) => [id, each])) }
  }
  store.getState().setCounts(new Map(nodes.map((it, at) => [it.id, countOf(it, at)])))
}

const named = (name: string) => (node: FlowNode) => ({ ...node, data: { ...node.data, name } })
const LONG = 'Everybody who asked for a price list in the last quarter and has not been called by anybody since'
const RIGHT_TO_LEFT = 'שלחו תזכורת 👩‍💻🎉 إلى العملاء'

const folded = (graph: FlowGraph): FlowGraph => ({
  ...graph,
  groups: graph.nodes.map((_, at) => ({ id: `group-${at}`, name: at % 2 === 0 ? 'Their answer' : LONG, folded: true })),
  nodes: graph.nodes.map((it, at) => ({ ...it, parentId: `group-${at}` })),
})

const framed = (graph: FlowGraph): FlowGraph => ({
  ...graph,
  groups: [{ id: 'all', name: 'The first week', folded: false }],
  nodes: graph.nodes.map((it) => ({ ...it, position: { x: it.position.x, y: it.position.y + 24 }, parentId: 'all' })),
  notes: [{ id: 'note', position: { x: ROW - 180, y: 0 }, text: 'Who takes the leads of Friday?', by: 'Nora Lang' }],
})

const chooseAll = (store: EditorStore) => store.getState().select(store.getState().history.present.nodes.map((it) => it.id))

/** What a review says of steps, each mark on steps of its own. */
const marked = (store: EditorStore) => {
  const marks = ['mark added', 'mark changed', 'mark removed talked', 'mark same', 'talked']
  const { nodes } = store.getState().history.present
  store.getState().setMarks(new Map(nodes.map(({ id }, at) => [id, marks[at % marks.length] ?? ''])))
}

/** One step of several ways is chosen, and one of its ways by the keys. */
const portChosen = (store: EditorStore) => {
  const node = store.getState().history.present.nodes.find((it) => shapeOf(it).ports.length > 1)
  if (!node) return
  store.getState().select([node.id])
  store.getState().selectPort(shapeOf(node).ports[1]?.id ?? null)
}

/** One of our programmes in which people come round, as it runs: what stands beside ways. */
function running(): CardsInState {
  const [sample] = sampleFlows
  const to = sample?.graph.nodes.find((it) => shapeOf(it).contract)
  const before = (id: string | undefined) => sample?.graph.edges.find((it) => it.target === id)?.source
  const back = before(before(to?.id))
  if (!sample || !to || back === undefined) throw new Error('The sample has nothing to come round to')
  const calls = { ...to, data: { ...to.data, voicemail: { attempts: 3 } } }
  const again = shapeOf(calls).ports.find((it) => it.back)?.id ?? ''
  const left = Math.min(...sample.graph.nodes.map((it) => it.position.x))
  const top = Math.min(...sample.graph.nodes.map((it) => it.position.y))
  const graph = {
    ...sample.graph,
    nodes: sample.graph.nodes.map((it) => ({
      ...(it === to ? calls : it),
      position: { x: it.position.x - left + 300, y: it.position.y - top },
    })),
    edges: [...sample.graph.edges, { id: 'again', source: to.id, sourceHandle: again, target: back }],
  }
  const store = createEditor({ graph, catalog: sampleCatalog, readOnly: true })
  counted(0)(store)
  return { name: 'Ways, live', zoom: 1, store, height: Math.max(...graph.nodes.map((it) => it.position.y)) + 190 }
}

/** Every state that a card can be in. */
export const cardStates = (): CardsInState[] => [
  inState('Fresh from the palette', fresh),
  inState('Plain', oneOfEach),
  inState('Selected', oneOfEach, { set: chooseAll }),
  inState('With an error', oneOfEach, { set: problems('error') }),
  inState('With a warning', oneOfEach, { set: problems('warning') }),
  inState('With a note', oneOfEach, { node: (it) => ({ ...it, note: 'One day was too short' }) }),
  inState('Read only', oneOfEach, {}, 1, true),
  inState('Live', oneOfEach, { set: counted(0) }, 1, true),
  inState('Parked', oneOfEach, { set: counted(7) }, 1, true),
  inState('Long name', oneOfEach, { node: named(LONG) }),
  inState('Right to left', oneOfEach, { node: named(RIGHT_TO_LEFT) }),
  inState('Folded groups', oneOfEach.slice(0, 4), { graph: folded }),
  inState('In a group', oneOfEach.slice(0, 3), { graph: framed }),
  inState('In a review', oneOfEach.slice(0, 10), { set: marked }, 1, true),
  inState('A way chosen', oneOfEach.slice(0, 8), { set: portChosen }),
  inState('Folded groups, live', oneOfEach.slice(0, 4), { graph: folded, set: counted(0) }, 1, true),
  inState('On a walk', oneOfEach.slice(0, 2), {}, 1, true),
  running(),
  inState('From afar', oneOfEach, { set: problems('error') }, 0.35),
  inState('From afar, live', oneOfEach, { set: counted(0) }, 0.35, true),
  inState('From farthest', oneOfEach, {}, 0.12),
]
