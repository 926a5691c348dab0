import type { DimensionModel, SendingRules } from './catalog.ts'
import type { Issue } from './check/issue.ts'
import type { CompiledCondition, Reads } from './condition/compiled.ts'
import type { FlowSettings } from './graph/schema.ts'
import type { CompiledGoal, CompiledNode, CompiledTrigger } from './kind.ts'
import type { CompiledScoring } from './scoring/compiled.ts'
import type { FieldType, Instant } from './state/person.ts'

/** A published version made ready to run. Only `compileFlow` makes these. */
export interface CompiledFlow {
  flowId: string
  version: number
  settings: FlowSettings
  nodes: ReadonlyMap<string, CompiledNode>
  /** Node id → port → next node id. */
  next: ReadonlyMap<string, ReadonlyMap<string, string>>
  triggers: readonly { node: string; trigger: CompiledTrigger }[]
  /** Goals, in the order of node ids. */
  goals: readonly { node: string; goal: CompiledGoal }[]
  /** The flow's own rule for leaving. */
  exitWhen: CompiledCondition | null
  /** Mails of which its steps ask whether they were ever sent. */
  mails: ReadonlySet<string>
  reads: Reads
  /** SHA-256-like hash of the graph's canonical JSON: the same graph gives the same plan. */
  hash: string
}

/** live: all. paused: no step, items are held. draining: no entries, those inside go on. stopped: everybody leaves. */
export type FlowState = 'live' | 'paused' | 'draining' | 'stopped'

export interface PlannedFlow {
  flowId: string
  state: FlowState
  /** The version that new people enter; null when nobody may. */
  entry: CompiledFlow | null
  /** Every version with live people. */
  versions: ReadonlyMap<number, CompiledFlow>
  /** Closed and open pauses, in order; `to` null while paused. */
  pauses: readonly Pause[]
  /** The share of contacts that may come in by triggers, 0 to 1: a staged roll-out. All where absent. */
  share?: number | undefined
}

/** freeze: waits get longer by the pause; hold: time goes on, what is due waits; drop: who is overdue at resume leaves. */
export interface Pause {
  from: Instant
  to: Instant | null
  /** freeze where absent. */
  choice?: 'freeze' | 'hold' | 'drop' | undefined
}

/** A trigger of the version that lets people in. */
export interface TriggerRef {
  flowId: string
  node: string
  trigger: CompiledTrigger
}

/** What must be looked at again when something changes: the segments that read it, the triggers that listen to it. */
export interface PlanIndex {
  segments: {
    fields: ReadonlyMap<string, readonly string[]>
    events: ReadonlyMap<string, readonly string[]>
    segments: ReadonlyMap<string, readonly string[]>
    dimensions: ReadonlyMap<string, readonly string[]>
    stage: readonly string[]
    owner: readonly string[]
    consent: readonly string[]
    /** By kind of related record. */
    related: ReadonlyMap<string, readonly string[]>
    /** By flow: those that ask who is or was in it. */
    flows: ReadonlyMap<string, readonly string[]>
  }
  /** By event type and by segment, each in the order of flow id, then node. */
  triggers: {
    events: ReadonlyMap<string, readonly TriggerRef[]>
    segments: ReadonlyMap<string, readonly TriggerRef[]>
    segmentsLeft: ReadonlyMap<string, readonly TriggerRef[]>
    fields: ReadonlyMap<string, readonly TriggerRef[]>
    dimensions: ReadonlyMap<string, readonly TriggerRef[]>
    /** By date field. */
    dates: ReadonlyMap<string, readonly TriggerRef[]>
    /** Whatever fires by time, by `@flow/node`. */
    dated: ReadonlyMap<string, TriggerRef>
  }
}

/** Everything that runs in the workspace, compiled, with a reverse index. */
export interface Plan {
  flows: ReadonlyMap<string, PlannedFlow>
  segments: ReadonlyMap<string, CompiledCondition>
  /** Segments whose condition does not compile: their members stay as they are until it is mended. */
  broken: readonly { segmentId: string; issues: readonly Omit<Issue, 'nodes'>[] }[]
  index: PlanIndex
  /** Types of the workspace's fields: only texts and choices have folded copies. */
  fieldTypes: ReadonlyMap<string, FieldType>
  dimensions: readonly DimensionModel[]
  /** The rules that give points by themselves; null where there are none. */
  scoring: CompiledScoring | null
  sending: SendingRules
  /** Mails whose sends must be loaded however long ago they were. */
  mails: ReadonlySet<string>
  /** Whether any step keeps the way it draws, for as long as it has that way: only then the ways kept must be loaded. */
  draws: boolean
  /** Union of all reads: what the runner loads for a contact. */
  reads: Reads
  workspaceZone: string
}

/** Inputs of a turn that are not the contact's: clock and chance are here, nowhere else. */
export interface Env {
  now: Instant
  seed: string
}
