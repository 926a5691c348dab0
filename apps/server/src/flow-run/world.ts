import {
  appendItems,
  BATON,
  changeHandoff,
  claimSends,
  contactsByIdentity,
  type DeedLead,
  deedChange,
  type Handle,
  type HandoffChange,
  type LeadDeed,
  leadToAnswer,
  prepareEvents,
  saveLeadDraft,
  settleSends,
} from '@baton/db'
import { dealOf, itemsOf, type RunEvent, type SalesWord, saidOf } from '@baton/engine'
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

/** A rep does with the lead what the line says; false when there is none of which it can be said. */
export async function answerLead(db: Handle, contactId: number, { happening: it }: Sales, at: number): Promise<boolean> {
  const lead = await leadToAnswer(db, contactId, saidOf(it.answer))
  if (!lead) return false
  const of = { ...lead, repName: it.rep }
  if (it.answer === 'draft') {
    const draft = { handoffId: lead.id, userId: lead.repId ?? '', own: true, subject: '', body: '', at }
    await db.transaction((tx) => saveLeadDraft(tx, draft))
    return true
  }
  const change = it.answer === 'no-response' ? givenUp(of, at) : deedChange(of, deedOf(it, lead.key), { id: lead.repId, name: it.rep }, at)
  const done = await db.transaction((tx) => changeHandoff(tx, change))
  return !('refused' in done)
}

/** What somebody of sales does, as on the desk. */
function deedOf({ answer, why, note, disqualified = false, amount = null, deal = '' }: SalesWord, key: string): LeadDeed {
  const told = { name: deal, stage: 'open', amount, currency: null, closeOn: null }
  switch (answer) {
    case 'accepted':
      return { kind: 'accept' }
    case 'rejected':
      return { kind: 'reject', why, note, disqualify: disqualified }
    case 'voicemail':
      return { kind: 'call', how: 'voicemail', note }
    case 'wrong-number':
      return { kind: 'call', how: 'wrong-number', note }
    // What is not sent yet is no deed: it is kept before.
    case 'draft':
    case 'contacted':
    case 'no-response':
      return { kind: 'call', how: 'connected', note }
    case 'opportunity':
      return { kind: 'convert', id: dealOf(key), deal: told }
    case 'converted':
      return { kind: 'won', deal: amount === null ? null : told }
    case 'lost':
      return { kind: 'lost', deal: null, why, note }
    case 'given-back':
      return { kind: 'give-back', note }
  }
}

/** Nobody answers, and it is left at that. */
function givenUp({ id, rev, attempt, contract }: DeedLead, at: number): HandoffChange {
  const back = contract.agreement?.returns.noResponse
  return {
    ...{ id, rev, from: saidOf('no-response'), at },
    set: { state: 'no-response', outcome: 'no-response', closedAt: at },
    log: [{ kind: 'no-response', by: BATON, data: { attempts: attempt } }],
    news: { outcome: 'no-response', attempts: attempt, reason: { code: 'by-hand' }, ...back },
  }
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
