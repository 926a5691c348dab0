import { advance } from '../src/advance/advance.ts'
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

export interface MemoryRun {
  journal: readonly JournalLine[]
  /** The contacts as they are in the end, in the order given. */
  contacts: readonly ContactState[]
  /** Every turn of every contact, contact by contact. */
  turns: readonly { contact: string; at: Instant; result: TurnResult }[]
}

/** Turns of one contact before it is given up. The usual cause: a timer that is never later than now. */
const MAX_TURNS = 100_000

/**
 * Runs a plan over contacts with a clock that never lags: each turn is at the instant of the next item, timer or recheck, up to
 * and with `until`. Contacts do not see one another, so each runs through by itself. The runner must give the same journal.
 */
export function runInMemory(plan: Plan, contacts: readonly MemoryContact[], until: Instant, seed = ''): MemoryRun {
  const turns: { contact: string; at: Instant; result: TurnResult }[] = []
  const ends = contacts.map(({ state, items }) => {
    let now = state
    const open = [...items]
    for (let left = MAX_TURNS; ; left--) {
      const at = nextInstant(plan, now, open[0])
      if (at === undefined || at > until) return now
      if (left === 0)
        throw new Error(`${now.person.key} has taken ${MAX_TURNS} turns. The usual cause: a timer that is never later than now.`)
      const due = open.splice(0, firstLater(open, at))
      const result = advance(plan, now, { now: at, items: due }, { now: at, seed })
      turns.push({ contact: now.person.key, at, result })
      now = result.state
    }
  })
  return { journal: sortJournal(turns.flatMap((it) => journalLines(it.contact, it.result))), contacts: ends, turns }
}

/** When something happens next: an item arrives, a timer is due in a flow that may move, a segment wants to be looked at again. */
function nextInstant(plan: Plan, state: ContactState, item: InboxItem | undefined): Instant | undefined {
  const timers = state.enrolments.flatMap((it) => {
    const standsStill = it.dueAt === null || it.vars.parked !== undefined || plan.flows.get(it.flowId)?.state === 'paused'
    return standsStill || it.dueAt === null ? [] : [it.dueAt]
  })
  const instants = [...timers, ...Object.values(state.rechecks), ...(item ? [item.at] : [])]
  return instants.length === 0 ? undefined : Math.min(...instants)
}

function firstLater(items: readonly InboxItem[], at: Instant): number {
  const index = items.findIndex((it) => it.at > at)
  return index === -1 ? items.length : index
}
