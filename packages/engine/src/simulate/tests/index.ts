export { type KeptWalk, keepWalk, type WalkToKeep } from './keep.ts'
export { stateOfPersona } from './persona.ts'
export { runFlowTest, startOf, type TestOutcome } from './run.ts'
export { type FlowTest, flowTest, type Persona, persona, type TestEnd, type TestEvent, type WayStep } from './schema.ts'
