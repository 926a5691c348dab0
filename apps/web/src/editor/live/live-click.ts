import { createContext, useContext } from 'react'

export type Who = 'here' | 'parked' | 'passed'

/** What a press on a count of a card does. Outside of Live there are no counts to press. */
export const LiveClick = createContext<(node: string, who: Who) => void>(() => {})

export const useLiveClick = () => useContext(LiveClick)
