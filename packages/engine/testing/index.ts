export * from './conditions.ts'
export { recompute } from './recompute.ts'
export { type MemoryContact, type MemoryRun, runInMemory } from './run-in-memory.ts'
export { samplePerson, samplePlan, sampleRun } from './sample-run.ts'
