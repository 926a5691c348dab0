import { create } from 'zustand'
import { type Backup, storeKept } from '../backup.ts'
import { readKept } from './read-backup.ts'
import { keptKey, type Slot } from './storage.ts'

/** Changes that could not be saved over those of somebody else, by place; the oldest first. A person decides about each. */
const useAll = create<Readonly<Record<string, readonly Backup[]>>>(() => ({}))

const none: readonly Backup[] = []

/** Reads what waits from an earlier visit. */
export function loadKept(slot: Slot) {
  if (useAll.getState()[keptKey(slot)] === undefined) useAll.setState({ [keptKey(slot)]: readKept(slot) })
}

/** @returns whether the browser's storage took it; it is on the page either way */
export function addKept(slot: Slot, backup: Backup): boolean {
  loadKept(slot)
  const next = [...(useAll.getState()[keptKey(slot)] ?? none), backup]
  useAll.setState({ [keptKey(slot)]: next })
  return storeKept(slot, next)
}

/** Somebody has decided. @returns how to take that back */
export function dropKept(slot: Slot, backup: Backup): () => void {
  const before = useAll.getState()[keptKey(slot)] ?? none
  const next = before.filter((it) => it !== backup)
  useAll.setState({ [keptKey(slot)]: next })
  storeKept(slot, next)
  return () => void addKept(slot, backup)
}

export const useKept = (slot: Slot): readonly Backup[] => useAll((all) => all[keptKey(slot)] ?? none)
