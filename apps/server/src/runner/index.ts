export { type Compiled, createPlans, type Plans } from './plans.ts'
export { type BatchReport, createRunner, type Runner, type RunnerOptions } from './runner.ts'
