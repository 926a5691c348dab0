import { betaQuantile } from '@baton/leads'
import { z } from 'zod'

/** What is known of a share, and from where. What is not set by hand is drawn anew for every draw of a forecast, within what is known. */
export const rate = z.discriminatedUnion('from', [
  /** Counted: it happened `yes` times and did not `no` times. `of` names what was counted. */
  z.strictObject({ from: z.literal('measured'), yes: z.int().min(0), no: z.int().min(0), of: z.string().max(200) }),
  /** Nothing was counted. As sure as if so many people had been: few. */
  z.strictObject({ from: z.literal('default'), share: z.number().min(0).max(1), like: z.number().positive(), of: z.string().max(200) }),
  /** Somebody says so: not drawn. */
  z.strictObject({ from: z.literal('set'), share: z.number().min(0).max(1) }),
])
export type Rate = z.infer<typeof rate>

/** Of those who got the mail. `minutes`: the median until they do something with it. */
export const mailRates = z.strictObject({
  opened: rate,
  clicked: rate,
  replied: rate,
  bounced: rate,
  unsubscribed: rate,
  complained: rate,
  minutes: z.number().min(0).max(525_600),
})
export type MailRates = z.infer<typeof mailRates>

/** For what leads are rejected, and for which share of the rejected. Shares are taken by what they add up to. */
export const rejectReason = z.strictObject({ why: z.string().min(1).max(120), share: rate })
export type RejectReason = z.infer<typeof rejectReason>

/**
 * `answered`: of the leads that somebody got; `accepted`: of those answered; `opportunity` and `won`: of those accepted. Whatever is won was an
 * opportunity. `minutes`: the median, in working time.
 */
export const leadRates = z.strictObject({
  answered: rate,
  accepted: rate,
  /** Not known of simulations that were kept before it was counted: then only what is won counts. */
  opportunity: rate.default({ from: 'set', share: 0 }),
  won: rate,
  /** Of the tries to reach somebody: at a voicemail. Only where the step has a way for it; what else is answered is of the other tries. */
  voicemail: rate.default({ from: 'set', share: 0 }),
  reasons: z.array(rejectReason).max(100).default([]),
  /** What a won deal is worth; null: unknown. */
  value: z.number().min(0).nullable(),
  minutes: z.number().min(0).max(525_600),
})
export type LeadRates = z.infer<typeof leadRates>

export const callRates = z.strictObject({ answered: rate })

/** How people and systems behave: everywhere, and where a step has its own. */
export const behaviour = z.strictObject({
  mail: mailRates,
  lead: leadRates,
  call: callRates,
  /** By node. */
  mailAt: z.record(z.string(), mailRates.partial()).default({}),
  leadAt: z.record(z.string(), leadRates.partial()).default({}),
  callAt: z.record(z.string(), callRates.partial()).default({}),
  /** Of those who come to a step that waits for something they do themselves: how many do it in time. By node, then by way. */
  does: z.record(z.string(), z.record(z.string(), rate)).default({}),
  /** What people do whatever the flow does, by type of event: how often a week and person, and what that was counted from. */
  happens: z.record(z.string(), z.strictObject({ perWeek: z.number().min(0).max(1000), of: z.string().max(200) })).default({}),
})
export type Behaviour = z.infer<typeof behaviour>

const start = (share: number): Rate => ({ from: 'default', share, like: 20, of: 'a cautious starting value, nothing was counted yet' })

/** What a forecast goes by until something has been counted: guesses, and drawn as widely as a count of twenty people would be. */
export const DEFAULT_BEHAVIOUR: Behaviour = {
  mail: {
    opened: start(0.25),
    clicked: start(0.03),
    replied: start(0.005),
    bounced: start(0.01),
    unsubscribed: start(0.003),
    complained: { from: 'set', share: 0 },
    minutes: 240,
  },
  lead: {
    ...{ answered: start(0.8), accepted: start(0.6), opportunity: start(0.4), won: start(0.2) },
    ...{ voicemail: start(0.2), reasons: [], value: null, minutes: 240 },
  },
  call: { answered: start(0.98) },
  mailAt: {},
  leadAt: {},
  callAt: {},
  does: {},
  happens: {},
}

/** How often a rejection is for a reason that nobody has counted. */
const DEFAULT_REASON: Rate = start(0.1)

/** The reasons of a step: those that are known, and those for which it has ways of their own. */
export const reasonsAt = (known: readonly RejectReason[], named: readonly string[]): RejectReason[] => [
  ...known,
  ...[...new Set(named)].filter((why) => known.every((it) => it.why !== why)).map((why) => ({ why, share: DEFAULT_REASON })),
]

/** How many of those who come to a step do by themselves what it waits for, until somebody says so. */
export const DEFAULT_DOES: Rate = start(0.1)

/** The share as it is best known: what is shown beside a step. */
export function shareOf(it: Rate): number {
  if (it.from !== 'measured') return it.share
  return (it.yes + 0.5) / (it.yes + it.no + 1)
}

/** Between which shares a rate lies in eight of ten cases, as a forecast draws it; null where it is set by hand and so not drawn. S-21. */
export function shareBand(it: Rate): { p10: number; p90: number } | null {
  const shape = betaOf(it)
  return shape && { p10: betaQuantile(0.1, ...shape), p90: betaQuantile(0.9, ...shape) }
}

/** Fewer than this is never: the distribution needs both of its parameters above 0. */
const LEAST = 1e-3

/**
 * The Beta distribution by which a share is drawn: of what was counted Jeffreys' posterior Beta(yes + ½, no + ½); of a default a Beta as wide as
 * a count of `like` people; null where the share itself holds. S-21.
 */
export function betaOf(it: Rate): readonly [number, number] | null {
  if (it.from === 'measured') return [it.yes + 0.5, it.no + 0.5]
  if (it.from === 'set' || it.share === 0 || it.share === 1) return null
  return [Math.max(LEAST, it.share * it.like), Math.max(LEAST, (1 - it.share) * it.like)]
}
