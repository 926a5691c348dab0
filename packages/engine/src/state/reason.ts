import type { ActionReason } from './reasons/action.ts'
import type { BranchReason } from './reasons/branch.ts'
import type { HandoffReason } from './reasons/handoff.ts'
import type { LeaveReason } from './reasons/leave.ts'
import type { MergeReason } from './reasons/merge.ts'
import type { MigrateReason } from './reasons/migrate.ts'
import type { PersonReason } from './reasons/person.ts'
import type { SendReason } from './reasons/send.ts'
import type { SubFlowReason } from './reasons/sub-flow.ts'
import type { TriggerReason } from './reasons/trigger.ts'
import type { WaitReason } from './reasons/wait.ts'

export type { GateTrace } from './reasons/send.ts'
export type { RuleTrace } from './trace.ts'

/** Why a node was left by the way it was left, as far as the node decided it. */
type StepReason =
  | TriggerReason
  | WaitReason
  | BranchReason
  | PersonReason
  | SendReason
  | HandoffReason
  | ActionReason
  | LeaveReason
  | MigrateReason
  | MergeReason
  | SubFlowReason

/** Why a step was taken. A closed list: every code with what it needs to be decided again. */
export type Reason =
  | StepReason
  /** The port it would have left by leads nowhere; `because` is why it would have left. */
  | { code: 'no-way-on'; port: string; because: Reason }
export type ReasonCode = Reason['code']
