import type { ContactState } from '../state/contact.ts'
import type { Enrolment, Step } from '../state/enrolment.ts'
import type { EnrolmentKey, Instant } from '../state/person.ts'

/** What becomes of a live passage when two contacts become one. */
export interface MergedPassage {
  of: 'survivor' | 'loser'
  before: Enrolment
  after: Enrolment
  /** The step by which it closes; null: it goes on. */
  closing: Step | null
}

const place = ({ flowId, key }: Pick<EnrolmentKey, 'flowId' | 'key'>) => JSON.stringify([flowId, key])

/** How many passages the survivor had, by flow and key: the loser's are counted behind them. E-207. */
export function entryOffsets(survivor: ContactState): (of: Pick<EnrolmentKey, 'flowId' | 'key'>) => number {
  const most = new Map<string, number>()
  for (const it of [...survivor.past, ...survivor.enrolments]) most.set(place(it), Math.max(most.get(place(it)) ?? 0, it.entry))
  return (of) => most.get(place(of)) ?? 0
}

/** Whether `a` goes on, of two passages in one flow: the one with more steps, then the earlier one. E-208. */
const goesOn = (a: Enrolment, b: Enrolment): boolean => (a.seq === b.seq ? a.enteredAt <= b.enteredAt : a.seq > b.seq)

const visitOf = ({ vars, node }: Enrolment): number => vars.visits[node] ?? 1

function close(passage: MergedPassage, into: string, now: Instant): MergedPassage {
  const { after } = passage
  const seq = after.seq + 1
  const closing: Step = { seq, at: now, due: null, node: after.node, visit: visitOf(after), port: 'end', reason: { code: 'merged', into } }
  return { ...passage, after: { ...after, seq, dueAt: null }, closing }
}

/** Live passages of both: the loser's with their new numbers, one of two in the same flow with the same key closed. E-207, E-208. */
export function mergePassages(survivor: ContactState, loser: ContactState, now: Instant): MergedPassage[] {
  const offset = entryOffsets(survivor)
  const into = survivor.person.key
  const mine = survivor.enrolments.map((it): MergedPassage => ({ of: 'survivor', before: it, after: it, closing: null }))
  const theirs = loser.enrolments.map((it): MergedPassage => {
    const after = { ...it, id: null, entry: offset(it) + it.entry }
    const rival = survivor.enrolments.find((own) => place(own) === place(it))
    const passage: MergedPassage = { of: 'loser', before: it, after, closing: null }
    return rival && goesOn(rival, it) ? close(passage, into, now) : passage
  })
  const beaten = new Set(theirs.filter((it) => it.closing === null).map((it) => place(it.before)))
  return [...mine.map((it) => (beaten.has(place(it.before)) ? close(it, into, now) : it)), ...theirs]
}

/** One line per flow and key: how many passages there were, and when the last one ended. E-210. */
export function mergePast(survivor: ContactState, loser: ContactState, closed: readonly Enrolment[], now: Instant): ContactState['past'] {
  const offset = entryOffsets(survivor)
  const lines = new Map<string, EnrolmentKey & { endedAt: Instant }>()
  const ended = [
    ...survivor.past,
    ...loser.past.map((it) => ({ ...it, entry: offset(it) + it.entry })),
    ...closed.map(({ flowId, key, entry }) => ({ flowId, key, entry, endedAt: now })),
  ]
  for (const { flowId, key, entry, endedAt } of ended) {
    const line = lines.get(place({ flowId, key }))
    lines.set(place({ flowId, key }), {
      ...{ flowId, key },
      entry: Math.max(entry, line?.entry ?? 0),
      endedAt: Math.max(endedAt, line?.endedAt ?? endedAt),
    })
  }
  return [...lines.values()]
}
