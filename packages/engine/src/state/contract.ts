import type { Return } from './input.ts'

/** What sales and marketing agreed on for one hand-off: written down with it, so that nobody has to look at the flow again. */
export interface HandoffContract {
  leaveAt: 'first-answer' | 'final-outcome'
  /** In working minutes. Null: nothing is promised. */
  level: { minutes: number; remindBefore: number | null } | null
  /** To how many further reps it goes after a breach. */
  redistribute: number
  /** Then it comes back to marketing, or waits for the manager. */
  afterBreach: 'no-response' | 'manager'
  /** Working minutes in the queue before it overflows; null: for ever. */
  queueMinutes: number | null
  /** The voicemail with this number is the last: then nobody has answered. Null: a voicemail is only written down. */
  voicemail: { attempts: number } | null
  present: Presentation
  /** By which they qualified, and what it says of those who come back. Null: whoever got here. */
  agreement: { id: string; version: number; returns: Returns } | null
}

/** How sales hears of a lead, apart from the task with its deadline and the entry in its history. */
export interface Presentation {
  mail: boolean
  digest: boolean
  webhook: { url: string; secret: string | null } | null
}

/** What a lead that comes back brings along, by how it comes back; disqualified is rejected for good. */
export interface Returns {
  rejected: Return
  lost: Return
  noResponse: Return
}

/** Nothing is promised: sales answers when it answers. What hand-offs were before anything else could be agreed on. */
export const PLAIN_CONTRACT: HandoffContract = {
  leaveAt: 'first-answer',
  level: null,
  redistribute: 0,
  afterBreach: 'no-response',
  queueMinutes: null,
  voicemail: null,
  present: { mail: false, digest: true, webhook: null },
  agreement: null,
}

/** What comes back with a lead by its contract: to be put into the news of its return. */
export const returnOf = ({ agreement }: HandoffContract, by: keyof Returns): Return => agreement?.returns[by] ?? {}
