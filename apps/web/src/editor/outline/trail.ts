import { createContext, useContext } from 'react'

/** The way that somebody walked so far, in Simulate: steps, ways by step and port, and the step where they are. */
export interface Trail {
  name: string
  nodes: ReadonlySet<string>
  ways: ReadonlySet<string>
  here: string | null
}

/** Of whoever walks through the flow that is shown; null where nobody does. */
export const TrailContext = createContext<Trail | null>(null)

export const useTrail = () => useContext(TrailContext)
