import type { ConditionScope } from '../condition/compiled.ts'
import { scoreOf } from '../condition/read.ts'
import type { FieldValue } from '../state/person.ts'
import { ANY, type Placeholder, PUBLIC_KEY, readPlaceholder } from './placeholder.ts'

/** What a person's fields, scores and passage have under a name; null for what is not there. */
export function currentValue({ from, key }: Placeholder, scope: ConditionScope): FieldValue | null {
  const { person } = scope.state
  switch (from) {
    case 'contact':
      return own(person.fields, key) ?? (key === PUBLIC_KEY ? person.key : null)
    case 'score':
      return scoreOf(scope, key)
    case 'carried':
      return own(scope.enrolment?.vars.data ?? {}, key) ?? null
  }
}

/** A text with its placeholders filled; what is missing leaves nothing behind. */
export function fillText(text: string, scope: ConditionScope): string {
  return text.replace(ANY, (whole, inside: string) => {
    const read = readPlaceholder(inside)
    return read ? textOf(currentValue(read, scope)) : whole
  })
}

/**
 * A JSON value with the placeholders in its texts filled. A text that is one placeholder becomes the value with its own type (null
 * where it is missing); anything a person typed stays a text within a text, so it can never change the shape of the whole.
 */
export function fillJson(value: unknown, scope: ConditionScope): unknown {
  if (typeof value === 'string') {
    const whole = /^\{\{([^{}]*)\}\}$/.exec(value.trim())
    const read = whole && readPlaceholder(whole[1] ?? '')
    return read ? currentValue(read, scope) : fillText(value, scope)
  }
  if (Array.isArray(value)) return value.map((it) => fillJson(it, scope))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, fillJson(it, scope)]))
}

const textOf = (value: FieldValue | null): string =>
  value === null ? '' : Array.isArray(value) ? value.join(', ') : typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined)
