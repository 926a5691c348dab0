import { addWallClock, loweredScore } from '@baton/leads'
import { dimensionRules } from '../condition/read.ts'
import { cutLine } from '../scoring/lines.ts'
import type { HandoffNews, Return } from '../state/input.ts'
import type { EnrolmentKey, HandoffFact, LedgerLine } from '../state/person.ts'
import { derive } from './history.ts'
import { live } from './person.ts'
import { zoneOf } from './scope.ts'
import { changeLines } from './scoring.ts'
import { factsChanged } from './segments.ts'
import { current, type Turn } from './turn.ts'

/** What sales did with a hand-off. News of one that is closed, or not this contact's, changes nothing. E-83. */
export function applyNews(turn: Turn, key: string, news: HandoffNews): void {
  const handoff = turn.state.handoffs.find((it) => it.key === key)
  if (!handoff) return
  switch (news.outcome) {
    case 'assigned':
      if (handoff.state === 'accepted') return
      keep(turn, { ...handoff, state: 'assigned', repId: news.repId })
      live(turn, { kind: 'assigned', repId: news.repId })
      return
    case 'accepted':
      if (handoff.state === 'accepted') return
      keep(turn, { ...handoff, state: 'accepted', repId: news.repId })
      live(turn, { kind: 'accepted', repId: news.repId })
      // Given back, and accepted by the next.
      derive(turn, { type: 'sales.accepted', id: `${key}/accepted`, props: { handoff: key, repId: news.repId } }, true)
      return
    case 'rejected':
      close(turn, key)
      if (isLast(turn)) live(turn, { kind: news.disqualified ? 'disqualified' : 'rejected' })
      derive(turn, { type: 'sales.rejected', id: `${key}/rejected`, props: { handoff: key, repId: news.repId, why: news.why } })
      if (news.disqualified)
        derive(turn, { type: 'sales.disqualified', id: `${key}/disqualified`, props: { handoff: key, repId: news.repId, why: news.why } })
      comesBack(turn, handoff, news)
      return
    case 'overflow':
      close(turn, key)
      if (isLast(turn)) live(turn, { kind: 'noResponse' })
      derive(turn, { type: 'sales.overflow', id: `${key}/overflow`, props: { handoff: key } })
      return
    case 'breached': {
      const { repId, deadline, next, stays } = news
      if (!stays && next !== 'marketing') nobodys(turn, handoff)
      derive(turn, { type: 'sales.breached', id: `${key}/breached/${deadline}/${repId}`, props: { handoff: key, repId, next } })
      return
    }
    case 'taken-back':
      nobodys(turn, handoff)
      return
    case 'no-response':
      close(turn, key)
      if (isLast(turn)) live(turn, { kind: 'noResponse' })
      derive(turn, { type: 'sales.no-response', id: `${key}/no-response`, props: { handoff: key, attempts: news.attempts } })
      comesBack(turn, handoff, news)
      return
    case 'attempted': {
      const { repId, how, attempt } = news
      if (how === 'voicemail') keep(turn, { ...handoff, state: 'sleeping', repId, attempt })
      derive(turn, { type: 'sales.attempted', id: `${key}/attempted/${turn.arrived}`, props: { handoff: key, repId, how, attempt } })
      return
    }
    case 'contacted': {
      const { repId, how } = news
      derive(turn, { type: 'sales.contacted', id: `${key}/contacted/${turn.arrived}`, props: { handoff: key, repId, how } })
      return
    }
    case 'opportunity': {
      const { outcome: _, repName: __, id, ...props } = news
      keep(turn, { ...handoff, state: 'accepted', repId: news.repId })
      live(turn, { kind: 'opportunityOpened', repId: news.repId })
      derive(turn, { type: 'sales.opportunity', id: `${key}/opportunity/${id}`, props: { handoff: key, opportunity: id, ...props } })
      return
    }
    case 'converted': {
      const { repId, opportunity, amount } = news
      close(turn, key)
      live(turn, { kind: 'won' })
      derive(turn, { type: 'sales.converted', id: `${key}/converted`, props: { handoff: key, repId, opportunity, amount } })
      return
    }
    case 'lost': {
      const { repId, why, opportunity } = news
      close(turn, key)
      if (isLast(turn)) live(turn, { kind: 'lost' })
      derive(turn, { type: 'sales.lost', id: `${key}/lost`, props: { handoff: key, repId, why, opportunity } })
      comesBack(turn, handoff, news)
      return
    }
    case 'given-back':
      nobodys(turn, handoff)
      derive(turn, { type: 'sales.given-back', id: `${key}/given-back/${turn.arrived}`, props: { handoff: key, repId: news.repId } })
  }
}

