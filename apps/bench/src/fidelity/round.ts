import { type Handle, loadStates } from '@baton/db'
import { type JournalLine, sortJournal } from '@baton/engine'
import { BUNDLE_MS, BUNDLE_START } from '@baton/engine/testing'
import { createLog, createPlans } from '@baton/server'
import type { Found } from './fixture.ts'
import type { Injection } from './inject.ts'
import { lay } from './lay.ts'
import { ran } from './ran.ts'
import { simulated } from './simulated.ts'
import { leadWay } from './taken.ts'

const ALL = { kind: 'span', from: 0, to: 1023 } as const
const UNTIL = BUNDLE_START + BUNDLE_MS + 5 * 86_400_000

/** A contact whose two journals differ. */
export interface Difference {
  contact: string
  /** The first line that differs; none where one journal is over. */
  simulated: string | null
  ran: string | null
  /** When it is. */
  at: number
}

export interface Compared {
  differences: readonly Difference[]
  /** Everything else that must not be. */
  wrong: readonly string[]
  journal: readonly JournalLine[]
  /** How often each thing became of a lead. */
  leads: Readonly<Record<string, number>>
  instants: number
}

function byContact(journal: readonly JournalLine[]): Map<string, string[]> {
  const lines = new Map<string, string[]>()
  for (const line of sortJournal(journal)) {
    const text = JSON.stringify(line)
    const own = lines.get(line.contact)
    if (own) own.push(text)
    else lines.set(line.contact, [text])
  }
  return lines
}

const timeOf = (line: string | null): number => {
  const read: { time: string } | null = line === null ? null : JSON.parse(line)
  return read ? Date.parse(read.time) : Number.POSITIVE_INFINITY
}

function differences(a: readonly JournalLine[], b: readonly JournalLine[]): Difference[] {
  const [one, other] = [byContact(a), byContact(b)]
  return [...new Set([...one.keys(), ...other.keys()])].sort().flatMap((contact) => {
    const [left, right] = [one.get(contact) ?? [], other.get(contact) ?? []]
    const at = Array.from({ length: Math.max(left.length, right.length) }, (_, i) => i).find((i) => left[i] !== right[i])
    if (at === undefined) return []
    const lines = { simulated: left[at] ?? null, ran: right[at] ?? null }
    return [{ contact, ...lines, at: Math.min(timeOf(lines.simulated), timeOf(lines.ran)) }]
  })
}

/** Plays bundles both ways in an empty, migrated database, and holds what came of it side by side. */
export async function compare(
  handle: Handle,
  { bundles, sending, inject, until = UNTIL }: Found & { inject?: Injection | undefined },
): Promise<Compared> {
  const laid = await lay(handle, bundles, sending)
  const contacts = bundles.flatMap((it) => it.contacts)
  const compiled = await createPlans({ handle, log: createLog('silent') }).get()
  const { plan, related, problems } = compiled
  if (problems.length > 0 || plan.broken.length > 0)
    throw new Error(`A bundle does not compile: ${JSON.stringify([...problems, ...plan.broken]).slice(0, 500)}`)
  const needs = { events: plan.reads.events, now: BUNDLE_START, horizon: null, mails: plan.mails, related, drawn: plan.draws }
  const states = await loadStates(handle, ALL, [...laid.ids.values()], needs)
  const one = simulated(compiled, states, { laid, contacts, until })
  const other = await ran(handle, { laid, contacts, until, inject })
  const wrong: string[] = []
  for (const { error } of await handle.query<{ error: string }>('select distinct error from dead'))
    wrong.push(`Something was set aside: ${error}`)
  const left = [...differences(one.journal, other.journal)]
  const told = await handle.query<{ kind: string; n: number }>('select kind, count(*)::int as n from handoff_log group by 1 order by 1')
  const leads = Object.fromEntries(told.map(({ kind, n }) => [leadWay(kind), n]))
  return { differences: left, wrong, journal: one.journal, leads, instants: other.instants }
}
