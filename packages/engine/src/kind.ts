import type { z } from 'zod'
import type { Asks } from './asks.ts'
import type { Catalog, SendingRules } from './catalog.ts'
import type { Issue } from './check/issue.ts'
import type { CompiledCondition, ConditionScope } from './condition/compiled.ts'
import type { Condition, PropertyRule } from './condition/schema.ts'
import type { Sentence } from './sentence.ts'
import type { HandoffContract } from './state/contract.ts'
import type { Enrolment } from './state/enrolment.ts'
import type { InboxItem, PassageData } from './state/input.ts'
import type { ContactEvent, FieldValue, Instant } from './state/person.ts'
import type { Reason } from './state/reason.ts'

export type Category = 'trigger' | 'wait' | 'logic' | 'action' | 'sales' | 'exit'

/** A way out of a node. */
export interface Port {
  id: string
  label: string
  /** Good news, what is lost, what wants another try; neutral is none of them, or what does not come about as it is set. */
  tone: 'good' | 'neutral' | 'loss' | 'retry'
  /** Who leaves by it is to be back at this node, after a time. */
  back?: true | undefined
  /** How often somebody leaves by it at most, in one passage; nothing where there is no such bound. */
  most?: number | undefined
}

/** Something a node refers to that lives outside the flow. */
export interface Reference {
  kind:
    | 'segment'
    | 'field'
    | 'template'
    | 'team'
    | 'event'
    | 'dimension'
    | 'calendar'
    | 'topic'
    | 'flow'
    | 'user'
    | 'form'
    | 'secret'
    | 'agreement'
    | 'grade'
  id: string
}

/** What a step may ask for. The turn applies it to the contact's state at once, so that the next step sees it. */
export type StepEffect =
  | { do: 'send'; templateId: string; purpose: 'marketing' | 'transactional'; topic: string | null }
  | { do: 'score'; dimension: string; points: number; rule: string }
  | { do: 'set-field'; key: string; value: FieldValue | null }
  /** `joins`: the open hand-off that stands for this one. */
  | {
      do: 'hand-off'
      teamId: string
      why: string
      fields: readonly string[]
      note: string | null
      contract: HandoffContract
      joins?: string | undefined
    }
  /** A hand-off that slept is awake again; one that sleeps from now on, until this passage is back at this node. */
  | { do: 'resume'; handoff: string }
  | { do: 'sleep'; handoff: string }
  /** Puts the contact on a list, or takes it off. */
  | { do: 'list'; segmentId: string; on: boolean }
  /** Keeps the way a split drew for this contact at this node, in place of one that the split has no longer. */
  | { do: 'draw'; way: string }
  /** Something for the outside world; its answer comes back as an item `effect` with this effect's key. */
  | { do: 'out'; kind: 'webhook' | 'notify' | 'throttle'; payload: Readonly<Record<string, unknown>> }
  /** The passage carries these from now on. */
  | { do: 'carry'; data: PassageData }
  /** Lets the contact into another flow; handled after the step. */
  | { do: 'start'; flowId: string; key: string; data?: PassageData | undefined }

/** What a node decides. */
export type Outcome =
  /** `unknown`: something that was asked on the way could not be decided for want of a value; counted at the node. */
  | { do: 'leave'; port: string; reason: Reason; effects?: readonly StepEffect[] | undefined; unknown?: true | undefined }
  /** Stays; `due` is the next instant it wants to be asked again, null when only an item can wake it. */
  | { do: 'stay'; due: Instant | null; here?: Readonly<Record<string, unknown>> | undefined; effects?: readonly StepEffect[] | undefined }
  /** The passage ends here. `how`: whether the author counts this exit as having finished; `reached`: what the flow is for. */
  | { do: 'end'; reason: Reason; label: string | null; how: 'finished' | 'left' | 'reached' }

/** What a step may see: the scope of conditions plus where it stands. Its methods are called on it, never taken out of it. */
export interface StepScope extends ConditionScope {
  enrolment: Enrolment
  /** The key that effect `ordinal` of this visit gets. */
  effectKey(this: StepScope, ordinal: number): string
  /** A fair number in [0, 1) from (contact key, flow, object key, entry, node, visit, seed, salt). */
  dice(this: StepScope, salt: string): number
  /** The contact's zone and where it came from. */
  zone: { zone: string; source: string }
  /** The workspace's rules for marketing mail, as they are now. */
  sending: SendingRules
  /** The way kept for this contact at this node at its first arrival; undefined: none yet. */
  drawn(this: StepScope): string | undefined
  /** Ms of pauses of this flow between two instants. */
  pausedBetween(this: StepScope, from: Instant, to: Instant): number
}

