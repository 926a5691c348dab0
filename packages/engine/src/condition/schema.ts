import { z } from 'zod'

/** Operators of all subjects. Which of them fit a subject is checked when a condition is compiled. */
export const operator = z.enum([
  'is',
  'is-not',
  'any-of',
  'none-of',
  'contains',
  'not-contains',
  'starts-with',
  'ends-with',
  'lt',
  'le',
  'gt',
  'ge',
  'between',
  'before',
  'after',
  'in-last-days',
  'in-next-days',
  'empty',
  'not-empty',
])
export type Operator = z.infer<typeof operator>

const scalar = z.union([z.string().max(1000), z.number(), z.boolean()])
/** A value the author typed: a scalar, or a list for any-of / none-of / between. */
export const ruleValue = z.union([scalar, z.array(scalar).max(500)])
export type RuleValue = z.infer<typeof ruleValue>

/** How far back an event may lie: always, the last N × 24 h, or since this person entered the flow / arrived at the step. */
export const eventWindow = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ever') }),
  z.object({ kind: z.literal('days'), days: z.number().positive().max(3650) }),
  z.object({ kind: z.literal('since-entering') }),
])
export type EventWindow = z.infer<typeof eventWindow>

/** A comparison with one property of an event. */
export const propertyRule = z.object({ key: z.string().min(1).max(100), op: operator, value: ruleValue.optional() })
export type PropertyRule = z.infer<typeof propertyRule>

/** What a rule looks at. */
export const subject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('field'), key: z.string().min(1).max(64) }),
  z.object({ kind: z.literal('score'), dimension: z.string().min(1).max(40) }),
  z.object({ kind: z.literal('segment'), segmentId: z.string().min(1).max(64) }),
  z.object({ kind: z.literal('stage') }),
  z.object({ kind: z.literal('owner') }),
  z.object({ kind: z.literal('consent'), topic: z.string().min(1).max(64) }),
  /** The number of events of a type that fit. Machine opens and clicks do not count. A count of nothing is 0, never unknown. */
  z.object({
    kind: z.literal('event'),
    type: z.string().min(1).max(200),
    where: z.array(propertyRule).max(20).default([]),
    window: eventWindow.default({ kind: 'ever' }),
  }),
])
export type Subject = z.infer<typeof subject>

export const rule = z.object({ subject, op: operator, value: ruleValue.optional() })
export type Rule = z.infer<typeof rule>

/** A group of rules: react-querybuilder's shape, so that its tools and ours understand one another. */
export interface Condition {
  combinator: 'and' | 'or'
  not?: boolean | undefined
  rules: (Rule | Condition)[]
}
export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.object({
    combinator: z.enum(['and', 'or']),
    not: z.boolean().optional(),
    rules: z.array(z.union([rule, condition])).max(200),
  }),
)

/** True for a group, false for a single rule. */
export const isGroup = (it: Rule | Condition): it is Condition => 'combinator' in it
