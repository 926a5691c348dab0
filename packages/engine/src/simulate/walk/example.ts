import { z } from 'zod'
import { type PropertyRule, propertyRule, type RuleValue } from '../../condition/schema.ts'

const ruled = z.looseObject({ type: z.string(), where: z.array(propertyRule).max(20) })

/** The first comparisons of properties that a step's settings hold for events of a type, wherever they stand. */
function whereFor(data: unknown, type: string): readonly PropertyRule[] {
  const parsed = ruled.safeParse(data)
  if (parsed.success && parsed.data.type === type) return parsed.data.where
  const parts = typeof data === 'object' && data !== null ? Object.values(data) : []
  for (const part of parts) {
    const found = whereFor(part, type)
    if (found.length > 0) return found
  }
  return []
}

const first = (value: RuleValue | undefined) => (Array.isArray(value) ? value[0] : value)

/** A value that fulfils a comparison, where one is easily named. */
function fitting({ op, value }: PropertyRule): unknown {
  const one = first(value)
  switch (op) {
    case 'gt':
      return typeof one === 'number' ? one + 1 : one
    case 'lt':
      return typeof one === 'number' ? one - 1 : one
    case 'not-empty':
      return 'something'
    case 'is-not':
    case 'none-of':
    case 'not-contains':
    case 'empty':
      return undefined
    case 'is':
    case 'any-of':
    case 'all-of':
    case 'contains':
    case 'starts-with':
    case 'ends-with':
    case 'le':
    case 'ge':
    case 'between':
    case 'before':
    case 'after':
    case 'in-last-days':
    case 'in-next-days':
      return one
  }
}

/** Properties of an event of that type that a step's comparisons would take, as a proposal to whoever makes one happen. */
export function exampleProps(data: unknown, type: string): Record<string, unknown> {
  const pairs = whereFor(data, type).flatMap((rule): [string, unknown][] => {
    const value = fitting(rule)
    return value === undefined ? [] : [[rule.key, value]]
  })
  return Object.fromEntries(pairs)
}
