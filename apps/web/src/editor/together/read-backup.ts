import { parseGraph } from '@baton/engine'
import { z } from 'zod'
import type { Backup } from '../backup.ts'
import { applyPatch, patchShape } from './patch.ts'
import { keptKey, readText, type Slot, unsavedKey } from './storage.ts'

const shape = z.object({ graph: z.unknown(), rev: z.number().int(), at: z.number(), toBase: patchShape.optional() })

function fromJson(value: unknown): Backup[] {
  const found = shape.safeParse(value)
  if (!found.success) return []
  const { rev, at, toBase } = found.data
  const read = parseGraph(found.data.graph)
  return 'ok' in read ? [{ graph: read.ok, rev, at, base: toBase ? applyPatch(read.ok, toBase) : read.ok }] : []
}

/** Reads what storage holds, one or a list of them; whatever is not a flow any more is nothing. */
export function parseBackups(text: string | null): Backup[] {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return Array.isArray(value) ? value.flatMap(fromJson) : fromJson(value)
  } catch {
    return []
  }
}

/** What an earlier visit left unsaved. */
export const readBackup = (slot: Slot): Backup | null => parseBackups(readText(unsavedKey(slot)))[0] ?? null

/** Changes that met those of somebody else, until a person decides. The oldest first. */
export const readKept = (slot: Slot): Backup[] => parseBackups(readText(keptKey(slot)))
