import { randomBytes } from 'node:crypto'
import {
  answerHandoff,
  type Handle,
  type Ids,
  type IncomingMessage,
  leadsOut,
  mailsOut,
  nextSendDue,
  sentMail,
  storeMessages,
  tellContact,
} from '@baton/db'
import type { Delivery } from '../deliver/index.ts'
import { mailEvent } from '../deliver/outcome.ts'
import type { Runner } from '../runner/index.ts'
import { type Agenda, agenda } from './agenda.ts'
import { answerToLead, answerToMail, workAfter, worthOf } from './behaviour.ts'
import { type LeadWork, workOnLead } from './leads.ts'
import type { SamplePerson } from './people.ts'

/** The sample's events come in as from a server of the customer's. */
const KEY = { id: 'sample', kind: 'server' } as const

/** Something that is still to happen. */
export type Plan =
  | { kind: 'event'; email: string; event: string; props: Record<string, string | number> }
  | { kind: 'trait'; email: string; traits: Record<string, string> }
  | { kind: 'mail'; deed: 'open' | 'click' | 'unsubscribe'; sendId: number }
  | { kind: 'lead'; id: number; rev: number; rep: { id: string; name: string }; answer: 'accept' | 'reject'; why: string }
  | ({ kind: 'work' } & LeadWork)

export interface World {
  db: Handle
  ids: Ids
  time: { now: number }
  runner: Runner
  delivery: Delivery
  people: ReadonlyMap<string, SamplePerson>
  plans: Agenda<Plan>
  /** Mails and leads up to here have been looked at by those they reached. */
  seen: number
}

export const newPlans = (): Agenda<Plan> => agenda<Plan>()

const eventId = () => randomBytes(12).toString('base64url')

/**
 * One tick: what is due happens, the engine and the mail go on, and those reached make up their minds what to do about it.
 * @returns the next instant at which anything is due; Infinity when nothing is left
 */
export async function tick(world: World): Promise<number> {
  await letHappen(world)
  let due: number | null
  do due = await world.runner.drainUntilIdle()
  while ((await world.delivery.deliverDue()) > 0)
  await makeUpMinds(world)
  const mail = await nextSendDue(world.db)
  return Math.min(due ?? Number.POSITIVE_INFINITY, mail ?? Number.POSITIVE_INFINITY, world.plans.next())
}

async function letHappen({ db, ids, time, plans }: World): Promise<void> {
  const due = plans.take(time.now)
  const events = due.flatMap(({ at, what }) => (what.kind === 'event' || what.kind === 'trait' ? [message(what, at, time.now)] : []))
  if (events.length > 0) await storeMessages(db, ids, events, KEY)
  for (const { at, what } of due) {
    if (what.kind === 'mail') await doWithMail(db, what, at, time.now)
    else if (what.kind === 'work') await workOnLead(db, what, time.now)
    else if (what.kind === 'lead') {
      const { id, rev, rep } = what
      const answer = what.answer === 'accept' ? ({ kind: 'accept' } as const) : ({ kind: 'reject', reason: what.why, note: null } as const)
      await db.transaction((tx) => answerHandoff(tx, { id, rev, rep, asManager: false, answer, at: time.now }))
    }
  }
}

const message = (what: Extract<Plan, { kind: 'event' | 'trait' }>, at: number, now: number): IncomingMessage => ({
  messageId: eventId(),
  ...(what.kind === 'event'
    ? { kind: 'track', eventType: what.event, props: what.props }
    : { kind: 'identify', eventType: 'identify', props: {} }),
  userId: null,
  anonymousId: null,
  previousId: null,
  groupId: null,
  traits: { email: what.email, ...(what.kind === 'trait' ? what.traits : {}) },
  occurredAt: at,
  receivedAt: now,
})

async function doWithMail(db: Handle, { deed, sendId }: Extract<Plan, { kind: 'mail' }>, at: number, now: number): Promise<void> {
  const mail = await sentMail(db, sendId, deed === 'click' ? 1 : null)
  if (!mail) return
  const id = eventId()
  const told = (type: string, props?: Record<string, unknown>) => {
    const item = mailEvent(mail, { type, id, now, props })
    return item.kind === 'event' ? { ...item, event: { ...item.event, occurredAt: at } } : item
  }
  if (deed === 'open') await tellContact(db, mail.contactId, [told('mail.opened')], now)
  else if (deed === 'click') await tellContact(db, mail.contactId, [told('mail.clicked', { url: mail.url ?? '', n: 1 })], now)
  else {
    const source = { kind: 'system', id: 'unsubscribe-link' } as const
    const refused = { kind: 'consent', at: now, topic: 'marketing', given: false, source } as const
    await tellContact(db, mail.contactId, [refused, told('mail.unsubscribed')], now)
  }
}

async function makeUpMinds(world: World): Promise<void> {
  const { db, time, people, plans } = world
  const span = { from: world.seen, to: time.now }
  world.seen = time.now
  for (const { id, email, templateId } of await mailsOut(db, span)) {
    const person = people.get(email)
    for (const deed of person ? answerToMail(person, templateId) : []) {
      const at = time.now + deed.after
      if (deed.do === 'event') plans.put(at, { kind: 'event', email, event: deed.event, props: deed.props })
      else plans.put(at, { kind: 'mail', deed: deed.do, sendId: id })
    }
  }
  for (const { id, email, rev, repId, repName } of await leadsOut(db, span)) {
    const person = people.get(email)
    if (!person) continue
    const answer = answerToLead(person, String(rev))
    const rep = { id: repId, name: repName }
    if (answer) plans.put(time.now + answer.after, { kind: 'lead', id, rev, rep, answer: answer.do, why: answer.why })
    if (answer?.do === 'reject') continue
    for (const { work, after } of workAfter(person, answer && 'accept'))
      plans.put(time.now + (answer?.after ?? 0) + after, { kind: 'work', id, rep, work, amount: worthOf(person) })
  }
}
