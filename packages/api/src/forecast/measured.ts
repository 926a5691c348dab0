import type { CallTally, DealTally, LeadTally, MailTally } from '@baton/db'
import { type Behaviour, DEFAULT_BEHAVIOUR, type LeadRates, type MailRates, type Pressure, type Rate } from '@baton/engine'

/** Fewer than this says too little of a step: it goes by what is known of all. */
const ENOUGH = 50
/** Fewer than this says too little of anything. */
const SOME = 20

const counted = (yes: number, all: number, of: string): Rate => ({
  from: 'measured',
  yes: Math.min(yes, all),
  no: Math.max(0, all - yes),
  of,
})

const DEEDS = ['opened', 'clicked', 'replied', 'bounced', 'unsubscribed', 'complained'] as const

function mailRates(tallies: readonly MailTally[], of: string): MailRates {
  const sent = tallies.reduce((sum, it) => sum + it.sent, 0)
  const deed = (name: (typeof DEEDS)[number]) =>
    counted(
      tallies.reduce((sum, it) => sum + (it.deeds[name] ?? 0), 0),
      sent,
      of,
    )
  return {
    opened: deed('opened'),
    clicked: deed('clicked'),
    replied: deed('replied'),
    bounced: deed('bounced'),
    unsubscribed: deed('unsubscribed'),
    complained: deed('complained'),
    minutes: middle(tallies) ?? DEFAULT_BEHAVIOUR.mail.minutes,
  }
}

/** The minutes of whichever has most to say. */
const middle = (tallies: readonly { minutes: number | null }[]): number | null => tallies.find((it) => it.minutes !== null)?.minutes ?? null

function leadRates(tallies: readonly LeadTally[], of: string): LeadRates {
  const sum = (key: 'given' | 'answered' | 'accepted' | 'voicemails' | 'unreached') => tallies.reduce((all, it) => all + it[key], 0)
  return {
    ...DEFAULT_BEHAVIOUR.lead,
    // Whoever was never reached but by a voicemail was not asked.
    answered: counted(sum('answered'), sum('given') - sum('unreached'), of),
    accepted: counted(sum('accepted'), sum('answered'), of),
    voicemail: counted(sum('voicemails'), sum('voicemails') + Math.max(0, sum('given') - sum('unreached')), of),
    reasons: reasonsOf(tallies, of),
    minutes: middle(tallies) ?? DEFAULT_BEHAVIOUR.lead.minutes,
  }
}

/** How many of the decided deals were opportunities and were won, and what a won one was worth on average; what too few say is left out. */
function dealRates(tallies: readonly DealTally[], enough: number, of: string): Partial<Pick<LeadRates, 'opportunity' | 'won' | 'value'>> {
  const sum = (key: 'won' | 'lost' | 'opportunities' | 'valued' | 'worth') => tallies.reduce((all, it) => all + it[key], 0)
  const [decided, valued] = [sum('won') + sum('lost'), sum('valued')]
  return {
    ...(decided >= enough
      ? {
          opportunity: counted(sum('opportunities'), decided, `${decided} ${of}`),
          won: counted(sum('won'), decided, `${decided} ${of}`),
        }
      : {}),
    ...(valued >= enough ? { value: Math.max(0, Math.round((100 * sum('worth')) / valued) / 100) } : {}),
  }
}

/** How many calls of web addresses were answered. */
function callRate(tallies: readonly CallTally[], of: string): Rate {
  const answered = tallies.reduce((all, it) => all + it.answered, 0)
  return counted(answered, answered + tallies.reduce((all, it) => all + it.failed, 0), of)
}

/** More reasons than these are as good as none. */
const REASONS = 30

/** For what leads were rejected: of each reason its share of the rejected. */
function reasonsOf(tallies: readonly LeadTally[], of: string): LeadRates['reasons'] {
  const times = new Map<string, number>()
  for (const { reasons } of tallies) for (const [why, n] of Object.entries(reasons)) times.set(why, (times.get(why) ?? 0) + n)
  const all = [...times.values()].reduce((a, b) => a + b, 0)
  const ordered = [...times].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, REASONS)
  return ordered.map(([why, n]) => ({ why: why.slice(0, 120), share: counted(n, all, `rejections among ${of}`) }))
}

