import { openAgent } from './faults/agent.ts'

// A server in a process of its own, for soaks that kill and freeze: it does what its parent says, and ends with it.
openAgent()