function keep(turn: Turn, next: HandoffFact): void {
  turn.state = { ...turn.state, handoffs: [...turn.state.handoffs.filter((it) => it.key !== next.key), next] }
}

/** A hand-off that slept is with its rep again, as the next try. One that is awake, or closed, stays so. E-402. */
export function wake(turn: Turn, key: string): void {
  const handoff = turn.state.handoffs.find((it) => it.key === key)
  if (handoff?.state !== 'sleeping') return
  const attempt = handoff.attempt + 1
  keep(turn, { ...handoff, state: handoff.repId === null ? 'routing' : 'assigned', attempt })
  turn.out.resumed.push({ key, at: turn.now, attempt })
}

/** Hand-offs for which no passage will be back do not sleep on: nobody of marketing has the person any more. E-403. */
export function wakeForgotten(turn: Turn): void {
  for (const { key, state } of turn.state.handoffs) {
    if (state !== 'sleeping') continue
    const minded = turn.state.enrolments.some((it) => {
      const { asleep, here, held } = it.vars
      return (asleep && Object.hasOwn(asleep, key)) || (here.handoff === key && held.some((one) => one.kind === 'handoff'))
    })
    if (!minded) wake(turn, key)
  }
}

function close(turn: Turn, key: string): void {
  turn.state = { ...turn.state, handoffs: turn.state.handoffs.filter((it) => it.key !== key) }
}

/** Whether no hand-off is open any more: while somebody else of sales has one, the contact stays with sales. */
const isLast = (turn: Turn) => turn.state.handoffs.length === 0

/** Nobody of sales has it for now: it waits for the router or the manager. */
function nobodys(turn: Turn, handoff: HandoffFact): void {
  keep(turn, { ...handoff, state: 'routing', repId: null })
  live(turn, { kind: 'givenBack' })
}

/** Cool-off and score of somebody whom sales gave back, as was agreed. E-86, E-87. */
function comesBack(turn: Turn, handoff: HandoffFact, { coolOffDays = 0, scores = 'keep' }: Return): void {
  const { person, related } = turn.state
  if (coolOffDays > 0) {
    const until = addWallClock(turn.arrived, { days: coolOffDays }, zoneOf(person, turn.plan.workspaceZone, related).zone)
    turn.state = { ...turn.state, person: { ...person, restUntil: Math.max(until, person.restUntil ?? until) } }
  }
  if (scores === 'keep') return
  for (const { id: dimension } of turn.plan.dimensions) lowerScore(turn, handoff, dimension, scores === 'reset' ? null : scores.cap)
}

/**
 * Takes points of a dimension back, so that it counts so much at most, or, with null, what is given for what holds of them; and says so by a
 * line of no points. Nothing where it is not above that. E-87.
 */
function lowerScore(turn: Turn, { key: handoff, enrolment, node }: HandoffFact, dimension: string, most: number | null): void {
  const { ledger } = turn.state
  const key = `${handoff}/score/${dimension}`
  if (ledger.some((it) => it.key === key)) return
  const lowered = loweredScore(ledger, dimension, turn.now, dimensionRules(turn.plan.dimensions, dimension), most)
  if (!lowered) return
  const said: LedgerLine = {
    ...{ key, dimension, points: 0, at: turn.now },
    rule: most === null ? 'Reset when sales gave the lead back' : `Lowered to ${most / 100} when sales gave the lead back`,
    cause: {
      ...{ flowId: enrolment.flowId, node, visit: visitIn(turn, enrolment, node) },
      ...{ left: lowered.left, answered: turn.arrived },
    },
  }
  factsChanged(turn, { dimensions: changeLines(turn, [said, ...cutLine(lowered, turn.now)], lowered.ended) })
}

function visitIn(turn: Turn, key: EnrolmentKey, node: string): number {
  const visits = current(turn, key)?.vars.visits ?? {}
  return Object.hasOwn(visits, node) ? (visits[node] ?? 1) : 1
}
