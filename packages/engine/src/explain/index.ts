export { EXPLAIN, type Explanation, explain, type Refusal } from './explain.ts'
export type { TriggerVerdict } from './triggers.ts'
