import { advance } from '../src/advance/advance.ts'
import { nextInstant } from '../src/advance/next-instant.ts'
import { type JournalLine, journalLines, sortJournal } from '../src/journal.ts'
import type { Plan } from '../src/plan.ts'
import type { ContactState } from '../src/state/contact.ts'
import type { InboxItem } from '../src/state/input.ts'
import type { Instant } from '../src/state/person.ts'
import type { TurnResult } from '../src/state/result.ts'

/** A contact before anything happens, and what will happen to it, in order of arrival. */
export interface MemoryContact {
  state: ContactState
  items: readonly InboxItem[]
}

/** A plan from an instant on: at each change every contact takes a turn, as after a resume. The first one holds from the beginning. */
export interface PlanFrom {
  from: Instant
  plan: Plan
}

/** What the outside world answers to a turn, at its instant or later: a click, a rep's answer. By default nobody answers. */
export type React = (result: TurnResult, at: Instant) => readonly InboxItem[]

export interface MemoryRun {
  journal: readonly JournalLine[]
  /** The contacts as they are in the end, in the order given. */
  contacts: readonly ContactState[]
  /** Every turn of every contact, contact by contact. */
  turns: readonly MemoryTurn[]
}

export interface MemoryTurn {
  contact: string
  at: Instant
  result: TurnResult
}

export interface RunOptions {
  seed?: string | undefined
  react?: React | undefined
}

/** Turns of one contact before it is given up. The usual cause: a timer that is never later than now. */
const MAX_TURNS = 100_000

/**
 * Runs a plan over contacts with a clock that never lags: each turn is at the instant of the next item, timer, recheck or change
 * of plan, up to and with `until`. Contacts do not see one another, so each runs through by itself. The runner must give the same
 * journal.
 */
export function runInMemory(
  plans: Plan | readonly [PlanFrom, ...PlanFrom[]],
  contacts: readonly MemoryContact[],
  until: Instant,
  options: RunOptions = {},
): MemoryRun {
  const timeline = 'flows' in plans ? ([{ from: Number.NEGATIVE_INFINITY, plan: plans }] as const) : plans
  const turns: MemoryTurn[] = []
  const ends = contacts.map((contact) => runContact(timeline, contact, until, options, turns))
  return { journal: sortJournal(turns.flatMap((it) => journalLines(it.contact, it.result))), contacts: ends, turns }
}

function runContact(
  timeline: readonly [PlanFrom, ...PlanFrom[]],
  { state, items }: MemoryContact,
  until: Instant,
  { seed = '', react = () => [] }: RunOptions,
  turns: MemoryTurn[],
): ContactState {
  const planAt = (at: Instant) => timeline.findLast((it) => it.from <= at)?.plan ?? timeline[0].plan
  const [, ...changes] = timeline
  let now = state
  let open = [...items]
  let last = Number.NEGATIVE_INFINITY
  for (let left = MAX_TURNS; ; left--) {
    const change = changes.find((it) => it.from > last)?.from
    const at = Math.min(nextInstant(planAt(last), now), open[0]?.at ?? Number.POSITIVE_INFINITY, change ?? Number.POSITIVE_INFINITY)
    if (at > until || at === Number.POSITIVE_INFINITY) return now
    if (left === 0)
      throw new Error(`${now.person.key} has taken ${MAX_TURNS} turns. The usual cause: a timer that is never later than now.`)
    const due = open.filter((it) => it.at <= at)
    const result = advance(planAt(at), now, { now: at, items: due }, { now: at, seed })
    turns.push({ contact: now.person.key, at, result })
    const answers = react(result, at)
    open = [...open.filter((it) => it.at > at), ...answers].sort((a, b) => a.at - b.at)
    now = result.state
    last = at
  }
}
