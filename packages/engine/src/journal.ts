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

/** The lines of one turn. */
export const journalLines = (contact: string, result: TurnResult): JournalLine[] =>
  result.enrolments.flatMap(({ value, steps }) =>
    steps.map(({ seq, at, node, visit, port, reason }) => {
      const time = new Date(at).toISOString()
      return { contact, seq, time, flow: value.flowId, node, visit, port, reason }
    }),
  )

/** By time, contact, seq, as the log is written; lines of two flows that agree in these keep the order of their turn. */
export const sortJournal = (lines: readonly JournalLine[]): JournalLine[] =>
  [...lines].sort((a, b) => order(a.time, b.time) || order(a.contact, b.contact) || a.seq - b.seq)

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
