import { appendItems, type Handle, journalOf, prepareEvents } from '@baton/db'
import { callAnswers, type JournalLine, journalLine } from '@baton/engine'
import { BUNDLE_START, type BundleContact } from '@baton/engine/testing'
import { acceptMail, answerLead, createLog, createPlans, createRunner, createStandIn } from '@baton/server'
import { type Injection, injected } from './inject.ts'
import type { Laid } from './lay.ts'

const BUCKETS = 1024
/** Instants before a run is given up. The usual cause: something that is due and never done. */
const MOST = 100_000

interface Due {
  at: number
  contact: BundleContact
  what: { item: BundleContact['items'][number] } | { answer: BundleContact['answers'][number] }
}

const agenda = (contacts: readonly BundleContact[]): Due[] =>
  contacts
    .flatMap((contact): Due[] => [
      ...contact.items.map((item) => ({ at: item.at, contact, what: { item } })),
      ...contact.answers.flatMap((answer) =>
        answer.happening.do === 'sales' ? [{ at: answer.receivedAt, contact, what: { answer } }] : [],
      ),
    ])
    .sort((a, b) => a.at - b.at)

/**
 * The runner's half: the same people and the same things, told through the inbox of a real database; mail servers, web addresses and sales
 * answer alike. The clock jumps from one instant at which something happens to the next, up to and with `until`.
 */
export async function ran(
  handle: Handle,
  { laid, contacts, until, inject }: { laid: Laid; contacts: readonly BundleContact[]; until: number; inject?: Injection | undefined },
): Promise<{ journal: readonly JournalLine[]; instants: number }> {
  let now = BUNDLE_START
  const clock = { now: () => now }
  const log = createLog('silent')
  const answers = callAnswers(
    contacts.flatMap((it) => it.answers),
    (key) => laid.ids.get(key),
  )
  const world = createStandIn({ handle, owner: 'fidelity', answer: (effect) => answers.to({ ...effect, contact: effect.contactId }) })
  const runner = createRunner({ handle, clock, plans: injected(createPlans({ handle, log }), inject), log, owner: 'fidelity' })
  const idOf = (it: BundleContact) => laid.ids.get(it.state.person.key) ?? 0
  const open = agenda(contacts)
  let next = 0

  async function tell(): Promise<void> {
    const begin = next
    while ((open[next]?.at ?? Number.POSITIVE_INFINITY) <= now) next++
    const due = open.slice(begin, next)
    // The desk reads which lead waits before anything of this instant has been handled.
    for (const { contact, what } of due) {
      if ('answer' in what && what.answer.happening.do === 'sales')
        await answerLead(handle, idOf(contact), { ...what.answer, happening: what.answer.happening }, now)
    }
    const items = due.flatMap(({ contact, what }) => ('item' in what ? [{ contactId: idOf(contact), item: what.item }] : []))
    if (items.length === 0) return
    await prepareEvents(
      handle,
      items.flatMap(({ item }) => (item.kind === 'event' ? [item.event] : [])),
      now,
    )
    await handle.transaction((tx) =>
      appendItems(tx, inject === 'event' ? items.filter(({ item }, i) => item.kind !== 'event' || i % 4 > 0) : items),
    )
  }

  try {
    for (let instants = 1; instants < MOST; instants++) {
      if (inject === 'time-out') await runner.drainUntilIdle()
      await tell()
      let due: number | null
      do due = await runner.drainUntilIdle()
      while ((await acceptMail(handle, now)) + (await world.settle(now)) > 0)
      const wanted = [due, world.next(), open[next]?.at ?? null].filter((it) => it !== null)
      const at = Math.max(Math.min(Number.POSITIVE_INFINITY, ...wanted), now + 1)
      if (at > until) return { journal: await journal(handle), instants }
      now = at
    }
    throw new Error(`The run did not come to its end within ${MOST} instants`)
  } finally {
    await runner.stop()
  }
}

async function journal(handle: Handle): Promise<JournalLine[]> {
  const rows = await journalOf(handle, { from: 0, to: BUCKETS })
  return rows.flatMap(({ contact, flowId, steps }) => steps.map((step) => journalLine(contact, flowId, step)))
}
