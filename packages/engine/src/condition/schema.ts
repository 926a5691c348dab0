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

/** No NUL and no half of a surrogate pair: neither can be stored, so a comparison with one would differ between engine and SQL. */
const storable = (text: string) => !/\p{Surrogate}/u.test(text) && !text.includes('\u0000')

const scalar = z.union([z.string().max(1000).refine(storable, 'contains a character that cannot be stored'), z.number(), z.boolean()])
/** A value the author typed: a scalar, or a list for any-of / none-of / between. */
export const ruleValue = z.union([scalar, z.array(scalar).max(500)])
export type RuleValue = z.infer<typeof ruleValue>

/** How far back an event may lie: always, the last N × 24 h, or since this person entered the flow / arrived at the step. */
export const eventWindow = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ever') }),
  z.strictObject({ kind: z.literal('days'), days: z.number().positive().max(3650) }),
  z.strictObject({ kind: z.literal('since-entering') }),
])
export type EventWindow = z.infer<typeof eventWindow>

const name = (max: number) => z.string().min(1).max(max).refine(storable, 'contains a character that cannot be stored')

/** A comparison with one property of an event. The property `machine` tells scanners and prefetchers from people. */
export const propertyRule = z.strictObject({ key: name(100), op: operator, value: ruleValue.optional() })
export type PropertyRule = z.infer<typeof propertyRule>

/** What a rule looks at. */
export const subject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('field'), key: name(64) }),
  z.strictObject({ kind: z.literal('score'), dimension: name(40) }),
  z.strictObject({ kind: z.literal('segment'), segmentId: name(64) }),
  z.strictObject({ kind: z.literal('stage') }),
  z.strictObject({ kind: z.literal('owner') }),
  z.strictObject({ kind: z.literal('consent'), topic: name(64) }),
  /** The number of events of a type that fit. Machine opens and clicks do not count. A count of nothing is 0, never unknown. */
  z.strictObject({
    kind: z.literal('event'),
    type: name(200),
    where: z.array(propertyRule).max(20).default([]),
    window: eventWindow.default({ kind: 'ever' }),
  }),
])
export type Subject = z.infer<typeof subject>

export const rule = z.strictObject({ subject, op: operator, value: ruleValue.optional() })
export type Rule = z.infer<typeof rule>

/** A group of rules: react-querybuilder's shape, so that its tools and ours understand one another. */
export interface Condition {
  combinator: 'and' | 'or'
  not?: boolean | undefined
  rules: (Rule | Condition)[]
}

/** How deep groups may nest, the outermost counted. Parsing never recurses further, whatever a file holds. */
export const MAX_DEPTH = 6

const groupOf = (member: z.ZodType<Rule | Condition>): z.ZodType<Condition> =>
  z.strictObject({ combinator: z.enum(['and', 'or']), not: z.boolean().optional(), rules: z.array(member).max(200) })

function nested(depth: number): z.ZodType<Condition> {
  return depth === 1 ? groupOf(rule) : groupOf(z.union([rule, nested(depth - 1)]))
}

export const condition: z.ZodType<Condition> = nested(MAX_DEPTH)

/** True for a group, false for a single rule. */
export const isGroup = (it: Rule | Condition): it is Condition => 'combinator' in it
