import { recomputeTruth } from '../../src/condition/trace.ts'
import type { BranchReason } from '../../src/state/reasons/branch.ts'

/** Which case was taken. */
export function recomputeBranch(reason: BranchReason): string | null {
  for (const { id, truth, rules } of reason.cases) {
    const again = recomputeTruth(rules)
    if (again !== truth) return null
    if (again === true) return id
  }
  return reason.code === 'branch.otherwise' ? 'otherwise' : null
}
