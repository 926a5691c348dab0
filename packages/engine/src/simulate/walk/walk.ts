import type { Plan } from '../../plan.ts'
import type { ContactState } from '../../state/contact.ts'
import type { HandoffContract } from '../../state/contract.ts'
import type { Step } from '../../state/enrolment.ts'
import type { HandoffNews, PassageData } from '../../state/input.ts'
import type { FieldValue, HandoffFact, Instant } from '../../state/person.ts'
import type { EnrolmentEnd, HandoffPacket, OutgoingEffect, SendEffect, TurnResult } from '../../state/result.ts'
import type { RunEvent } from '../world/events-file.ts'
import type { SalesTeam } from '../world/team.ts'

/** What a walk goes through: the plan with the draft as the flow's entry, and the sales floor of the workspace. */
export interface WalkGround {
  plan: Plan
  flowId: string
  teams: readonly SalesTeam[]
}

/** By whom somebody comes in who is asked for at a start of the flow. */
export type By = 'hand' | 'program' | 'flow' | 'match' | 'schedule'

/** What may be made to happen: a line of an events file, an entry by whomever, a team that cannot take a lead. */
export type Happening =
  | Exclude<RunEvent['happening'], { do: 'enrol' | 'event' }>
  | { do: 'event'; type: string; props: Record<string, unknown>; id?: string | undefined }
  | {
      do: 'enrol'
      node: string
      key?: string | undefined
      data?: Record<string, string | number | boolean> | undefined
      by?: By | undefined
    }
  | { do: 'overflow' }

/** Where a walk begins. */
export interface WalkStart {
  at: Instant
  state: ContactState
  /** They are made at that instant: segments they fit are joined then. */
  fresh: boolean
  /** What brings them to the flow's door; null: nothing but what they are and time. */
  entrance: Happening | null
}

/** What somebody who walks decides at a rest. */
export type WalkDecision =
  /** Nobody does anything: what comes next by itself. A call that waits fails. */
  | { do: 'on' }
  /** Nobody does anything until then. */
  | { do: 'until'; at: Instant }
  /** This happens then, and before it whatever comes by itself. */
  | { do: 'happen'; at: Instant; what: Happening }

/** A turn of the engine in which there is something to see. */
export interface WalkMoment {
  at: Instant
  /** How many decisions had been made. */
  decided: number
  /** What was decided and made it; null: time, the start, or the outside world. */
  what: Happening | null
  /** Steps in this flow, with their reasons. */
  steps: readonly Step[]
  refused: readonly TurnResult['refused'][number]['why'][]
  sends: readonly SendEffect[]
  leads: readonly { key: string; teamId: string; node: string; packet: HandoffPacket }[]
  effects: readonly OutgoingEffect[]
  /** Who got a lead and why, and from whom it was taken because nobody worked it in time. */
  routed: readonly WalkRouting[]
  /** Where they are after it. */
  here: WalkPlace
}

/** What the router decided about a lead, or a broken level meant, with the names of the reps it speaks of. */
export interface WalkRouting {
  key: string
  news: Extract<HandoffNews, { outcome: 'assigned' | 'breached' }>
  names: Readonly<Record<string, string>>
}

export type WalkPlace =
  | { how: 'rests'; node: string; since: Instant; due: Instant | null; visit: number }
  | { how: 'parked'; node: string; message: string }
  | { how: 'over'; ended: EnrolmentEnd; label: string | null; at: Instant; node: string }
  /** Not in the flow, and was not. */
  | { how: 'not-in' }

/** A mail that went out during the walk. */
export interface WalkMail {
  key: string
  templateId: string
  node: string
  topic: string | null
  purpose: 'marketing' | 'transactional'
  at: Instant
  /** The fields of the person when it went out. */
  fields: Readonly<Record<string, FieldValue>>
  /** What its passage carried then. */
  carried: PassageData
}

/** A walk up to where it rests. */
export interface Walk {
  now: Instant
  moments: readonly WalkMoment[]
  here: WalkPlace
  /** Whether anything comes by itself. */
  goesOn: boolean
  /** Calls that wait for an answer. */
  calls: readonly { key: string; node: string; payload: OutgoingEffect['payload'] }[]
  /** The lead that sales has of them through this flow. */
  lead: { key: string; node: string; teamId: string; state: HandoffFact['state']; contract: HandoffContract } | null
  mails: readonly WalkMail[]
  /** The contact as they are now. */
  state: ContactState
}