/** What was counted within so many days, of so many people. */
export interface Counted {
  mails: readonly MailTally[]
  leads: readonly LeadTally[]
  /** Of a longer time, as deals take long: `dealDays`. */
  deals: readonly DealTally[]
  calls: readonly CallTally[]
  events: readonly { type: string; n: number }[]
  people: number
  days: number
  dealDays: number
}

/** Events that follow from mails, leads, or what the house itself does. */
const OURS = /^(mail|sales|contact|lifecycle|baton)\./

/** How people behave in this workspace, as far as it was counted: of everything, and of each step of the flow of which enough was. */
export function measuredBehaviour(flowId: string, { mails, leads, deals, calls, events, people, days, dealDays }: Counted): Behaviour {
  const sent = mails.reduce((sum, it) => sum + it.sent, 0)
  const given = leads.reduce((sum, it) => sum + it.given, 0)
  const all = (count: number, what: string) => `${count} ${what} of the last ${days} days`
  const called = (of: readonly CallTally[]) => of.reduce((sum, it) => sum + it.answered + it.failed, 0)
  const decided = `decided deals of the last ${dealDays} days`
  const own = <T extends { flowId: string }>(tallies: readonly T[], enough: (it: T) => boolean) =>
    tallies.filter((it) => it.flowId === flowId && enough(it))
  return {
    ...DEFAULT_BEHAVIOUR,
    mail: sent >= SOME ? mailRates(mails, all(sent, 'mails')) : DEFAULT_BEHAVIOUR.mail,
    lead: {
      ...(given >= SOME ? leadRates(leads, all(given, 'leads')) : DEFAULT_BEHAVIOUR.lead),
      ...dealRates(deals, SOME, decided),
    },
    call: called(calls) >= SOME ? { answered: callRate(calls, all(called(calls), 'calls')) } : DEFAULT_BEHAVIOUR.call,
    happens: Object.fromEntries(
      events
        .filter(({ type, n }) => n >= SOME && people > 0 && !OURS.test(type))
        .map(({ type, n }) => [type, { perWeek: n / people / (days / 7), of: `${n} times in the last ${days} days` }]),
    ),
    mailAt: Object.fromEntries(
      own(mails, (it) => it.sent >= ENOUGH).map((it) => [it.node, mailRates([it], all(it.sent, 'mails of this step'))]),
    ),
    leadAt: merged(
      own(leads, (it) => it.given >= ENOUGH).map((it) => {
        const { answered, accepted, voicemail, reasons, minutes } = leadRates([it], all(it.given, 'leads of this step'))
        return [it.node, { answered, accepted, voicemail, minutes, ...(reasons.length > 0 ? { reasons } : {}) }]
      }),
      own(deals, (it) => it.won + it.lost >= ENOUGH).map((it) => [it.node, dealRates([it], ENOUGH, `${decided} by this step`)]),
    ),
    callAt: Object.fromEntries(
      own(calls, (it) => called([it]) >= ENOUGH).map((it) => [
        it.node,
        { answered: callRate([it], all(called([it]), 'calls of this step')) },
      ]),
    ),
  }
}

/** What is known of steps from two sides. */
function merged(...sides: readonly (readonly (readonly [string, Partial<LeadRates>])[])[]): Behaviour['leadAt'] {
  const at: Record<string, Partial<LeadRates>> = {}
  for (const [node, known] of sides.flat()) at[node] = { ...at[node], ...known }
  return at
}

/** What other flows did of late, a week: mails for each person, leads for each team. */
export function measuredPressure(
  flowId: string,
  of: { mails: readonly MailTally[]; leads: readonly LeadTally[]; people: number; days: number; names: ReadonlyMap<string, string> },
): Pressure {
  const { days, people, names } = of
  const weeks = days / 7
  const mails = of.mails.filter((it) => it.flowId !== flowId)
  const leads = of.leads.filter((it) => it.flowId !== flowId)
  const leadsPerWeek: Record<string, number> = {}
  for (const { teamId, made } of leads) leadsPerWeek[teamId] = (leadsPerWeek[teamId] ?? 0) + made / weeks
  const flows = [...new Set([...mails, ...leads].map((it) => names.get(it.flowId) ?? it.flowId))].sort()
  const sent = mails.reduce((sum, it) => sum + it.sent, 0)
  return { mailsPerWeek: people === 0 ? 0 : sent / weeks / people, leadsPerWeek, flows }
}
