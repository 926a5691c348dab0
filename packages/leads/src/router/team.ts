import type { Instant } from '../time/instant.ts'

/** A member of a sales team as the router sees it. */
export interface Rep {
  readonly id: string
  /** Share in the rotation, above 0; 0 takes the rep out of the rotation. */
  readonly weight: number
  /** Most leads open at a time; null for no limit. */
  readonly cap: number | null
  /** Deactivated users stay in the team's history but get nothing. */
  readonly active: boolean
  /** Away in [from, to). */
  readonly absences: readonly { readonly from: Instant; readonly to: Instant }[]
}

/** The rolling window over which the rotation counts leads, unless a team says otherwise: 30 days, in ms. See `rollingCount`. */
export const ROTATION_WINDOW = 30 * 86_400_000

export interface Team {
  readonly id: string
  readonly reps: readonly Rep[]
  /** How many reps may get the same lead one after the other before it overflows; null for no limit. */
  readonly maxAttempts: number | null
  /** The rolling window over which `RepLoad.count` counts, in ms. */
  readonly window: number
}

/** What the team carries, by rep: the row that the router keeps. A rep without a row has nothing yet. */
export interface RepLoad {
  /** Leads open now. */
  readonly open: number
  /** The rolling count, as of now: of leads that the rep accepted, and of those that wait for the rep's answer. */
  readonly count: number
  /**
   * Added to `count` when the rep came (back), so that the backlog of an absence is not made up; and for each lead that was taken back
   * unanswered. Same unit, may be a fraction.
   */
  readonly credit: number
  /** As of when the credit stands. It fades as leads do. */
  readonly creditAt: Instant | null
  /** Whether the rep was there when the team's last lead was assigned. */
  readonly present: boolean
  /** When the rep last got a lead, or null. Breaks ties: who waited longest is next. */
  readonly lastAt: Instant | null
}

export type TeamLoad = Readonly<Record<string, RepLoad>>

/** What this lead brings along. */
export interface LeadHistory {
  /** Reps who have had this lead already, in any attempt. */
  readonly hadBy: readonly string[]
  /** Until when it may wait in the queue (N working hours, counted by the caller); left out: for ever. */
  readonly queueUntil?: Instant | undefined
  /** Owners of its open opportunities, then of its account: asked before anybody else. */
  readonly owners?: readonly LeadOwner[] | undefined
  /** The first territory that fits. */
  readonly territory?: LeadTerritory | null | undefined
}

export interface LeadOwner {
  readonly repId: string
  readonly of: 'opportunity' | 'account'
  /** Of the opportunity or the account. */
  readonly id: string
}

export interface LeadTerritory {
  readonly id: string
  readonly name: string
  readonly repIds: readonly string[]
}
