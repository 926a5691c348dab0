import type { Step } from './state/enrolment.ts'
import type { Reason } from './state/reason.ts'
import type { TurnResult } from './state/result.ts'

/** A line of the journey log (SEMANTICS 11): its keys stand in this order. */
export interface JournalLine {
  contact: string
  seq: number
  /** UTC with milliseconds and Z. */
  time: string
  flow: string
  node: string
  visit: number
  port: string
  reason: Reason
}

/** One step as a line of the log. The one place where lines are made, so that memory and any database write the same bytes. */
export function journalLine(contact: string, flow: string, { seq, at, node, visit, port, reason }: Omit<Step, 'due'>): JournalLine {
  return { contact, seq, time: new Date(at).toISOString(), flow, node, visit, port, reason: inOrder(reason) }
}

/** The lines of one turn. */
export const journalLines = (contact: string, result: TurnResult): JournalLine[] =>
  result.enrolments.flatMap(({ value, steps }) => steps.map((step) => journalLine(contact, value.flowId, step)))

/** By time, contact, seq, as the log is written; lines of two passages that agree in these by flow, node, and then by what they say. */
export const sortJournal = (lines: readonly JournalLine[]): JournalLine[] =>
  [...lines].sort(
    (a, b) =>
      order(a.time, b.time) ||
      order(a.contact, b.contact) ||
      a.seq - b.seq ||
      order(a.flow, b.flow) ||
      order(a.node, b.node) ||
      order(JSON.stringify(a), JSON.stringify(b)),
  )

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The same value with the keys of every object in code-unit order, `code` first: a value that went through a database comes back with
 * its keys in an order of the database's own.
 */
function inOrder<T>(value: T): T
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((it: unknown) => inOrder(it))
  if (typeof value !== 'object' || value === null) return value
  const keys = Object.entries(value).sort(([a], [b]) => (a === 'code' ? -1 : b === 'code' ? 1 : order(a, b)))
  return Object.fromEntries(keys.map(([key, it]) => [key, inOrder(it)]))
}
