import { z } from 'zod'
import { type HandoffContract, PLAIN_CONTRACT } from '../../state/contract.ts'
import { configBase } from '../base.ts'

/** Working minutes: an hour at nine to five is 60 of them, a day 480. */
const minutes = z.int().min(0).max(1_000_000)

const present = z.object({
  /** A mail to the rep at once. */
  mail: z.boolean().default(true),
  /** Part of the team's weekly report. */
  digest: z.boolean().default(true),
  /** A call to another system; `secret` names what signs it. */
  webhook: z
    .object({ url: z.string().max(2000), secret: z.string().max(64).nullable() })
    .nullable()
    .default(null),
})

export const handToSalesConfig = z.object({
  ...configBase(2),
  teamId: z.string().max(64).nullable(),
  /** Why this lead is worth a call: the first thing a rep reads. */
  why: z.string().max(300),
  /** A note for the rep. */
  note: z.string().max(2000).default(''),
  /** Keys of the fields that travel with the lead. */
  fields: z.array(z.string().min(1).max(64)).max(50).default([]),
  /** Who qualifies; null: everybody who gets here. */
  agreementId: z.string().max(64).nullable().default(null),
  /** When people go on: at the first answer, or when it is won, lost or given back. */
  leaveAt: z.enum(['first-answer', 'final-outcome']).default('first-answer'),
  /** Within how many working minutes the rep is to be active, and how long before they are reminded; null: nothing is promised. */
  level: z
    .object({ minutes: minutes.nullable(), remindBefore: minutes.nullable().default(null) })
    .nullable()
    .default(null),
  /** To how many further reps it goes when it was not worked in time. */
  redistribute: z.int().min(0).max(10).default(0),
  /** Then: leave by "no response", or wait in the manager's queue. */
  afterBreach: z.enum(['no-response', 'manager']).default('no-response'),
  /** Working minutes in the queue before it overflows; null: for ever. */
  queueMinutes: minutes.nullable().default(null),
  /** After a voicemail people go on by a way of its own, and may come back; at most so many times. Null: it is only written down. */
  voicemail: z
    .object({ attempts: z.int().min(0).max(100).nullable() })
    .nullable()
    .default(null),
  /** Further ways out, chosen by the reason of the rejection. */
  rejectWays: z
    .array(z.object({ id: z.string().min(1).max(40), label: z.string().max(60), reasons: z.array(z.string().max(120)).max(50) }))
    .max(12)
    .default([]),
  present: present.prefault({}),
})
export type HandToSalesConfig = z.infer<typeof handToSalesConfig>

/** What version 1 was: nothing but an answer was agreed on. */
export const asFirst = (config: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const { leaveAt, level, redistribute, afterBreach, queueMinutes, voicemail, present } = PLAIN_CONTRACT
  return { leaveAt, agreementId: null, level, redistribute, afterBreach, queueMinutes, voicemail, rejectWays: [], present, ...config }
}

/** The terms that stand in a node's settings; what is still to be chosen is no term. */
export function contractOf(config: HandToSalesConfig, agreement: HandoffContract['agreement']): HandoffContract {
  const { leaveAt, level, redistribute, afterBreach, queueMinutes, voicemail, present } = config
  return {
    leaveAt,
    level: level === null || level.minutes === null ? null : { minutes: level.minutes, remindBefore: level.remindBefore },
    redistribute,
    afterBreach,
    queueMinutes,
    voicemail: voicemail === null || voicemail.attempts === null ? null : { attempts: voicemail.attempts },
    present,
    agreement,
  }
}

/** Whether somebody may leave because nobody of sales answered. */
export const hasNoResponse = ({ level, afterBreach, voicemail }: HandToSalesConfig): boolean =>
  (level !== null && afterBreach === 'no-response') || voicemail !== null
