import type { WorkingHours } from '@baton/leads'
import type { FieldValue, Instant } from '../person.ts'
import type { RuleTrace } from '../trace.ts'

/** Zone of the person at the end, and the one in which the local target was fixed: another if the person moved meanwhile. */
interface Zones {
  zone: string
  zoneSource: string
  arrivedZone: string
}

/** A length of time, in the units that an author chooses from. */
type Unit = 'minutes' | 'hours' | 'days' | 'weeks' | 'months'

interface FieldDate {
  field: string
  value: FieldValue | null
  offset: { amount: number; unit: Unit; side: 'before' | 'after' }
  time: string
  yearly: boolean
}

/** A branch that waits for a condition, as it was when it was looked at. */
export interface ConditionCase {
  id: string
  truth: boolean | null
  rules: RuleTrace[]
}

/** Why a wait was over. */
export type WaitReason =
  | ({ code: 'wait.duration'; amount: number; unit: string; arrived: Instant; target: Instant; frozenMs: number; now: Instant } & Zones)
  | ({
      code: 'wait.time-of-day'
      time: string
      weekdays: number[]
      arrived: Instant
      target: Instant
      /** What the author chose for a late arrival, and for `grace` how many minutes. */
      policy: 'next' | 'grace' | 'skip'
      graceMinutes: number | null
      /** How it came about: waited for the time, or went on at once because it was late. */
      late: 'next' | 'grace' | 'skip'
      now: Instant
    } & Zones)
  /** A fixed date. `dateZone` null: where they live. `late`: it was past when they arrived, and `past` is what the author chose for that. */
  | ({
      code: 'wait.date'
      date: string
      time: string
      dateZone: string | null
      arrived: Instant
      target: Instant
      past: 'go-on' | 'too-late' | 'exit'
      late: boolean
      now: Instant
    } & Zones)
  /** A date of the person. */
  | ({
      code: 'wait.date-field'
      arrived: Instant
      target: Instant
      past: 'go-on' | 'too-late' | 'exit'
      late: boolean
      now: Instant
    } & FieldDate &
      Zones)
  | ({ code: 'wait.no-date'; why: 'empty' | 'unreadable' | 'too-far'; arrived: Instant; now: Instant } & FieldDate & Zones)
  /** It was open. `holidays` are those from a day before arriving to a day after leaving. */
  | {
      code: 'wait.window'
      calendarId: string | null
      /** The calendar's own zone; null: where they live. */
      calendarZone: string | null
      hours: WorkingHours['hours']
      holidays: string[]
      zone: string
      zoneSource: string
      arrived: Instant
      now: Instant
    }
  /** Something happened. `tried` are the branches for events up to the one taken, with their comparisons for an event of their type. */
  | {
      code: 'wait.event'
      branch: string
      eventId: string
      type: string
      machine: boolean
      occurredAt: Instant
      receivedAt: Instant
      /** It is the event that let them into the flow. */
      triggering: boolean
      tried: { id: string; type: string; where: RuleTrace[] }[]
      counts: { kind: 'after-arriving' } | { kind: 'since-entering' } | { kind: 'within-days'; days: number | null }
      arrived: Instant
      enteredAt: Instant
      visit: number
      restarted: boolean
      release: 'at-once' | 'hold'
      /** The wake-up of the time-out; null without one. */
      overAt: Instant | null
      now: Instant
    }
  /** Something became true. `cases` are the branches for conditions up to the one taken. */
  | {
      code: 'wait.condition'
      branch: string
      cases: ConditionCase[]
      arrived: Instant
      enteredAt: Instant
      release: 'at-once' | 'hold'
      overAt: Instant | null
      now: Instant
    }
  /** Nothing happened in time; `cases` are all branches for conditions. */
  | ({
      code: 'wait.time-out'
      amount: number
      unit: Unit
      arrived: Instant
      target: Instant
      frozenMs: number
      cases: ConditionCase[]
      enteredAt: Instant
      now: Instant
    } & Zones)
  /** Its time came while the flow stood still, and the author chose that whoever is overdue leaves. */
  | { code: 'wait.dropped'; due: Instant; pausedFrom: Instant; pausedTo: Instant; now: Instant }
