import type { Instant } from '../person.ts'

/** Why a wait was over. */
export type WaitReason =
  | {
      code: 'wait.duration'
      amount: number
      unit: string
      zone: string
      zoneSource: string
      /** The zone in which the local target was fixed; another than `zone` if the person moved meanwhile. */
      arrivedZone: string
      arrived: Instant
      target: Instant
      frozenMs: number
      now: Instant
    }
  | {
      code: 'wait.time-of-day'
      time: string
      weekdays: number[]
      zone: string
      zoneSource: string
      arrivedZone: string
      arrived: Instant
      target: Instant
      /** What the author chose for a late arrival, and for `grace` how many minutes. */
      policy: 'next' | 'grace' | 'skip'
      graceMinutes: number | null
      /** How it came about: waited for the time, or went on at once because it was late. */
      late: 'next' | 'grace' | 'skip'
      now: Instant
    }