/** A compiled node: closures over its parsed config. Pure. */
export interface CompiledNode {
  /** The node is entered. */
  enter(scope: StepScope): Outcome
  /** Its `due` has come (never called early). */
  due?(scope: StepScope): Outcome
  /** Asked while an enrolment rests here whenever anything may have changed (after every item and step); undefined: stays as it is. */
  again?(scope: StepScope): Outcome | undefined
  /** An item arrived while an enrolment is here; undefined: does not concern it. */
  wake?(scope: StepScope, item: InboxItem): Outcome | undefined
  /** Only triggers: does this let somebody in? */
  trigger?: CompiledTrigger | undefined
  /** Only goals: what is watched for everybody in the flow, wherever they stand. */
  goal?: CompiledGoal | undefined
  /** Mails of which it must know whether they were ever sent to the contact, however long ago. */
  mails?: readonly string[] | undefined
  /** It keeps the way it draws, for as long as it has that way (`draw`): the ways kept must be loaded. */
  draws?: boolean | undefined
  /** What it asks of the world outside; nothing where absent. */
  asks?: Asks | undefined
  /** Conditions inside, for the reverse index of what the plan reads. */
  conditions: readonly CompiledCondition[]
}

/** What is watched for everybody in the flow who has not reached it yet: they leave as reached, or go on at this node. SEMANTICS 3. */
export interface CompiledGoal {
  when: CompiledCondition
  then: 'leave' | 'jump'
}

/** What a trigger found: why it lets in, the object key, and what the passage carries. */
export interface TriggerMatch {
  reason: Reason
  key: string
  data?: PassageData | undefined
}

/** What lets a contact in. */
export interface CompiledTrigger {
  on:
    | { kind: 'segment-joined'; segmentId: string }
    | { kind: 'segment-left'; segmentId: string }
    | { kind: 'event'; type: string }
    | { kind: 'field'; key: string }
    | { kind: 'score'; dimension: string }
    /** Fires by time, at an instant made of a date field of the contact. */
    | { kind: 'date'; key: string }
    /** The server lets the members of the segment in at each recurrence. */
    | { kind: 'schedule'; segmentId: string }
    | { kind: 'api' }
    | { kind: 'flow' }
    | { kind: 'manual' }
  /** It lets in also on events that are old or imported. */
  historic?: boolean | undefined
  /** For an event: does it match, and with which reason and object key. */
  match?(event: ContactEvent, scope: ConditionScope): TriggerMatch | undefined
  /** For a field or a score that changed: does this change match? Values as stored; scores in hundredths. */
  changed?(before: FieldValue | number | null, after: FieldValue | number | null, scope: ConditionScope): TriggerMatch | undefined
  /** For a date, or a score whose points age: the first instant strictly after `after` at which it fires by time; null: never. */
  nextDate?(scope: ConditionScope, after: Instant): { at: Instant; match: TriggerMatch } | null
  /** For a schedule: the first time strictly after `after`; null: never again. */
  nextTime?(after: Instant): Instant | null
  /** For a schedule: why somebody comes in at one of its times. */
  atTime?(occurrence: Instant): TriggerMatch
}

/** Another flow's published version whose steps are put in place at publish. */
export interface Contained {
  flowId: string | null
  version: number | null
  /** The trigger behind which people begin. */
  start: string | null
  /** Its exits: ports of the node. */
  ways: readonly string[]
  /** The port that leads to the first step, once the steps are in place; and the one on, in the place of an exit. */
  inside: string
  onward: string
  inlined: boolean
}

/** A migration of a kind's config from one version to the next; run on read, never rewrites what is published. */
export interface ConfigMigration {
  from: number
  name: string
  up(config: Readonly<Record<string, unknown>>): Record<string, unknown>
}

