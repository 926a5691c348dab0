import type { Catalog } from '../catalog.ts'
import type { ConditionScope } from '../condition/compiled.ts'
import { scoreOf } from '../condition/read.ts'
import type { Reference } from '../kind.ts'
import type { FieldValue } from '../state/person.ts'

/** What a placeholder names: a field of the person, a score, or a value that the passage carries. */
export interface Placeholder {
  from: 'contact' | 'score' | 'carried'
  key: string
}

const ANY = /\{\{([^{}]*)\}\}/g
const KNOWN = /^\s*(contact|score|carried)\.([^\s]{1,100})\s*$/

/** The person's public key stands beside the fields under this name. */
const PUBLIC_KEY = 'key'

/** Every placeholder of a text, in order; what stands in braces and is none comes as `unknown`. */
export function placeholdersIn(text: string): { known: Placeholder[]; unknown: string[] } {
  const known: Placeholder[] = []
  const unknown: string[] = []
  for (const [, inside = ''] of text.matchAll(ANY)) {
    const read = readPlaceholder(inside)
    if (read) known.push(read)
    else unknown.push(inside.trim())
  }
  return { known, unknown }
}

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

/** What is wrong with the placeholders of a text, in words that say what to do. */
export function placeholderFaults(text: string, catalog: Catalog): string[] {
  const { known, unknown } = placeholdersIn(text)
  return [
    ...unknown.map((it) => `“{{${it}}}” is no placeholder. Write {{contact.first_name}}, {{score.fit}} or {{carried.name}}.`),
    ...known.flatMap(({ from, key }) => {
      if (from === 'contact' && key !== PUBLIC_KEY && !catalog.fields.some((it) => it.key === key))
        return [`There is no field “${key}”. Correct {{contact.${key}}}, or create the field.`]
      if (from === 'score' && !catalog.dimensions.some((it) => it.id === key))
        return [`There is no score “${key}”. Correct {{score.${key}}}.`]
      return []
    }),
  ]
}

/** Fields and scores that a text names. */
export const placeholderReferences = (text: string): Reference[] =>
  placeholdersIn(text).known.flatMap(({ from, key }): Reference[] => {
    if (from === 'contact') return key === PUBLIC_KEY ? [] : [{ kind: 'field', id: key }]
    return from === 'score' ? [{ kind: 'dimension', id: key }] : []
  })

/** Values that a text takes from what the passage carries. */
export const carriedIn = (text: string): string[] =>
  placeholdersIn(text).known.flatMap(({ from, key }) => (from === 'carried' ? [key] : []))

function readPlaceholder(inside: string): Placeholder | undefined {
  const [, from, key = ''] = KNOWN.exec(inside) ?? []
  return from === 'contact' || from === 'score' || from === 'carried' ? { from, key } : undefined
}

const textOf = (value: FieldValue | null): string =>
  value === null ? '' : Array.isArray(value) ? value.join(', ') : typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined)
