import type { Instant } from '../person.ts'
import type { RuleTrace } from '../trace.ts'

/** Which way was taken at a branch, with every case that was looked at. */
export type BranchReason =
  | {
      code: 'branch.case'
      case: string
      cases: { id: string; truth: boolean | null; rules: RuleTrace[] }[]
      now: Instant
      enteredAt: Instant
    }
  | { code: 'branch.otherwise'; cases: { id: string; truth: boolean | null; rules: RuleTrace[] }[]; now: Instant; enteredAt: Instant }