/** A kind of node says what it is; shared code asks and never branches on type names. What it does stands beside it, as its run. */
export interface NodeKind<C, T extends string = string> {
  readonly type: T
  category: Category
  /** True where people may stand for a time: a circle of steps needs at least one such. */
  rests: boolean
  /** Where it depends on the config. */
  restsAs?(config: C): boolean
  /** Version of the config's schema; stored as `v` in the node's data. */
  version: number
  migrations: readonly ConfigMigration[]
  config: z.ZodType<C>
  /** What a fresh node starts with. May be incomplete: the checks then say what to choose. */
  defaults(): Record<string, unknown>
  ports(config: C): readonly Port[]
  /** Only kinds that need no way in: the ports by which people may leave who came by none. */
  free?(config: C): readonly string[]
  references(config: C): readonly Reference[]
  conditions(config: C): readonly Condition[]
  /** Names under which the passage may carry a value once this step is taken; `any` where nobody can tell. None where absent. */
  carries?(config: C): readonly string[] | 'any'
  /** Names of carried values that this step uses, those in its conditions not counted. None where absent. */
  takes?(config: C): readonly string[]
  /** Only kinds that send people different ways by chance: the ways, and what they are compared by. */
  compares?(config: C): Comparison
  /** Only kinds that send people different ways by what is true of them, or happens. */
  decides?(config: C): Decision
  /** What of the person this step changes at once. Where absent, anything may be otherwise behind it: time has passed, or others acted. */
  changes?(config: C): readonly Change[]
  /** The least time, in ms, between coming here and leaving by this port; none where absent. */
  lasts?(config: C, port: string): number
  /** Only kinds that send mail: what, and how people go on. */
  mails?(config: C): Mailing | null
  /** Only triggers: by what people come in, as far as it can be told apart from other ways in; null where nobody can tell. */
  entrance?(config: C): Entry | null
  /** The instant a step waits for that is the same for everybody, and after which nobody waits any more; `over` says what comes of it. */
  fixed?(config: C): { at: Instant; over: string } | null
  /** The card's sentence: verb and glue plain, what the author chose strong. */
  sentence(config: C, catalog: Catalog): Sentence
  /**
   * Only kinds whose node stands for the steps of another flow; null where this one does not. A publish sets `inlined: true` in its data,
   * and puts a node of the same kind with `left: <exit>` in the place of each exit.
   */
  contains?(config: C): Contained | null
}

/**
 * What a kind does. Apart from the kind itself, so that whoever only draws and words flows (a browser's first look at the canvas) need not load
 * it.
 */
export interface NodeRun<C, T extends string = string> {
  readonly type: T
  /** Problems only this kind can know. Missing choices are errors that say what to choose. */
  check(config: C, catalog: Catalog): readonly Omit<Issue, 'nodes'>[]
  compile(config: C, tools: CompileTools): CompiledNode
}

/** Ways that people were sent by chance, and what counts as success on them, if anything does. */
export interface Comparison {
  ways: readonly { id: string; name: string; holdOut: boolean }[]
  goal: { type: string; where: readonly PropertyRule[]; days: number } | null
}

/** Where people go by what is true of them. */
export interface Decision {
  /** In the order in which they are asked. One of `when` and `event` is given, as far as it is chosen. */
  cases: readonly { port: string; name: string; path: string; when: Condition | null; event: string | null }[]
  /** The way of those whom no case takes, at once; null where they wait until one does. */
  otherwise: string | null
}

/** Something of a person that a step changes. */
export interface Change {
  kind: 'field' | 'dimension' | 'segment'
  id: string
}

/** A mail that a step sends. */
export interface Mailing {
  templateId: string | null
  /** The port by which those leave who got it. */
  port: string
  /** Who does not get it goes on by the same port. */
  alike: boolean
  /** Nobody gets it a second time within so many days; null: they may. */
  onceIn: number | null
}

/** How people come in, for comparing flows with one another. */
export interface Entry {
  /** Two flows with the same key let the same people in at the same moment. */
  key: string
  /** The segment that they are in at that moment. */
  segmentId: string | null
}

/** Writes a kind down with its type name kept literal, so that the registry can check its keys. */
export const defineKind = <T extends string, C>(kind: NodeKind<C, T>): NodeKind<C, T> => kind

export interface CompileTools {
  nodeId: string
  flowId: string
  catalog: Catalog
  condition(source: Condition): CompiledCondition
}

/** Writes down what a kind does, for the configs of that kind. */
export const defineRun = <T extends string, C>({ type }: NodeKind<C, T>, run: Omit<NodeRun<C, T>, 'type'>): NodeRun<C, T> => ({
  type,
  ...run,
})
