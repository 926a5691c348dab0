import {
  type Catalog,
  type Condition,
  conditionSentence,
  type FlowGraph,
  type FlowNode,
  isGroup,
  type Sentence,
  withSteps,
} from '@baton/engine'
import { fullNumber } from '../../ui/numbers.ts'
import { type ReadStep, readStep } from '../geometry.ts'

/** The words of the card, and the same as one text. */
export function wordsOf(node: FlowNode, read: ReadStep | undefined, catalog: Catalog) {
  const sentence: Sentence = read
    ? read.kind.sentence(read.config, catalog)
    : [
        { text: 'A step from a ', kind: 'plain' },
        { text: 'newer Baton', kind: 'strong' },
        { text: ', kept as it is', kind: 'plain' },
      ]
  const text = sentence.map((it) => it.text).join('')
  const name = typeof node.data.name === 'string' && node.data.name.trim() !== '' ? node.data.name : null
  return { sentence, text, name }
}

/** All that a card has no room for: its whole sentence, and where it sends people different ways by what each asks, what each asks. */
export function wholeWords(read: ReadStep | undefined, text: string, catalog: Catalog): string {
  const cases = read?.kind.decides?.(read.config).cases ?? []
  const asked = cases.flatMap(({ name, when }) => {
    if (cases.length < 2 || when === null || when.rules.length === 0) return []
    const words = conditionSentence(when, catalog).map((it) => it.text)
    return [`${name}: ${words.join(' ')}`]
  })
  return [text, ...asked].join('\n')
}

/** A slot that is still empty, in words: "choose a mail" is an order on the card, and "no mail chosen yet" is what a step is heard to lack. */
function slotWords(text: string): string {
  const [, what] = /^choose (?:an? )?(.+)$/.exec(text) ?? []
  if (what !== undefined && !what.startsWith('how ')) return `no ${what} chosen yet`
  const [, thing] = /^(?:add )?an? (.+)$/.exec(text) ?? []
  return thing === undefined ? `${text.replace(/^(?:say|choose) /, '')} is not said yet` : `no ${thing} yet`
}

/** A sentence as it is heard: what is still to be chosen is set off from the words around it. */
export function spokenSentence(sentence: Sentence): string {
  let heard = ''
  for (const [at, { text, kind }] of sentence.entries()) {
    if (kind !== 'missing') heard += text
    else if (at === sentence.length - 1) heard = heard.trim() === '' ? slotWords(text) : `${heard.trimEnd()}: ${slotWords(text)}`
    else heard = `${heard.trim() === '' ? '' : `${heard.trimEnd()}, `}${slotWords(text)},`
  }
  return heard.replaceAll(/,+(?=[,:])/g, '').replace(/,$/, '')
}

/** True where a condition asks for steps passed. */
const speaksOfSteps = (condition: Condition): boolean =>
  condition.rules.some((it) => (isGroup(it) ? speaksOfSteps(it) : it.subject.kind === 'journey'))

const speaking = new WeakMap<ReadStep, boolean>()

/** Whether a card names other steps: only such a card has to follow every edit. */
function namesSteps(read: ReadStep): boolean {
  const before = speaking.get(read)
  if (before !== undefined) return before
  const now = read.kind.conditions(read.config).some(speaksOfSteps)
  speaking.set(read, now)
  return now
}

/** The flow, for a card that names other steps of it; null for all others. */
export function namedFlow(node: FlowNode, graph: FlowGraph): FlowGraph | null {
  const read = readStep(node)
  return read && namesSteps(read) ? graph : null
}

/** What a card reads names from. */
export const cardCatalog = (catalog: Catalog, flow: FlowGraph | null): Catalog => (flow ? withSteps(catalog, flow) : catalog)

/** For how many no yes and no no was to be had at a branch. */
export const undecidedWords = (n: number) =>
  `${fullNumber(n)} of those who came here had a case that could not be decided: a value was missing`
