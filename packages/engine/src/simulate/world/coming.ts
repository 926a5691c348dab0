import type { ContactState } from '../../state/contact.ts'
import { type HandoffContract, PLAIN_CONTRACT, returnOf } from '../../state/contract.ts'
import type { HandoffNews, InboxItem } from '../../state/input.ts'
import type { HandoffFact, Instant } from '../../state/person.ts'
import type { HandoffEffect } from '../../state/result.ts'
import type { HeldLead } from './held.ts'

/** What sales may say of a lead, or do with it. */
export const SALES_WORDS = [
  'accepted',
  'rejected',
  'voicemail',
  'wrong-number',
  'draft',
  'contacted',
  'opportunity',
  'converted',
  'lost',
  'given-back',
  'no-response',
] as const

/** What sales says of a lead. */
export interface SalesWord {
  answer: (typeof SALES_WORDS)[number]
  rep: string
  why: string
  note: string | null
  /** Rejected for good. */
  disqualified?: boolean | undefined
  /** What a deal is worth, and what it is called. */
  amount?: number | null | undefined
  deal?: string | undefined
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** What an event says that sales is made to say; undefined of any other. */
export function wordOf(type: string, props: Readonly<Record<string, unknown>>): SalesWord | undefined {
  const answer = SALES_WORDS.find((it) => type === `sales.${it}`)
  if (!answer) return undefined
  const deal = text(props.name)
  return {
    ...{ answer, rep: text(props.rep) ?? 'Rep', why: text(props.reason) ?? 'other', note: text(props.note) ?? null },
    ...(props.disqualified === true ? { disqualified: true } : {}),
    ...(typeof props.amount === 'number' ? { amount: props.amount } : {}),
    ...(deal === undefined ? {} : { deal }),
  }
}

/** The same the other way round: how it is written as an event. */
export function wordEvent({ answer, rep, why, note, disqualified, amount, deal }: SalesWord): {
  type: string
  props: Record<string, string | number | boolean>
} {
  const reason = answer === 'rejected' || answer === 'lost' ? { reason: why, ...(note === null ? {} : { note }) } : {}
  const more = {
    ...(disqualified ? { disqualified } : {}),
    ...(amount == null ? {} : { amount }),
    ...(deal === undefined ? {} : { name: deal }),
  }
  return { type: `sales.${answer}`, props: { rep, ...reason, ...more } }
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
  /** The key of the mail that went out by it: whoever hears of it or not, it is gone from now on. S-50. */
  left?: string | undefined
}

type Owned = Exclude<HandoffFact['state'], 'routing'>
const UNANSWERED: readonly Owned[] = ['assigned', 'sleeping']
const OPEN: readonly Owned[] = ['assigned', 'accepted', 'sleeping']

/** In which states a lead may be of which this is said, as on the desk: a deal follows an acceptance. */
const OF: Readonly<Record<SalesWord['answer'], readonly Owned[]>> = {
  accepted: UNANSWERED,
  rejected: UNANSWERED,
  voicemail: OPEN,
  'wrong-number': OPEN,
  draft: ['assigned'],
  contacted: OPEN,
  opportunity: ['accepted'],
  converted: ['accepted'],
  lost: ['accepted'],
  'given-back': OPEN,
  'no-response': UNANSWERED,
}

/** In which states a lead may be of which this is said, in the order in which one is looked for. */
export const saidOf = (answer: SalesWord['answer']): readonly Owned[] => OF[answer]

/**
 * The items that a word comes to for this contact now: for the oldest lead of which it can be said, in the state that it is said of first.
 * S-5, S-41.
 * @param held what is known of a lead on the floor of sales
 * @returns none where no lead waits
 */
export function leadAnswered(
  state: Pick<ContactState, 'handoffs'>,
  word: SalesWord,
  at: Instant,
  held: (key: string) => HeldLead | undefined = () => undefined,
): InboxItem[] {
  const [lead] = OF[word.answer].flatMap((it) => state.handoffs.filter((one) => one.state === it))
  if (!lead) return []
  const known = held(lead.key)
  const who = { repId: lead.repId ?? word.rep, repName: word.rep }
  const of: OfLead = {
    ...{ contract: known?.lead.contract ?? PLAIN_CONTRACT, attempt: lead.attempt, key: lead.key },
    ...{ opportunity: known?.opportunity ?? null, waits: lead.state === 'assigned' },
  }
  return leadNews(word, who, of).map((news) => ({
    ...{ kind: 'handoff', at, handoff: lead.key, news },
  }))
}

/** Which lead a rep writes about who says so; undefined where nobody has one that waits for an answer. S-46. */
export const leadDrafted = (state: Pick<ContactState, 'handoffs'>): string | undefined =>
  OF.draft.flatMap((it) => state.handoffs.filter((one) => one.state === it))[0]?.key

/** The same of a lead that somebody has just got, at the given try. */
export const leadSaid = (
  { key, contract }: HandoffEffect,
  word: Omit<SalesWord, 'rep'>,
  { rep: { id: repId, name: repName }, attempt = 1 }: { rep: { id: string; name: string }; attempt?: number | undefined },
  at: Instant,
): Coming[] =>
  leadNews(word, { repId, repName }, { contract, attempt, key, opportunity: null, waits: true }).map((news) => ({
    kind: 'handoff',
    at,
    handoff: key,
    news,
  }))

/** What is known of a lead by whoever says something of it. */
interface OfLead {
  contract: HandoffContract
  attempt: number
  key: string
  /** The deal that was opened. */
  opportunity: string | null
  /** Nobody has accepted it. */
  waits: boolean
}

/** What the deal of a lead is called where nobody gives it an id. */
export const dealOf = (key: string): string => `${key}/deal`

/** What sales says, as the contact hears it: with what was agreed on for a return, and with what the last voicemail means. */
function leadNews(
  { answer, why, note, disqualified, amount = null, deal = '' }: Omit<SalesWord, 'rep'>,
  who: { repId: string; repName: string },
  { contract, attempt, key, opportunity, waits }: OfLead,
): HandoffNews[] {
  const said = { why, note: note ?? undefined }
  switch (answer) {
    case 'accepted':
      return [{ outcome: 'accepted', ...who }]
    case 'rejected':
      return [{ outcome: 'rejected', ...who, ...said, ...(disqualified ? { disqualified } : {}), ...returnOf(contract, 'rejected') }]
    case 'voicemail': {
      // Without a loop, or where somebody accepted it, it was a call that nobody answered.
      if (contract.voicemail === null || !waits) return [{ outcome: 'attempted', ...who, how: 'no-answer', attempt }]
      const tried: HandoffNews = { outcome: 'attempted', ...who, how: 'voicemail', attempt, of: contract.voicemail.attempts }
      return attempt < contract.voicemail.attempts ? [tried] : [tried, noResponse(contract, attempt, { code: 'voicemail' })]
    }
    case 'wrong-number':
      return [{ outcome: 'attempted', ...who, how: 'wrong-number', attempt }]
    // What is not sent yet nobody hears of: see `leadDrafted`.
    case 'draft':
      return []
    case 'contacted':
      return [{ outcome: 'contacted', ...who, how: 'call' }]
    case 'opportunity':
      return [{ outcome: 'opportunity', ...who, id: dealOf(key), name: deal, amount, closeOn: null, stage: 'open' }]
    case 'converted':
      return [{ outcome: 'converted', ...who, opportunity, amount }]
    case 'lost':
      return [{ outcome: 'lost', ...who, ...said, opportunity, ...returnOf(contract, 'lost') }]
    case 'given-back':
      return [{ outcome: 'given-back', ...who, note: note ?? undefined }]
    case 'no-response':
      return [noResponse(contract, attempt, { code: 'by-hand' })]
  }
}

const noResponse = (contract: HandoffContract, attempts: number, reason: Readonly<Record<string, unknown>>): HandoffNews => ({
  ...{ outcome: 'no-response', attempts, reason },
  ...returnOf(contract, 'noResponse'),
})
