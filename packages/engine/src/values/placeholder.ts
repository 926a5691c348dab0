import type { Catalog } from '../catalog.ts'
import type { Reference } from '../kind.ts'

/** What a placeholder names: a field of the person, a score, or a value that the passage carries. */
export interface Placeholder {
  from: 'contact' | 'score' | 'carried'
  key: string
}

/** Every pair of braces, with what stands between them. */
export const ANY = /\{\{([^{}]*)\}\}/g
const KNOWN = /^\s*(contact|score|carried)\.([^\s]{1,100})\s*$/

/** The person's public key stands beside the fields under this name. */
export const PUBLIC_KEY = 'key'

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

/** Values that a mail takes from what the passage carries: its text is a Liquid template, and may compare and format them. */
export const carriedInMail = (text: string): string[] => [
  ...new Set([...text.matchAll(/\bcarried\.([A-Za-z_]\w*)/g)].flatMap(([, name]) => name ?? [])),
]

/** What stands between braces; undefined where it is no placeholder. */
export function readPlaceholder(inside: string): Placeholder | undefined {
  const [, from, key = ''] = KNOWN.exec(inside) ?? []
  return from === 'contact' || from === 'score' || from === 'carried' ? { from, key } : undefined
}
