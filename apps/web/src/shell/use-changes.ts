import { useState } from 'react'

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/**
 * What somebody changed of what is stored. Only that is sent, so that two admins do not undo each other's work.
 * @param keys those that the form edits
 */
export function useChanges<T extends object>(stored: T, keys: readonly (keyof T)[]) {
  const [edited, setEdited] = useState<Partial<T>>({})
  const draft: T = { ...stored, ...edited }
  const changed = keys.filter((key) => !same(draft[key], stored[key]))
  return {
    draft,
    dirty: changed.length > 0,
    set: (change: Partial<T>) => setEdited({ ...edited, ...change }),
    changes: () => Object.fromEntries(changed.map((key) => [key, draft[key]])),
    discard: () => setEdited({}),
  }
}
