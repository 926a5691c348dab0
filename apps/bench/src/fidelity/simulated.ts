import {
  type Ahead,
  type ContactState,
  callAnswers,
  createWorld,
  type JournalLine,
  journalLines,
  type Player,
  play,
  scheduledTimes,
} from '@baton/engine'
import { BUNDLE_START, type BundleContact } from '@baton/engine/testing'
import type { Compiled } from '@baton/server'
import type { Laid } from './lay.ts'

export interface Simulated {
  journal: readonly JournalLine[]
  states: readonly ContactState[]
}

/** What reaches somebody: answers of sales to whichever lead waits then, which are there before anything else of their instant; and items. */
const comingOf = ({ items, answers }: BundleContact): Ahead[] => [
  ...answers.flatMap(({ happening: it, receivedAt: at, line }): Ahead[] => {
    if (it.do !== 'sales') return []
    const { do: _, ...word } = it
    return [{ kind: 'lead-answer', at, line, ...word }]
  }),
  ...items,
]

/** The engine's half: everybody played by the pure engine with its own outside world, as `flow simulate` does. */
export function simulated(
  { plan, seed }: Compiled,
  states: ReadonlyMap<number, ContactState>,
  { laid, contacts, until }: { laid: Laid; contacts: readonly BundleContact[]; until: number },
): Simulated {
  const answers = callAnswers(
    contacts.flatMap((it) => it.answers),
    (key) => key,
  )
  const world = createWorld({
    teams: laid.teams,
    zone: plan.workspaceZone,
    answers: { call: (contact, { key, node, at, enrolment: { flowId } }) => answers.to({ key, contact, flowId, node, at }) },
  })
  const of = new Map(contacts.map((it) => [it.state.person.key, it]))
  const players = [...laid.ids].map(([key, id]): Player => {
    const [state, contact] = [states.get(id), of.get(key)]
    if (!state || !contact) throw new Error(`${key} is not in the database`)
    return { state, coming: comingOf(contact) }
  })
  const journal: JournalLine[] = []
  const steps = play(players, {
    plan,
    world,
    until,
    seed,
    times: scheduledTimes(plan, BUNDLE_START, until),
    onTurn: ({ before, result }) => journal.push(...journalLines(before.person.key, result)),
  })
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return { journal, states: step.value }
}
