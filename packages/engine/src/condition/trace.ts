import { z } from 'zod'
import type { RuleTrace } from '../state/reason.ts'
import { combine, negate } from './kleene.ts'
import type { Test } from './resolved.ts'
import { decide } from './test.ts'

const text = z.string()
const days = { on: z.literal('window'), towards: z.enum(['last', 'next']), days: z.number(), zone: text }
const testSchema: z.ZodType<Test> = z.discriminatedUnion('on', [
  z.object({ on: z.literal('presence'), empty: z.boolean() }),
  z.object({
    on: z.literal('text'),
    op: z.enum(['is', 'is-not', 'any-of', 'none-of', 'contains', 'not-contains', 'starts-with', 'ends-with', 'lt', 'gt']),
    values: z.array(text),
  }),
  z.object({
    on: z.literal('number'),
    op: z.enum(['is', 'is-not', 'any-of', 'none-of', 'lt', 'le', 'gt', 'ge', 'between']),
    values: z.array(z.number()),
  }),
  z.object({ on: z.literal('flag'), is: z.boolean() }),
  z.object({ on: z.literal('tags'), op: z.enum(['any-of', 'none-of', 'all-of']), values: z.array(text) }),
  z.object({ on: z.literal('range'), from: text.nullable(), to: text.nullable() }),
  z.object(days),
])

/**
 * What a rule saw, with everything its decision depends on. `value` is the operand: a folded text, a number, yes or no, a date,
 * an instant, a count, a sum; null is missing. `shown` is a text as the contact has it. `from` is the open lower end of a
 * window, `latest` the ids of at most five of the events or records counted.
 */
export const saw = z.object({
  value: z.union([text, z.number(), z.boolean(), z.null()]),
  test: testSchema,
  now: z.number(),
  shown: text.optional(),
  from: z.number().nullable().optional(),
  latest: z.array(text).optional(),
})
export type Saw = z.infer<typeof saw>

/** Decides one rule again, from its trace alone. Throws where the trace is not one of ours. */
export function recomputeRule(trace: RuleTrace): boolean | null {
  const seen = saw.parse(trace.saw)
  return decide(seen.test)(seen.value, seen.now)
}

/**
 * Decides a whole condition again from its traces alone. `path` of a trace names the groups it stands in with its place in each:
 * `and/0`, `and/1/or!/0`; an exclamation mark is a negated group.
 */
export function recomputeTruth(traces: readonly RuleTrace[]): boolean | null {
  return recomputeGroup(
    traces.map((trace, i) => ({ trace, path: (trace.path ?? `and/${i}`).split('/') })),
    0,
  )
}

interface Placed {
  trace: RuleTrace
  path: readonly string[]
}

function recomputeGroup(placed: readonly Placed[], depth: number): boolean | null {
  const label = placed[0]?.path[depth] ?? 'and'
  const children = new Map<string, Placed[]>()
  for (const it of placed) {
    const index = it.path[depth + 1] ?? ''
    children.set(index, [...(children.get(index) ?? []), it])
  }
  const truths = [...children.values()].map((child) => {
    const [only] = child
    return only && only.path.length === depth + 2 ? recomputeRule(only.trace) : recomputeGroup(child, depth + 2)
  })
  const truth = combine(label.startsWith('or') ? 'or' : 'and', truths)
  return label.endsWith('!') ? negate(truth) : truth
}
