import { copy, type Fragment, fragment, parseGraph } from '@baton/engine'
import { toast } from '../../ui/toast.ts'
import type { Point } from '../grid.ts'
import type { EditorStore } from '../store.ts'
import { MAX_STEPS, tooManyWords } from '../together/limits.ts'
import { pasteSteps } from './deeds.ts'

type Read = { steps: Fragment } | { why: string }

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const lengthOf = (value: unknown) => (Array.isArray(value) ? value.length : 0)

/** Steps from a text of the clipboard: copied ones, or a whole flow as it is saved in a file. Else what it is instead, and what to do. */
export function readPasted(text: string): Read {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { why: 'Nothing was pasted: the clipboard holds text, and no steps. Copy steps in a flow first.' }
  }
  if (!isRecord(value)) return { why: 'Nothing was pasted: the clipboard holds no steps. Copy steps in a flow first.' }
  if (Array.isArray(value.flows)) return { why: 'Nothing was pasted: this is a file of several flows. Open it from the list of flows.' }
  const graph = value.baton === 'flow' ? value.graph : value
  const many = isRecord(graph) ? lengthOf(graph.nodes) : 0
  if (many > MAX_STEPS) return { why: `Nothing was pasted. ${tooManyWords(many)}` }
  if (value.baton === 'steps') {
    const read = fragment.safeParse(value)
    if (read.success) return { steps: read.data }
    const fault = read.error.issues[0]
    return {
      why: `Nothing was pasted: these steps cannot be read. ${fault ? `${fault.path.map(String).join('.')}: ${fault.message}` : ''}`,
    }
  }
  if (!isRecord(graph) || !Array.isArray(graph.nodes)) {
    return { why: 'Nothing was pasted: the clipboard holds no steps. Copy steps in a flow first.' }
  }
  const read = parseGraph(graph)
  if (!('ok' in read)) {
    const fault = read.error[0]
    const where = fault && fault.path !== '' && fault.path !== 'format' ? `${fault.path}: ` : ''
    return { why: `Nothing was pasted. ${where}${fault?.message ?? 'It cannot be read.'}` }
  }
  if (read.ok.nodes.length === 0) return { why: 'Nothing was pasted: this flow has no steps.' }
  return {
    steps: copy(
      read.ok,
      read.ok.nodes.map(({ id }) => id),
    ),
  }
}

/** Steps that may be put down; undefined where there are none, and then it was said why. */
export function stepsToPaste(store: EditorStore, text: string): Fragment | undefined {
  if (text.trim() === '') return undefined
  const read: Read = store.getState().readOnly ? { why: 'Nothing was pasted: you read this flow, you do not draw it.' } : readPasted(text)
  if ('steps' in read) return read.steps
  toast({ words: read.why, bad: true })
  return undefined
}

/** Puts what was pasted down at a place. */
export function pasteText(store: EditorStore, text: string, at: Point) {
  const steps = stepsToPaste(store, text)
  if (steps) pasteSteps(store, steps, at)
}
