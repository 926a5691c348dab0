import {
  answerHandoff,
  appendItems,
  claimSends,
  contactsByIdentity,
  type Handle,
  leadToAnswer,
  prepareEvents,
  settleSends,
} from '@baton/db'
import { itemsOf, type RunEvent } from '@baton/engine'
import { sentBy } from '../deliver/outcome.ts'

const ALL = { kind: 'span', from: 0, to: 1023 } as const
const OWNER = 'flow-run'
const MAILS = 500
/** A claim is about processes; there is only this one. */
const HELD_FOR = 60_000

/** The mail server of a run: takes every mail at once. @returns how many it took */
export async function acceptMail(db: Handle, now: number): Promise<number> {
  const claimed = await claimSends(db, ALL, { owner: OWNER, wall: Date.now(), ttl: HELD_FOR, now, limit: MAILS })
  await settleSends(
    db,
    ALL,
    { owner: OWNER, now },
    claimed.map((send) => sentBy(send, 'outbox', now)),
  )
  return claimed.length
}

type Sales = RunEvent & { happening: { do: 'sales' } }
const isSales = (event: RunEvent): event is Sales => event.happening.do === 'sales'

/** A rep answers the lead that waits; false when none does. */
export async function answerLead(db: Handle, contactId: number, { happening: it }: Sales, at: number): Promise<boolean> {
  const lead = await leadToAnswer(db, contactId)
  if (!lead) return false
  const answer = it.answer === 'accepted' ? ({ kind: 'accept' } as const) : ({ kind: 'reject', reason: it.why, note: it.note } as const)
  const rep = { id: lead.repId, name: it.rep }
  const done = await db.transaction((tx) => answerHandoff(tx, { id: lead.id, rev: lead.rev, rep, asManager: true, answer, at }))
  return 'contactId' in done
}

/** Who is meant by the keys of the file. */
export async function peopleOf(db: Handle, events: readonly RunEvent[]): Promise<Map<string, number>> {
  const keys = [...new Set(events.map((it) => it.contact))]
  return contactsByIdentity(db, keys)
}

/** Lets lines of the file come in at `now`. @returns those that found nobody or nothing to happen to, in words */
export async function letHappen(
  db: Handle,
  events: readonly RunEvent[],
  people: ReadonlyMap<string, number>,
  now: number,
): Promise<string[]> {
  const passedOver: string[] = []
  await prepareEvents(
    db,
    events.flatMap(({ happening: it, occurredAt }) => (it.do === 'event' ? [{ type: it.type, occurredAt }] : [])),
    now,
  )
  for (const event of events) {
    const contactId = people.get(event.contact)
    if (contactId === undefined) passedOver.push(`events line ${event.line}: nobody has the key ${event.contact}; passed over.`)
    else if (isSales(event)) {
      const answered = await answerLead(db, contactId, event, now)
      if (!answered) passedOver.push(`events line ${event.line}: no lead of ${event.contact} waits for an answer then; passed over.`)
    } else {
      const items = itemsOf(event, now).map((item) => ({ contactId, item }))
      if (items.length > 0) await db.transaction((tx) => appendItems(tx, items))
    }
  }
  return passedOver
}
