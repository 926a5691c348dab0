import type { On } from '../schema.ts'
import type { Way } from './way.ts'

/** Somebody or something lets them in: a person, a program, a step of another flow. */
export const askedWay = ({ kind }: On<'api' | 'flow' | 'manual'>): Way => ({
  check: () => [],
  compile: () => ({ trigger: { on: { kind } } }),
})
