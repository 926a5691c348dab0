export { type BuiltFlow, buildGraph, compiled, planOf } from './build.ts'
export { BUNDLE_MS, BUNDLE_START, type Bundle, type BundleContact, drawBundles, sharedFields } from './bundles.ts'
export { arbitraryCondition, arbitraryRule, catalog, foldsMeet, NOW, TEXTS } from './conditions.ts'
export { behaving, clickers, everybody, FROM, input, people, run, sampleOf, set, team } from './forecasts.ts'
export { type KindRun, kindRun, kindRuns, type Made, playKindRun, worldOf } from './kind-runs.ts'
export { arbitraryState } from './people.ts'
export {
  type Asked,
  arbitraryFlow,
  arbitraryProgramme,
  type Programme,
  programmeCatalog,
  salesAnswers,
  worldAnswers,
} from './programmes.ts'
export { recompute } from './recompute/index.ts'
export {
  type MemoryContact,
  type MemoryRun,
  type MemoryTurn,
  type PlanFrom,
  type React,
  type RunOptions,
  runInMemory,
} from './run-in-memory.ts'
export { samplePerson, samplePlan, sampleRun } from './sample-run.ts'
export { arbitraryScoreModel } from './score-models.ts'
export { turnWith } from './turns.ts'
