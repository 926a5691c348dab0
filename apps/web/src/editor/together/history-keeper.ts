import { canonicalJson, digest, type FlowGraph, type History, startHistory } from '@baton/engine'
import { z } from 'zod'
import { diffGraphs } from './diff.ts'
import { applyPatch, type Patch, patchShape } from './patch.ts'
import { dropText, historyKey, keepText, readText, type Slot } from './storage.ts'

/** Letters of a history at most; the steps farthest away are forgotten first. */
export const MOST = 400_000

const shape = z.object({ of: z.string(), back: z.array(patchShape), forth: z.array(patchShape) })

/** Which graph a history belongs to: undo of anything else would make up a flow. */
const markOf = (graph: FlowGraph) => digest(canonicalJson(graph))

/** As many patches as fit into so many letters, the first of them for certain to be left out last. */
function fitting(texts: readonly string[], most: number): string[] {
  let used = 0
  const end = texts.findIndex((text) => {
    used += text.length + 1
    return used > most
  })
  return texts.slice(0, end === -1 ? texts.length : end)
}

/** Patches that were made before: of a long history all but the last step are what they were. */
const made = new WeakMap<FlowGraph, { from: FlowGraph; text: string }>()

function patchText(from: FlowGraph, to: FlowGraph): string {
  const known = made.get(to)
  if (known?.from === from) return known.text
  const text = JSON.stringify(diffGraphs(from, to))
  made.set(to, { from, text })
  return text
}

/** Patches from the present outwards. */
const steps = (from: FlowGraph, graphs: readonly FlowGraph[]) => graphs.map((graph, at) => patchText(graphs[at - 1] ?? from, graph))

/** A history as text, without the present itself. Empty where there is nothing to undo or redo. */
export function packHistory({ past, present, future }: History): string {
  const back = fitting(steps(present, past.toReversed()), MOST)
  const room = MOST - back.reduce((sum, it) => sum + it.length + 1, 0)
  const forth = fitting(steps(present, future), room)
  if (back.length + forth.length === 0) return ''
  return `{"of":${JSON.stringify(markOf(present))},"back":[${back.join()}],"forth":[${forth.join()}]}`
}

function walk(from: FlowGraph, patches: readonly Patch[]): FlowGraph[] {
  const graphs: FlowGraph[] = []
  for (const patch of patches) graphs.push(applyPatch(graphs.at(-1) ?? from, patch))
  return graphs
}

/** The history of a graph; none where the text is of another one, or of none. */
export function unpackHistory(text: string | null, present: FlowGraph): History {
  const none = startHistory(present)
  if (text === null) return none
  try {
    const read = shape.safeParse(JSON.parse(text))
    if (!read.success || read.data.of !== markOf(present)) return none
    return { ...none, past: walk(present, read.data.back).reverse(), future: walk(present, read.data.forth) }
  } catch {
    return none
  }
}

export const readHistory = (slot: Slot, present: FlowGraph): History => unpackHistory(readText(historyKey(slot)), present)

/** @returns whether undo will be there after the page was closed */
export function keepHistory(slot: Slot, history: History): boolean {
  const text = packHistory(history)
  if (text !== '' && keepText(historyKey(slot), text)) return true
  dropText(historyKey(slot))
  return text === ''
}
