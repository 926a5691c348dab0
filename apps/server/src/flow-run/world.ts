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
import { LATE_MS } from '@baton/engine'
import { sentBy } from '../deliver/outcome.ts'
import type { RunEvent } from './events.ts'

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

const ANSWERS = new Set(['sales.accepted', 'sales.rejected'])
const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** A rep answers the lead that waits; false when none does. */
async function answerLead(db: Handle, contactId: number, { type, props }: RunEvent, at: number): Promise<boolean> {
  const lead = await leadToAnswer(db, contactId)
  if (!lead) return false
  const reject = { kind: 'reject', reason: text(props.reason) ?? 'other', note: text(props.note) ?? null } as const
  const answer = type === 'sales.accepted' ? ({ kind: 'accept' } as const) : reject
  const rep = { id: lead.repId, name: text(props.rep) ?? 'Rep' }
  const done = await db.transaction((tx) => answerHandoff(tx, { id: lead.id, rev: lead.rev, rep, asManager: true, answer, at }))
  return 'contactId' in done
}

/** Lets events of the file come in at `now`. @returns those that found nobody or nothing to happen to, in words */
export async function letHappen(db: Handle, events: readonly RunEvent[], now: number): Promise<string[]> {
  const people = await contactsByIdentity(
    db,
    events.map((it) => it.contact),
  )
  const passedOver: string[] = []
  await prepareEvents(
    db,
    events.filter((it) => !ANSWERS.has(it.type)),
    now,
  )
  for (const event of events) {
    const contactId = people.get(event.contact)
    if (contactId === undefined) passedOver.push(`events line ${event.line}: nobody has the key ${event.contact}; passed over.`)
    else if (ANSWERS.has(event.type)) {
      const answered = await answerLead(db, contactId, event, now)
      if (!answered) passedOver.push(`events line ${event.line}: no lead of ${event.contact} waits for an answer then; passed over.`)
    } else {
      const { id, type, props, occurredAt } = event
      const historic = now - occurredAt > LATE_MS
      const told = { id, type, props, occurredAt, receivedAt: now, ...(historic ? { historic } : {}) }
      await db.transaction((tx) => appendItems(tx, [{ contactId, item: { kind: 'event', at: now, event: told } }]))
    }
  }
  return passedOver
}
