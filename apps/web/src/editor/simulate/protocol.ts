import type {
  Catalog,
  Condition,
  ContactState,
  FlowGraph,
  FlowTest,
  Happening,
  Issue,
  KeptWalk,
  Persona,
  PublishedModel,
  TeamFacts,
  TestOutcome,
  Walk,
  WalkChoice,
  WalkDecision,
  WalkEntrance,
  WalkMoment,
} from '@baton/engine'
import type { Passage } from '../../pages/contacts/passage-steps.ts'

/** What a draft is walked in: all that the worker is told before anything is asked. */
export interface Basis {
  flow: { id: string; name: string }
  graph: FlowGraph
  catalog: Catalog
  segments: readonly { id: string; condition: Condition }[]
  inner: readonly { flowId: string; version: number; name: string; graph: FlowGraph }[]
  /** The part of the score model in force that the draft asks for. */
  scoring: PublishedModel | null
  /** The teams that it hands over to: who is there when, and whose territories there are. */
  teams: readonly TeamFacts[]
}

/** Who walks: somebody made up, or what the draft reads of a contact. */
export type Who = { kind: 'persona'; persona: Persona } | { kind: 'contact'; state: ContactState }

/** Where a walk begins, as it is sent to the worker. */
export interface Begin {
  at: number
  who: Who
  entrance: Happening | null
}

/** What can be asked of the worker, and what it answers. */
export interface Asks {
  /** Reads the draft; with `issues` it cannot be walked. `graph`: with the steps of the flows inside. */
  open: { give: Basis; get: { issues: readonly Issue[]; graph: FlowGraph } }
  entrances: { give: Omit<Begin, 'entrance'>; get: WalkEntrance[] }
  /** `entrances`: only while they are not in the flow. */
  walk: {
    give: { begin: Begin; decisions: readonly WalkDecision[] }
    get: { walk: Walk; choices: WalkChoice[]; entrances: WalkEntrance[] }
  }
  draw: { give: { begin: Begin; decisions: readonly WalkDecision[]; seed: string }; get: WalkDecision }
  keep: { give: { begin: Begin; decisions: readonly WalkDecision[]; id: string; name: string }; get: KeptWalk }
  tests: { give: { tests: readonly FlowTest[] }; get: TestOutcome[] }
}

export type AskKind = keyof Asks

/** A moment and a walk as the page knows them: steps as after any crossing, from the server or from beside the page. */
export type SeenMoment = Omit<WalkMoment, 'steps'> & { steps: readonly Passage['steps'][number][] }
export type SeenWalk = Omit<Walk, 'moments'> & { moments: readonly SeenMoment[] }
export type Got<K extends AskKind> = K extends 'walk'
  ? { walk: SeenWalk; choices: WalkChoice[]; entrances: WalkEntrance[] }
  : Asks[K]['get']

export type Asked = { [K in AskKind]: { id: number; ask: K; give: Asks[K]['give'] } }[AskKind]
export type Told = { id: number; ok: unknown } | { id: number; error: string }
