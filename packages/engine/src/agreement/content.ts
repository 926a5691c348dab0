import { DAY } from '@baton/leads'
import { z } from 'zod'
import { canonicalJson } from '../compile/canonical.ts'
import { digest } from '../compile/digest.ts'
import { realDate } from '../condition/calendar.ts'
import { type Condition, condition, isGroup, type Rule } from '../condition/schema.ts'

/** What becomes of the score when a lead comes back: nothing, all of it gone, or at most so many hundredths are left. */
export const scoreOnReturn = z.union([z.enum(['keep', 'reset']), z.strictObject({ cap: z.int().min(0).max(10_000_000) })])
export type ScoreOnReturn = z.infer<typeof scoreOnReturn>

/** What happens to a lead that comes back to marketing: how long it rests before sales gets it again, and its score. */
export const leadReturn = z.strictObject({ coolOffDays: z.int().min(0).max(3650).default(0), scores: scoreOnReturn.default('keep') })
export type LeadReturn = z.infer<typeof leadReturn>

/** By what a lead may come back. */
export const RETURNS = ['rejected', 'lost', 'noResponse'] as const
export type ReturnedBy = (typeof RETURNS)[number]

/** The least score in a dimension, in points. */
export const threshold = z.strictObject({ dimension: z.string().min(1).max(40), atLeast: z.number().min(-100_000).max(100_000) })
export type Threshold = z.infer<typeof threshold>

/** What both sides sign: who is a qualified lead, and what happens to one that comes back. BRIEF 10. */
export const agreementContent = z.strictObject({
  /** Who they are. No rules: anybody. */
  fit: condition,
  /** What they did. No rules: anything. */
  engagement: condition,
  thresholds: z
    .array(threshold)
    .max(12)
    .refine((list) => new Set(list.map((it) => it.dimension)).size === list.length, 'has a score twice: give each one threshold'),
  returns: z.strictObject({ rejected: leadReturn, lost: leadReturn, noResponse: leadReturn }),
  /** In the words of those who agreed. */
  note: z.string().max(4000).default(''),
  /** By when both look at it again. */
  reviewOn: z.string().refine(realDate, 'is no date. Write it as 2026-12-31').nullable().default(null),
})
export type AgreementContent = z.infer<typeof agreementContent>

/** Nothing agreed on yet. A rejected lead rests a quarter, a lost one half a year: values to begin with. */
export const EMPTY_AGREEMENT: AgreementContent = {
  fit: { combinator: 'and', rules: [] },
  engagement: { combinator: 'and', rules: [] },
  thresholds: [],
  returns: {
    rejected: { coolOffDays: 90, scores: 'keep' },
    lost: { coolOffDays: 180, scores: 'keep' },
    noResponse: { coolOffDays: 0, scores: 'keep' },
  },
  note: '',
  reviewOn: null,
}

/** The rule that a threshold is. */
export const thresholdRule = ({ dimension, atLeast }: Threshold): Rule => ({
  subject: { kind: 'score', dimension },
  op: 'ge',
  value: atLeast,
})

/** Groups that only say "and" need no brackets. */
const parts = (group: Condition): (Rule | Condition)[] =>
  group.rules.length === 0 ? [] : group.combinator === 'and' && group.not !== true ? group.rules : [group]

/** Everything a lead must meet, criterion by criterion: whoever meets all of them qualifies. Rule AG-1. */
export const criteriaOf = ({ fit, engagement, thresholds }: AgreementContent): readonly (Rule | Condition)[] => [
  ...parts(fit),
  ...parts(engagement),
  ...thresholds.map(thresholdRule),
]

/** The condition that is true of whom sales wants. Of an agreement that says nothing it has no rules, and does not compile. Rule AG-1. */
export const qualifiesOf = (content: AgreementContent): Condition => ({ combinator: 'and', rules: [...criteriaOf(content)] })

/** One criterion as a condition of its own. */
export const criterionCondition = (it: Rule | Condition): Condition => (isGroup(it) ? it : { combinator: 'and', rules: [it] })

/** Tells what is signed: any other content has another one. Rule AG-2. */
export const agreementHash = (content: AgreementContent): string => digest(canonicalJson(agreementContent.parse(content)))

/** How a date of review stands to today's date: how many days are left; negative: over by so many. */
export const daysUntil = (date: string, today: string): number => Math.round((Date.parse(date) - Date.parse(today)) / DAY)
