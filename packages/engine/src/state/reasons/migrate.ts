import type { Actor } from '../input.ts'

/** A new version was published over people in flight; the plan said what becomes of those who stood here. */
export type MigrateReason = {
  code: 'migrated'
  from: number
  to: number
  migration: string
  answer: 'same' | 'go-on' | 'leave'
  node: string | null
  /** The migration that this one took back. */
  reverts?: string | undefined
  by: Actor
}
