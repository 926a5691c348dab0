import { create } from 'zustand'

export type Toast = {
  words: string
  /** Something did not work; stays until closed. */
  bad?: boolean | undefined
  /** Takes the deed back. The toast goes when it is pressed. */
  undo?: (() => void) | undefined
}

export type Shown = Toast & { id: number }

/** What is on the screen now, oldest first; at most three. */
export const useToasts = create<{ shown: readonly Shown[] }>(() => ({ shown: [] }))

let next = 0

/** Says what happened at the foot of the window: `toast({ words: 'Duplicated as Webinar (2)', undo })`. Gone after eight seconds. */
export function toast(one: Toast) {
  next += 1
  const id = next
  useToasts.setState(({ shown }) => ({ shown: [...shown, { ...one, id }].slice(-3) }))
}

/** Takes one away. */
export const dropToast = (id: number) => useToasts.setState(({ shown }) => ({ shown: shown.filter((one) => one.id !== id) }))
