import type { RuleValue } from '../../condition/schema.ts'

/** What authors compare with, by the field or the property that is compared: values that are nobody's. */
export interface Constants {
  fields: ReadonlyMap<string, readonly Constant[]>
  props: ReadonlyMap<string, readonly Constant[]>
}

export type Constant = string | number | boolean

type Found = Map<string, Constant[]>

const isConstant = (value: unknown): value is Constant => ['string', 'number', 'boolean'].includes(typeof value)

/** Every comparison in anything that is made of JSON: steps, settings, segments. */
export function constantsOf(sources: readonly unknown[]): Constants {
  const fields: Found = new Map()
  const props: Found = new Map()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit)
      return
    }
    if (typeof value !== 'object' || value === null) return
    note(value, fields, props)
    Object.values(value).forEach(visit)
  }
  sources.forEach(visit)
  return { fields, props }
}

function note(value: object, fields: Found, props: Found): void {
  if ('field' in value && typeof value.field === 'string') {
    for (const side of ['from', 'to'] as const) if (side in value) add(fields, value.field, valueIn(Reflect.get(value, side)))
  }
  if (!('op' in value)) return
  if ('subject' in value) {
    const { subject } = value
    if (typeof subject !== 'object' || subject === null || !('kind' in subject) || !('key' in subject)) return
    if (subject.kind === 'field') add(fields, subject.key, valueIn(value))
  } else if ('key' in value) add(props, value.key, valueIn(value))
}

const valueIn = (rule: unknown): unknown => (typeof rule === 'object' && rule !== null && 'value' in rule ? rule.value : undefined)

function add(found: Found, key: unknown, value: RuleValue | unknown): void {
  if (typeof key !== 'string') return
  const many: readonly unknown[] = Array.isArray(value) ? value : [value]
  found.set(key, [...(found.get(key) ?? []), ...many.filter(isConstant)])
}
