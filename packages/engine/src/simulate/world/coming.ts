import type { ContactState } from '../../state/contact.ts'
import type { HandoffNews, InboxItem } from '../../state/input.ts'
import type { Instant } from '../../state/person.ts'

/** What sales says of a lead. */
export interface SalesWord {
  answer: 'accepted' | 'rejected'
  rep: string
  why: string
  note: string | null
}

/** An answer to whichever lead of the contact waits for one when it comes; an item of the inbox needs its key. */
export interface LeadAnswer extends SalesWord {
  kind: 'lead-answer'
  at: Instant
  /** The line of a file where it stands. */
  line?: number | undefined
}

/** What will reach one contact. */
export type Coming = InboxItem | LeadAnswer

/** Something that reaches a contact, at its own time or, where that is past, at once. */
export interface Delivery {
  contact: string
  coming: Coming
}

/**
 * The item that an answer comes to for this contact now: for the oldest lead that somebody has and has not answered. S-5.
 * @returns undefined where no lead waits
 */
export function leadAnswered(
  state: Pick<ContactState, 'handoffs'>,
  { answer, rep, why, note }: SalesWord,
  at: Instant,
): InboxItem | undefined {
  const lead = state.handoffs.find((it) => it.state === 'assigned')
  if (!lead) return undefined
  return { kind: 'handoff', at, handoff: lead.key, news: leadNews({ answer, why, note }, { repId: lead.repId ?? rep, repName: rep }) }
}

/** What sales says, as the contact hears it. */
export function leadNews({ answer, why, note }: Omit<SalesWord, 'rep'>, who: { repId: string; repName: string }): HandoffNews {
  return answer === 'accepted' ? { outcome: 'accepted', ...who } : { outcome: 'rejected', ...who, why, note: note ?? undefined }
}
