import type { FlowGraph } from '@baton/engine'
import { diffGraphs } from './together/diff.ts'
import { dropText, keepText, keptKey, type Slot, unsavedKey } from './together/storage.ts'

/** What was not saved when the page was closed, or could not be. */
export interface Backup {
  graph: FlowGraph
  /** The revision it was made on, and what that was. */
  rev: number
  base: FlowGraph
  at: number
}

const toJson = ({ graph, base, rev, at }: Backup) => ({ graph, rev, at, toBase: diffGraphs(graph, base) })

/** @returns whether it is kept: storage may be full or forbidden. The changes are still on the page then. */
export function keepBackup(slot: Slot, backup: Backup | null): boolean {
  if (backup) return keepText(unsavedKey(slot), JSON.stringify(toJson(backup)))
  dropText(unsavedKey(slot))
  return true
}

/** Keeps changes that met those of somebody else. @returns whether they are kept, as above */
export function storeKept(slot: Slot, kept: readonly Backup[]): boolean {
  if (kept.length > 0) return keepText(keptKey(slot), JSON.stringify(kept.map(toJson)))
  dropText(keptKey(slot))
  return true
}
