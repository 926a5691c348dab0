import { z } from 'zod'

/** Operators of all subjects. Which of them fit a subject is checked when a condition is compiled. */
export const operator = z.enum([
  'is',
  'is-not',
  'any-of',
  'none-of',
  'all-of',
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

const ever = z.strictObject({ kind: z.literal('ever') })
const lastDays = z.strictObject({ kind: z.literal('days'), days: z.number().positive().max(3650) })

/** How far back an event may lie: always, the last N × 24 h, or since this person entered the flow / arrived at the step. */
export const eventWindow = z.discriminatedUnion('kind', [
  ever,
  lastDays,
  z.strictObject({ kind: z.literal('since-entering') }),
  z.strictObject({ kind: z.literal('since-arriving') }),
])
export type EventWindow = z.infer<typeof eventWindow>

/** How far back a related record may lie: always, or its date in the last N × 24 h. */
export const relatedWindow = z.discriminatedUnion('kind', [ever, lastDays])
export type RelatedWindow = z.infer<typeof relatedWindow>

const name = (max: number) => z.string().min(1).max(max).refine(storable, 'contains a character that cannot be stored')

/** A comparison with one property of an event. The property `machine` tells scanners and prefetchers from people. */
export const propertyRule = z.strictObject({ key: name(100), op: operator, value: ruleValue.optional() })
export type PropertyRule = z.infer<typeof propertyRule>

const total = z.strictObject({ sum: name(100) })
/** What is made of the events that fit: how many (where absent), how many days ago the last was, or the sum of a property. */
export const eventMeasure = z.union([z.enum(['count', 'days-since-last']), total])
export type EventMeasure = z.infer<typeof eventMeasure>
/** What is made of the related records that fit: how many (where absent), or the sum of a property. */
export const relatedMeasure = z.union([z.literal('count'), total])
export type RelatedMeasure = z.infer<typeof relatedMeasure>

/** What a rule looks at. */
export const subject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('field'), key: name(64) }),
  z.strictObject({ kind: z.literal('score'), dimension: name(40) }),
  z.strictObject({ kind: z.literal('segment'), segmentId: name(64) }),
  /** Whoever qualifies by what marketing and sales agreed on, in the version that is in force. */
  z.strictObject({ kind: z.literal('agreement'), agreementId: name(64) }),
  /** A letter for one score and a number for another, by the score model in force: A1 to D4. */
  z.strictObject({ kind: z.literal('grade') }),
  z.strictObject({ kind: z.literal('stage') }),
  z.strictObject({ kind: z.literal('owner') }),
  z.strictObject({ kind: z.literal('consent'), topic: name(64) }),
  /** Nothing stops mail to the address: no bounce, no complaint, nobody by hand. */
  z.strictObject({ kind: z.literal('mailable') }),
  /** Events of a type that fit. Machine opens and clicks do not count. A count or sum of nothing is 0, never unknown. */
  z.strictObject({
    kind: z.literal('event'),
    type: name(200),
    where: z.array(propertyRule).max(20).default([]),
    window: eventWindow.default({ kind: 'ever' }),
    measure: eventMeasure.optional(),
  }),
  /** Companies, opportunities, purchases of this contact that fit. Nothing is 0. */
  z.strictObject({
    kind: z.literal('related'),
    of: z.enum(['company', 'opportunity', 'purchase']),
    where: z.array(propertyRule).max(20).default([]),
    window: relatedWindow.default({ kind: 'ever' }),
    measure: relatedMeasure.optional(),
  }),
  /** In a flow now, or now or at any time before. */
  z.strictObject({ kind: z.literal('passage'), flowId: name(64), is: z.enum(['now', 'ever']) }),
  /** How often this passage has entered a step of its flow, or has left it by a port. */
  z.strictObject({ kind: z.literal('journey'), node: name(200), port: name(64).optional() }),
  /** A value that this passage carries: a property kept at its entry, an answer of a webhook. Empty while nobody has chosen. */
  z.strictObject({ kind: z.literal('carried'), key: z.union([z.literal(''), name(200)]), type: z.enum(['text', 'number', 'boolean']) }),
  /** The date it is in the workspace's zone. */
  z.strictObject({ kind: z.literal('today') }),
  /** The day of the week it is there. */
  z.strictObject({ kind: z.literal('weekday') }),
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

/** Groups and rules of a condition in all. Real ones have a dozen. */
export const MAX_RULES = 1000

const groupOf = (member: z.ZodType<Rule | Condition>): z.ZodType<Condition> =>
  z.strictObject({ combinator: z.enum(['and', 'or']), not: z.boolean().optional(), rules: z.array(member).max(200) })

function nested(depth: number): z.ZodType<Condition> {
  return depth === 1 ? groupOf(rule) : groupOf(z.union([rule, nested(depth - 1)]))
}

/** What is wrong with the size of what should be a condition; undefined: nothing. Looks without recursion, and stops at the first fault. */
function oversize(source: unknown): string | undefined {
  const open = [{ it: source, depth: 1 }]
  for (let seen = 0; open.length > 0; seen++) {
    const { it, depth } = open.pop() ?? { it: null, depth: 0 }
    if (typeof it !== 'object' || it === null || !('rules' in it) || !Array.isArray(it.rules)) continue
    if (depth > MAX_DEPTH) return `Groups of conditions nest at most ${MAX_DEPTH} deep. Take the innermost out of their groups.`
    if (seen + open.length + it.rules.length > MAX_RULES) return `More than ${MAX_RULES} conditions. Make segments of some of them.`
    for (const member of it.rules) open.push({ it: member, depth: depth + 1 })
  }
  return undefined
}

/** A condition as stored. One that nests too deep, or is too long, is refused before anything looks into it. Rule EC-8. */
export const condition: z.ZodType<Condition> = z.preprocess((source, ctx) => {
  const message = oversize(source)
  if (message === undefined) return source
  ctx.issues.push({ code: 'custom', message, input: null })
  return z.NEVER
}, nested(MAX_DEPTH))

/** True for a group, false for a single rule. */
export const isGroup = (it: Rule | Condition): it is Condition => 'combinator' in it
