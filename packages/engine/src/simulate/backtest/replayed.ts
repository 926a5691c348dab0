import type { HandoffEffect, SendEffect } from '../../state/result.ts'
import { type Coming, leadSaid } from '../world/coming.ts'
import { drawnAnswers, type Likelihoods } from '../world/drawn.ts'
import { type MailDeed, mailDone } from '../world/items.ts'
import type { Answers, GivenLead } from '../world/world.ts'
import type { RecordedDeed, RecordedPerson } from './recorded.ts'

/** What was known of what the flow made, and what had to be assumed. */
export interface Caused {
  /** Mails and leads that were really made as well; and those that were not, and calls. */
  same: number
  fresh: number
  /** What people, sales and systems did with the first, as recorded, and with the others, drawn from rates. */
  replayed: number
  assumed: number
  /** Steps at which something was made that never was, and how often. */
  freshAt: ReadonlyMap<string, number>
}

const DEEDS: readonly MailDeed[] = ['opened', 'clicked', 'replied', 'bounced', 'unsubscribed', 'complained']
const deedOf = (type: string): MailDeed | undefined => DEEDS.find((it) => `mail.${it}` === type)

interface Options {
  recordOf(contact: string): RecordedPerson | undefined
  /** Leads of other flows, by key: how long somebody had them. */
  heldFor(key: string): number | null | undefined
  likely: Likelihoods
  seed: string
  hours: Parameters<typeof drawnAnswers>[2]
}

/**
 * Answers with what was recorded, where the flow makes the same mail to the same person, or hands them to the same team, for the same how-manieth
 * time; so long after it as it was then. What was never made is answered by rates, and counted. B-5 to B-8.
 */
export function replayedAnswers({ recordOf, heldFor, likely, seed, hours }: Options): { answers: Answers; caused: () => Caused } {
  const drawn = drawnAnswers(likely, seed, hours)
  const used = new Map<string, Set<number>>()
  const freshAt = new Map<string, number>()
  const sums = { same: 0, fresh: 0, replayed: 0, assumed: 0 }
  /** The first recorded one that fits and was not taken; of mails the one of the same step before others. */
  const take = <T>(contact: string, kind: string, all: readonly T[], fits: readonly ((it: T) => boolean)[]): T | undefined => {
    const key = `${kind} ${contact}`
    const gone = used.get(key) ?? new Set()
    for (const isIt of fits) {
      const place = all.findIndex((it, i) => !gone.has(i) && isIt(it))
      if (place === -1) continue
      used.set(key, gone.add(place))
      sums.same++
      return all[place]
    }
    return undefined
  }
  const assumed = (node: string, comings: readonly Coming[]): readonly Coming[] => {
    sums.fresh++
    freshAt.set(node, (freshAt.get(node) ?? 0) + 1)
    sums.assumed += comings.filter((it) => it.kind === 'event' || it.kind === 'handoff' || it.kind === 'effect').length
    return comings
  }
  const answers: Answers = {
    mail(contact, mail, at) {
      const mails = recordOf(contact)?.mails ?? []
      const found = take(contact, 'mail', mails, [
        (it) => it.templateId === mail.templateId && it.node === mail.node,
        (it) => it.templateId === mail.templateId,
      ])
      if (!found) return assumed(mail.node, drawn.mail?.(contact, mail, at) ?? [])
      sums.replayed += found.deeds.length
      return found.deeds.flatMap((deed, i) => doneAgain(mail, deed, at, i))
    },
    lead(contact, lead, given, at) {
      const held = heldFor(lead.key)
      if (held !== undefined) return held === null ? [] : leadSaid(lead, NOTHING_SAID, { rep: REP }, at + held)
      const found = take(contact, 'lead', recordOf(contact)?.leads ?? [], [(it) => it.teamId === lead.teamId])
      if (!found) return assumed(lead.node, drawn.lead?.(contact, lead, given, at) ?? [])
      sums.replayed += found.deeds.length + (found.answer ? 1 : 0)
      return [...answered(lead, found.answer, given, at), ...found.deeds.map((deed, i) => leadDeed(lead, deed, at, i))]
    },
    call(contact, call, at) {
      const told = drawn.call?.(contact, call, at)
      sums.fresh++
      sums.assumed++
      freshAt.set(call.node, (freshAt.get(call.node) ?? 0) + 1)
      return told
    },
  }
  return { answers, caused: () => ({ ...sums, freshAt }) }
}

const REP = { id: '', name: '' } as const
const NOTHING_SAID = { answer: 'accepted', why: '', note: null } as const

function doneAgain(mail: SendEffect, { type, props, afterMs, machine }: RecordedDeed, sentAt: number, nth: number): Coming[] {
  const at = sentAt + afterMs
  const deed = deedOf(type)
  const about = { sendKey: mail.key, templateId: mail.templateId, flowId: mail.enrolment.flowId, node: mail.node, machine }
  const event = { id: `${mail.key}/recorded/${nth}`, type, props: { ...props, ...about }, occurredAt: at, receivedAt: at }
  const told: Coming = { kind: 'event', at, event: machine ? { ...event, machine } : event }
  // What it means for mail beside the event is the same as for any other.
  const beside = deed && !machine ? mailDone(mail, deed, at).filter((it) => it.kind !== 'event') : []
  return [...beside, told]
}

type Answer = NonNullable<RecordedPerson['leads'][number]['answer']>

function answered(lead: HandoffEffect, answer: Answer | null, given: GivenLead, at: number): Coming[] {
  if (!answer) return []
  const { afterMs, ...word } = answer
  return leadSaid(lead, word, given, at + afterMs)
}

function leadDeed(lead: HandoffEffect, { type, props, afterMs }: RecordedDeed, since: number, nth: number): Coming {
  const at = since + afterMs
  const event = { id: `${lead.key}/recorded/${nth}`, type, props: { ...props, handoff: lead.key }, occurredAt: at, receivedAt: at }
  return { kind: 'event', at, event }
}
