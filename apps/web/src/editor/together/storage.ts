/** What the browser keeps for the editor. Histories may be forgotten to make room; unsaved changes may not. */
const HISTORY = 'baton.history.'
const UNSAVED = 'baton.unsaved.'
const KEPT = 'baton.kept.'

/** Whose flow: what one person left unsaved is nobody else's at the same browser. */
export interface Slot {
  userId: string
  flowId: string
}

const place = ({ userId, flowId }: Slot) => `${userId}.${flowId}`
export const unsavedKey = (slot: Slot) => UNSAVED + place(slot)
export const keptKey = (slot: Slot) => KEPT + place(slot)
export const historyKey = (slot: Slot) => HISTORY + place(slot)

/** What is read or written; a browser may forbid it. */
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const store = (): Store => localStorage

/** Forgets the histories of all flows but one. @returns whether there was any */
function makeRoom(all: Store, but: string): boolean {
  const keys = Array.from({ length: all.length }, (_, at) => all.key(at)).filter((key) => key?.startsWith(HISTORY) && key !== but)
  for (const key of keys) if (key !== null) all.removeItem(key)
  return keys.length > 0
}

/** @returns null where nothing is, or nothing may be read */
export function readText(key: string, all: () => Store = store): string | null {
  try {
    return all().getItem(key)
  } catch {
    return null
  }
}

/** Keeps a text; where storage is full, histories make room. @returns whether it is kept */
export function keepText(key: string, text: string, all: () => Store = store): boolean {
  try {
    const into = all()
    try {
      into.setItem(key, text)
    } catch {
      if (!makeRoom(into, key)) throw new Error('There is nothing to forget')
      into.setItem(key, text)
    }
    return true
  } catch {
    return false
  }
}

/** Forgets. */
export function dropText(key: string, all: () => Store = store) {
  try {
    all().removeItem(key)
  } catch {
    // Where nothing may be written, nothing is.
  }
}
