import { type Catalog, canonicalJson, type FlowGraph, type FlowNode, parseNode } from '@baton/engine'

/** A step that two versions of a flow do not have alike. */
export interface StepChange {
  id: string
  sign: 'added' | 'changed' | 'removed'
  node: FlowNode
  words: string
  /** What it said before, where that is something else. */
  before: string | null
}

/** What one side did since both had the same. */
export interface SideChanges {
  steps: StepChange[]
  /** Steps that only stand elsewhere. */
  moved: number
  /** Ways that are new or gone. */
  ways: number
  /** Further parts, in words: "the rules of the flow", "notes". */
  others: string[]
}

/** What a step's card says. */
export function stepWords(node: FlowNode, catalog: Catalog): string {
  if (typeof node.data.name === 'string' && node.data.name.trim() !== '') return node.data.name
  const read = parseNode(node)
  if (!('ok' in read)) return 'A step from a newer Baton'
  return read.ok.kind
    .sentence(read.ok.config, catalog)
    .map((it) => it.text)
    .join('')
}

const same = (a: unknown, b: unknown) => a === b || canonicalJson(a) === canonicalJson(b)
const wayOf = ({ source, sourceHandle, target }: FlowGraph['edges'][number]) => JSON.stringify([source, sourceHandle, target])

/** What leads from one graph to another, for a reader. */
export function changesBetween(from: FlowGraph, to: FlowGraph, catalog: Catalog): SideChanges {
  const before = new Map(from.nodes.map((it) => [it.id, it]))
  const after = new Set(to.nodes.map((it) => it.id))
  const steps: StepChange[] = []
  let moved = 0
  for (const node of to.nodes) {
    const old = before.get(node.id)
    if (!old) steps.push({ id: node.id, sign: 'added', node, words: stepWords(node, catalog), before: null })
    else if (!same(old.data, node.data) || old.type !== node.type || (old.note ?? '') !== (node.note ?? '')) {
      const [words, was] = [stepWords(node, catalog), stepWords(old, catalog)]
      steps.push({ id: node.id, sign: 'changed', node, words, before: was === words ? null : was })
    } else if (!same(old.position, node.position)) moved += 1
  }
  for (const node of from.nodes) {
    if (!after.has(node.id)) steps.push({ id: node.id, sign: 'removed', node, words: stepWords(node, catalog), before: null })
  }
  const [old, now] = [new Set(from.edges.map(wayOf)), new Set(to.edges.map(wayOf))]
  const ways = [...now].filter((it) => !old.has(it)).length + [...old].filter((it) => !now.has(it)).length
  const others = [
    same(from.settings, to.settings) ? '' : 'the rules of the whole flow',
    same(from.notes ?? [], to.notes ?? []) ? '' : 'notes',
    same(from.groups ?? [], to.groups ?? []) ? '' : 'groups',
    same(from.tests ?? [], to.tests ?? []) ? '' : 'tests',
  ]
  return { steps, moved, ways, others: others.filter((it) => it !== '') }
}

/** "2 added, 1 changed, 1 removed" */
export function countWords({ steps, moved, ways, others }: SideChanges): string {
  const n = (sign: StepChange['sign']) => steps.filter((it) => it.sign === sign).length
  const counts = [
    [n('added'), 'added'],
    [n('changed'), 'changed'],
    [n('removed'), 'removed'],
    [moved, 'moved'],
  ] as const
  const said = counts.flatMap(([count, word]) => (count === 0 ? [] : `${count} ${word}`))
  const all = [
    said.length === 0 ? '' : `${said[0]?.startsWith('1 ') ? 'Step' : 'Steps'}: ${said.join(', ')}`,
    ways === 0 ? '' : `${ways} ${ways === 1 ? 'way' : 'ways'} led otherwise`,
    ...others,
  ].filter((it) => it !== '')
  return all.length === 0 ? 'Nothing else' : `${all.join('; ')}.`
}

/** Steps that both sides touched, and not alike. */
export function inBoth(mine: SideChanges, theirs: SideChanges): ReadonlySet<string> {
  const other = new Map(theirs.steps.map((it) => [it.id, it]))
  return new Set(
    mine.steps.flatMap((it) => {
      const met = other.get(it.id)
      const alike = met && it.sign === met.sign && (it.sign === 'removed' || same(it.node.data, met.node.data))
      return met && !alike ? it.id : []
    }),
  )
}
