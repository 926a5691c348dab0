import { create } from 'zustand'

/** The draft, or a version by its number. */
export type Side = 'draft' | number

/** Two sides of one flow that somebody wants to see beside each other; null: the draft against what is live. */
interface Compared {
  flowId: string
  from: Side
  to: Side
}

export const useCompared = create<{ compared: Compared | null }>(() => ({ compared: null }))

export const compare = (compared: Compared | null) => useCompared.setState({ compared })

export const sideWords = (side: Side): string => (side === 'draft' ? 'Draft' : `Version ${side}`)
