import { z } from 'zod'
import type { Issue } from '../check/issue.ts'
import type { Port } from '../kind.ts'
import type { SentencePart } from '../sentence.ts'

/** What every config carries: the version of its schema, and the name an author may give, which replaces the sentence. */
export const configBase = <V extends number>(version: V) => ({ v: z.literal(version), name: z.string().max(120).optional() })

/** The single way out of kinds that have no choice. */
export const onward: Port = { id: 'out', label: 'Then', tone: 'neutral' }

export const plain = (text: string): SentencePart => ({ text, kind: 'plain' })
export const strong = (text: string): SentencePart => ({ text, kind: 'strong' })
export const missing = (text: string): SentencePart => ({ text, kind: 'missing' })

/** Words of a condition one after the other, to be part of a step's sentence. */
export const spaced = (words: readonly SentencePart[]): SentencePart[] =>
  words.flatMap((part, i) => (i === 0 ? [part] : [plain(' '), part]))

/** What the author chose, by name; words for what is still to be chosen, or no longer exists. */
export function chosen(id: string | null, list: readonly { id: string; name: string }[], open: string): SentencePart {
  if (id === null) return missing(open)
  const found = list.find((it) => it.id === id)
  return found ? strong(found.name) : missing(open)
}

/** An error at one input of a node that comes from what lies around the flow. */
export const faultAround = (code: string, path: string, say: string): Omit<Issue, 'nodes'> => ({ ...fault(code, path, say), around: true })

/** An error at one input of a node. */
export const fault = (code: string, path: string, say: string): Omit<Issue, 'nodes'> => ({ code, severity: 'error', path, say })
