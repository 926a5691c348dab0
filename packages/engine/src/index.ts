export { advance } from './advance/advance.ts'
export { effectKey, enrolmentPrefix } from './advance/effect-key.ts'
export { pausedBetween } from './advance/pauses.ts'
export { rollOutPlace } from './advance/roll-out.ts'
export { zoneOf } from './advance/scope.ts'
export { LATE_MS, MAX_STEPS } from './advance/turn.ts'
export * from './agreement/index.ts'
export type { Asks, Deed } from './asks.ts'
export {
  type AgreementEntry,
  type Catalog,
  type DimensionModel,
  emptyCatalog,
  type FlowDigest,
  NO_SENDING_RULES,
  passedFlows,
  type SendingRules,
} from './catalog.ts'
export { checkFlow } from './check/check-flow.ts'
export { flowDigest } from './check/digest.ts'
export type { Issue } from './check/issue.ts'
export { issueKey } from './check/issue-key.ts'
export { withSteps } from './check/steps.ts'
export type { CheckContext, Forecast } from './check/subject.ts'
export { buildPlan, datedId, type PlanSource } from './compile/build-plan.ts'
export { canonicalJson } from './compile/canonical.ts'
export { checkWithSubFlows } from './compile/check-inlined.ts'
export { compileFlow, planHash } from './compile/compile-flow.ts'
export { digest } from './compile/digest.ts'
export { type Entrance, entrancesOf } from './compile/entrances.ts'
export {
  type ContainedFlow,
  callOf,
  collapseSubFlows,
  containedIn,
  inlineSubFlows,
  type LookupFlow,
  MAX_NESTING,
  MAX_NODES,
} from './compile/inline.ts'
export { triggerOf, triggersOf } from './compile/triggers-of.ts'
export * from './condition/index.ts'
export * from './diff/index.ts'
export { copyFlow } from './edit/copy-flow.ts'
export * from './edit/index.ts'
export * from './explain/index.ts'
export { isFoldedType, MAX_FIELD_TEXT, readFieldValue } from './fields/read.ts'
export { DEEPEST, nestsTooDeep } from './graph/depth.ts'
export { flowJsonSchema } from './graph/json-schema.ts'
export { type GraphError, parseGraph } from './graph/parse.ts'
export { conditionReferences, GRADE, referencesOf } from './graph/references.ts'
export {
  type FlowEdge,
  type FlowGraph,
  type FlowGroup,
  type FlowNode,
  type FlowNote,
  type FlowSettings,
  flowEdge,
  flowGraph,
  flowNode,
  flowSettings,
  GRAPH_FORMAT,
  MAX_TESTS,
} from './graph/schema.ts'
export { type JournalLine, journalLine, journalLines, sortJournal } from './journal.ts'
export type {
  Category,
  Comparison,
  CompiledGoal,
  CompiledNode,
  CompiledTrigger,
  ConfigMigration,
  Contained,
  NodeKind,
  Outcome,
  Port,
  Reference,
  StepEffect,
  StepScope,
  TriggerMatch,
} from './kind.ts'
export { type MergeChoice, type Merged, mergeStates } from './merge/merge-states.ts'
export type { MergedPassage } from './merge/passages.ts'
export * from './migrate/index.ts'
export { carriedBy } from './nodes/carried-by.ts'
export { type NotifyPayload, notifyPayload } from './nodes/notify/payload.ts'
export { type ConfigProblem, type ParsedNode, parseConfig, parseNode } from './nodes/parse-config.ts'
export { type ConfigOf, kindOf, kinds, type NodeType } from './nodes/registry.ts'
export { gate, gateVerdict, MARKETING_TOPIC, opensAt, stillStopped } from './nodes/send-email/gate.ts'
export type { SendEmailConfig } from './nodes/send-email/schema.ts'
export { type ThrottlePayload, type ThrottleRate, throttlePayload, throttleRate } from './nodes/throttle/payload.ts'
export { type WaitSample, type WaitTimes, waitTimes } from './nodes/wait/preview.ts'
export { MAX_ANSWER_BYTES, MAX_BODY_BYTES, type WebhookPayload, webhookPayload } from './nodes/webhook/payload.ts'
export type { CompiledFlow, Env, FlowState, Pause, Plan, PlanIndex, PlannedFlow, TriggerRef } from './plan.ts'
export * from './scoring/index.ts'
export type { Sentence, SentencePart } from './sentence.ts'
export * from './simulate/backtest/index.ts'
export * from './simulate/forecast/index.ts'
export * from './simulate/play/index.ts'
export * from './simulate/tests/index.ts'
export * from './simulate/walk/index.ts'
export * from './simulate/world/index.ts'
export type { ContactState } from './state/contact.ts'
export { type HandoffContract, PLAIN_CONTRACT, type Presentation, type Returns, returnOf } from './state/contract.ts'
export { emptyState } from './state/empty.ts'
export type { BeforeMigration, Enrolment, EnrolmentVars, Parked, Step } from './state/enrolment.ts'
export type {
  Actor,
  Attempt,
  ByRep,
  EffectNews,
  HandoffNews,
  InboxItem,
  MigrationAnswer,
  PassageData,
  Return,
  TurnInput,
} from './state/input.ts'
export type {
  ContactEvent,
  EnrolmentKey,
  FieldDefinition,
  FieldType,
  FieldValue,
  HandoffFact,
  Instant,
  LedgerLine,
  OwnerSide,
  Person,
  RelatedFact,
  RelatedKind,
  ReturnCause,
  RuleCause,
  SendFact,
  SendStatus,
  Stage,
  StepCause,
} from './state/person.ts'
export type { GateTrace, Reason, ReasonCode, RuleTrace } from './state/reason.ts'
export type {
  EnrolmentChange,
  EnrolmentEnd,
  HandoffEffect,
  HandoffPacket,
  NodeDelta,
  OutgoingEffect,
  RelatedChange,
  SendEffect,
  TurnResult,
} from './state/result.ts'
export { UNDECIDED } from './state/result.ts'
export { carriedInMail } from './values/placeholder.ts'
