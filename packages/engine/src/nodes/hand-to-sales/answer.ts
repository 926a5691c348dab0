import type { Outcome, StepScope } from '../../kind.ts'
import type { HandoffNews, InboxItem, Return } from '../../state/input.ts'
import type { Instant } from '../../state/person.ts'
import type { Reason } from '../../state/reason.ts'
import { ACCEPTED, LOST, NO_RESPONSE, OVERFLOW, REJECTED, VOICEMAIL, WON, wayPort } from './ports.ts'
import { type HandToSalesConfig, hasNoResponse } from './schema.ts'

type News<O extends HandoffNews['outcome']> = Extract<HandoffNews, { outcome: O }>

/** What is known of the hand-off at the step that waits for it. */
interface Waiting {
  handoff: string
  joined?: true
  restedUntil?: Instant
}

/** What the node remembers, as reasons tell it. */
export function waitingFor({ enrolment }: StepScope): Waiting | undefined {
  const { handoff, joined, coolOff } = enrolment.vars.here
  if (typeof handoff !== 'string') return undefined
  return { handoff, ...(joined === true ? { joined } : {}), ...(typeof coolOff === 'number' ? { restedUntil: coolOff } : {}) }
}

/** What sales said, as a way out; undefined where it is no answer. E-81, E-400 to E-404. */
export function answer(config: HandToSalesConfig, scope: StepScope, item: InboxItem): Outcome | undefined {
  const waiting = waitingFor(scope)
  if (item.kind !== 'handoff' || !waiting || item.handoff !== waiting.handoff) return undefined
  const { news, at } = item
  switch (news.outcome) {
    case 'assigned':
    case 'breached':
    case 'taken-back':
    case 'contacted':
    case 'given-back':
      return undefined
    case 'accepted':
      if (config.leaveAt === 'first-answer') return acceptedBy(waiting, news.repName, at)
      return { do: 'stay', due: null, here: { ...scope.enrolment.vars.here, accepted: { by: news.repName, at } } }
    // Whoever works on it took it.
    case 'opportunity':
      return config.leaveAt === 'first-answer' ? acceptedBy(waiting, news.repName, at) : undefined
    case 'rejected':
      return rejected(config, waiting, news, at)
    case 'overflow':
      return { do: 'leave', port: OVERFLOW, reason: { code: 'handoff.overflow', ...waiting, reason: news.reason } }
    case 'no-response':
      return noResponse(config, waiting, { attempts: news.attempts, reason: news.reason, back: news }, at)
    case 'attempted':
      return attempted(config, waiting, news, at)
    case 'converted': {
      const { repName: by, opportunity, amount } = news
      const reason: Reason = { code: 'handoff.converted', ...waiting, by, opportunity, amount, at, leaveAt: config.leaveAt }
      return { do: 'leave', port: config.leaveAt === 'first-answer' ? ACCEPTED : WON, reason }
    }
    case 'lost': {
      const { repName: by, why, note = null, opportunity } = news
      const said = { by, why, note, opportunity, at, leaveAt: config.leaveAt, ...backOf(news) }
      return {
        do: 'leave',
        port: config.leaveAt === 'first-answer' ? REJECTED : LOST,
        reason: { code: 'handoff.lost', ...waiting, ...said },
      }
    }
  }
}

/** The way of those whom somebody took. */
export const acceptedBy = (waiting: Waiting, by: string, at: Instant): Extract<Outcome, { do: 'leave' }> => ({
  do: 'leave',
  port: ACCEPTED,
  reason: { code: 'handoff.accepted', ...waiting, by, at },
})

function rejected({ rejectWays }: HandToSalesConfig, waiting: Waiting, news: News<'rejected'>, at: Instant): Outcome {
  const { repName: by, why, note = null, disqualified } = news
  const way = rejectWays.find((it) => it.reasons.includes(why))
  const more = {
    ...(disqualified ? { disqualified } : {}),
    ...(way ? { way: { id: way.id, reasons: way.reasons } } : {}),
    ...backOf(news),
  }
  const reason: Reason = { code: 'handoff.rejected', ...waiting, by, why, note, at, ...more }
  return { do: 'leave', port: way ? wayPort(way.id) : REJECTED, reason }
}

/** Nobody answered. A node without a way for it has one for those whom nobody could take. */
function noResponse(
  config: HandToSalesConfig,
  waiting: Waiting,
  { attempts, reason, back }: { attempts: number; reason: Readonly<Record<string, unknown>>; back: Return },
  at: Instant,
): Outcome {
  const offered = hasNoResponse(config)
  const told = { attempts, reason, at, offered, ...backOf(back) }
  return { do: 'leave', port: offered ? NO_RESPONSE : OVERFLOW, reason: { code: 'handoff.no-response', ...waiting, ...told } }
}

/** A voicemail opens a way of its own, and the last one means that nobody answered. */
function attempted(
  config: HandToSalesConfig,
  waiting: Waiting,
  { how, attempt, of: allowed, repName: by }: News<'attempted'>,
  at: Instant,
): Outcome | undefined {
  const own = config.voicemail?.attempts ?? null
  if (how !== 'voicemail' || own === null) return undefined
  // How many the hand-off may have was agreed on when it was made: perhaps by another flow, or an earlier version.
  const of = allowed ?? own
  if (attempt >= of) return noResponse(config, waiting, { attempts: attempt, reason: { code: 'voicemails', of }, back: {} }, at)
  return {
    do: 'leave',
    port: VOICEMAIL,
    reason: { code: 'handoff.voicemail', ...waiting, by, attempt, of, at },
    effects: [{ do: 'sleep', handoff: waiting.handoff }],
  }
}

/** What they bring along, where that is anything. */
function backOf({ coolOffDays, scores }: Return): { back?: Return } {
  const back = {
    ...(coolOffDays === undefined || coolOffDays === 0 ? {} : { coolOffDays }),
    ...(scores === undefined || scores === 'keep' ? {} : { scores }),
  }
  return Object.keys(back).length === 0 ? {} : { back }
}
