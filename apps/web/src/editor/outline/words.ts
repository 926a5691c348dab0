import type { Catalog, FlowNode } from '@baton/engine'
import { cardOf } from '../../nodes/registry.ts'
import { wordsOf } from '../canvas/card-words.ts'
import { spokenName } from '../canvas/elements.ts'
import { readStep } from '../geometry.ts'
import type { EditorState } from '../store.ts'
import type { Trail } from './trail.ts'
import type { What } from './tree.ts'

/** What a step's card says, or its name. */
export function stepWords(node: FlowNode, catalog: Catalog): string {
  const { text, name } = wordsOf(node, readStep(node), catalog)
  return name ?? text
}

const PARTS = { apart: 'Not reached', groups: 'Groups', notes: 'Notes' } as const

/** What a line says: shown, and searched by typing. */
export function lineWords(what: What, catalog: Catalog): string {
  switch (what.is) {
    case 'step':
      return stepWords(what.node, catalog)
    case 'port':
      return what.port.label
    case 'jump':
      return `Continues at ${stepWords(what.to, catalog)}`
    case 'end':
      return 'Leads nowhere yet'
    case 'part':
      return PARTS[what.part]
    case 'group':
      return what.group.name
    case 'note':
      return what.note.text.trim() === '' ? 'An empty note' : what.note.text.trim()
  }
}

const counted = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}s`}`

/** What a step is in Review, and whether it is talked about. */
export function markOf(marks: string | undefined): { how: 'added' | 'changed' | 'removed' | null; talked: boolean } {
  const words = marks?.split(' ') ?? []
  return { how: HOW.find((it) => words.includes(it)) ?? null, talked: words.includes('talked') }
}
const HOW = ['added', 'changed', 'removed'] as const

function walkedWords(trail: Trail | null, node: string): string[] {
  if (!trail?.nodes.has(node)) return []
  return [trail.here === node ? `${trail.name} is here` : `${trail.name} came by`]
}

/** A line's name for screen readers, with its problems in full: nobody hears a badge. */
export function spokenLine(
  what: What,
  state: Pick<EditorState, 'catalog' | 'byNode' | 'lacks' | 'counts' | 'history' | 'marks'>,
  trail: Trail | null = null,
): string {
  const { catalog } = state
  const words = lineWords(what, catalog)
  switch (what.is) {
    case 'step': {
      const { node } = what
      const problems = state.counts ? [] : (state.byNode.get(node.id) ?? [])
      const errors = problems.filter((it) => it.severity === 'error').length
      const group = state.history.present.groups?.find((it) => it.id === node.parentId)
      const count = state.counts?.get(node.id)
      const { how, talked } = markOf(state.marks?.get(node.id))
      return [
        spokenName(node, cardOf(node.type)?.title ?? 'Step', catalog, errors, !state.counts && state.lacks.has(node.id)),
        ...(how === null ? [] : [how]),
        ...(talked ? ['somebody talks about it'] : []),
        ...walkedWords(trail, node.id),
        ...problems.map((it) => it.say),
        ...(group ? [`in the group ${group.name}`] : []),
        ...(node.note === undefined ? [] : [`note: ${node.note}`]),
        ...(count ? [`${count.passed} came here, ${count.here} here now${count.parked > 0 ? `, ${count.parked} stuck` : ''}`] : []),
      ].join(', ')
    }
    case 'port': {
      const count = state.counts?.get(what.node.id)?.ports[what.port.id]
      const through = state.counts ? `, ${count ?? 0} went this way` : ''
      const went = trail?.ways.has(`${what.node.id} ${what.port.id}`) ? `, ${trail.name} went this way` : ''
      return `Way ${words}${what.taken ? '' : ', leads nowhere yet'}${through}${went}`
    }
    case 'jump':
      return what.back ? `${words}, which was passed before` : words
    case 'part':
      return `${words}, ${counted(what.size, what.part === 'apart' ? 'step' : what.part === 'groups' ? 'group' : 'note')}`
    case 'group':
      return `Group ${words}, ${counted(what.ids.length, 'step')}`
    case 'note':
      return `Note: ${words}`
    case 'end':
      return words
  }
}

/**
 * The line that is meant by what was typed: the next one, round and round, that begins so, else one of whose words does. The line where somebody
 * stands counts from the second letter on; one letter again and again goes through all that begin with it.
 */
export function typedAhead(lines: readonly string[], now: number, typed: string): number | null {
  const letters = typed.toLowerCase()
  const again = [...letters].every((it) => it === letters[0])
  const wanted = again ? letters.slice(0, 1) : letters
  const order = lines.map((_, at) => (now + at + (again ? 1 : 0)) % lines.length)
  const begins = order.find((at) => lines[at]?.toLowerCase().startsWith(wanted))
  const within = order.find((at) => lines[at]?.toLowerCase().includes(` ${wanted}`))
  return begins ?? within ?? null
}
