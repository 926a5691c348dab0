import { type Catalog, type Category, kindOf, parseNode } from '@baton/engine'
import type { Contact } from './people.ts'
import type { ReasonScope } from './reasons/parts.ts'

export type Passage = Contact['passages'][number]
type Graph = Contact['graphs'][number]

/** What is known of a step by its place in a version: its name, its kind, the names of its ways. */
export interface StepFace extends ReasonScope {
  name: string
  type: string
  category: Category | null
  config: unknown
}

const gone = (catalog: Catalog): StepFace => ({
  name: 'A step that is gone',
  type: '',
  category: null,
  config: undefined,
  catalog,
  portName: (port) => port,
})

/** Names a step as its author did, else by its sentence. */
export function faceOf(graph: Graph | undefined, id: string, catalog: Catalog): StepFace {
  const node = graph?.nodes.find((it) => it.id === id)
  if (!node) return gone(catalog)
  const read = parseNode(node)
  const own = typeof node.data.name === 'string' && node.data.name.trim() !== '' ? node.data.name : null
  if (!('ok' in read)) return { ...gone(catalog), name: own ?? 'A step from a newer Baton', type: node.type }
  const { kind, config } = read.ok
  const sentence = kind.sentence(config, catalog).map((part) => part.text)
  const ports = new Map(kind.ports(config).map((port) => [port.id, port.label]))
  return {
    name: own ?? sentence.join(''),
    type: node.type,
    category: kindOf(node.type)?.category ?? null,
    config,
    catalog,
    portName: (port) => ports.get(port) ?? port,
  }
}

const ENDS: Readonly<Record<NonNullable<Passage['endHow']>, string>> = {
  finished: 'Finished',
  left: 'Left',
  removed: 'Taken out by hand',
  restarted: 'Began anew',
  reached: 'Reached the goal',
  'exit-rule': 'Left by the flow’s rule',
  migrated: 'Left with the old version',
  merged: 'Went on in another passage',
  dropped: 'Left: overdue after a pause',
  'left-segment': 'Left with the segment',
  'flow-stopped': 'Left as the flow was stopped',
  'no-way-on': 'Left: the way led nowhere',
}

/** How a passage ended: "Finished: Handed over". */
const endWords = ({ endHow, endLabel }: Pick<Passage, 'endHow' | 'endLabel'>): string =>
  `${endHow === null ? 'Left' : ENDS[endHow]}${endLabel === null || endLabel === '' ? '' : `: ${endLabel}`}`

/** Reasons of a last step that say by themselves how the passage ended. */
const TELLS_THE_END: ReadonlySet<string> = new Set(['exit', 'removed', 'left-segment', 'restarted', 'flow-stopped', 'no-way-on'])

/** The line below the steps of a passage that is over; null where its last step says it already. */
export function endLine(passage: Pick<Passage, 'endHow' | 'endLabel' | 'steps'>): string | null {
  const last = passage.steps.at(-1)
  return last !== undefined && TELLS_THE_END.has(last.reason.code) ? null : endWords(passage)
}
