import { type FlowGraph, parseGraph } from '@baton/engine'
import { z } from 'zod'

/** What was not saved when the page was closed. */
export interface Backup {
  graph: FlowGraph
  /** The revision it was made on. */
  rev: number
  at: number
}

const shape = z.object({ graph: z.unknown(), rev: z.number().int(), at: z.number() })
const keyOf = (flowId: string) => `baton.unsaved.${flowId}`

/** Reads what storage holds; whatever is not a flow any more is nothing. */
export function parseBackup(text: string | null): Backup | null {
  try {
    const found = shape.safeParse(JSON.parse(text ?? ''))
    if (!found.success) return null
    const read = parseGraph(found.data.graph)
    return 'ok' in read ? { ...found.data, graph: read.ok } : null
  } catch {
    return null
  }
}

export function readBackup(flowId: string): Backup | null {
  try {
    return parseBackup(localStorage.getItem(keyOf(flowId)))
  } catch {
    return null
  }
}

export function keepBackup(flowId: string, backup: Backup | null) {
  try {
    if (backup) localStorage.setItem(keyOf(flowId), JSON.stringify(backup))
    else localStorage.removeItem(keyOf(flowId))
  } catch {
    // Storage is full or forbidden: the changes are still on the page, and the guard asks before it closes.
  }
}
