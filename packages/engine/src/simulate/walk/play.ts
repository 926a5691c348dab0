import { DAY } from '@baton/leads'
import { advance } from '../../advance/advance.ts'
import { nextInstant } from '../../advance/next-instant.ts'
import type { ContactState } from '../../state/contact.ts'
import { PLAIN_CONTRACT } from '../../state/contract.ts'
import type { EffectNews, InboxItem } from '../../state/input.ts'
import { mailLeft } from '../../state/mail-left.ts'
import type { Instant } from '../../state/person.ts'
import type { EnrolmentChange, TurnResult } from '../../state/result.ts'
import { type CallAnswer, type Coming, createWorld, NOT_CALLED } from '../world/index.ts'
import { comingsOf } from './happen.ts'
import type { Happening, Walk, WalkDecision, WalkGround, WalkMail, WalkMoment, WalkPlace, WalkRouting, WalkStart } from './walk.ts'

/** Turns of a walk before it is given up, and how far ahead something may lie that comes by itself. */
export const WALK = { turns: 5_000, years: 6 } as const

const FAR = WALK.years * 366 * DAY
const NEVER = Number.POSITIVE_INFINITY
const SOURCE = { kind: 'import', id: 'flow-run' } as const

/**
 * Plays one contact through a flow, decision by decision, by the very engine that runs. Pure: the same ground, start and decisions give
 * the same walk, so one step back is the same decisions without the last. Mail is accepted and never opened, sales never answers,
 * unless a decision says so; a call waits until a decision answers it, or something else is decided, and then it fails.
 * @param foreseen what calls are answered, known from the beginning: then none waits for a decision
 */
export function playWalk(ground: WalkGround, start: WalkStart, decisions: readonly WalkDecision[], foreseen?: readonly CallLine[]): Walk {
  const player = createPlayer(ground, start, foreseen)
  for (const decision of decisions) player.decide(decision)
  return player.walk()
}

/** The answer to a call: of the calls from its instant back, the first of its step that has none. */
export interface CallLine {
  at: Instant
  what: Extract<Happening, { do: 'webhook' }>
}

type OpenCall = Walk['calls'][number]

function createPlayer({ plan, flowId, teams }: WalkGround, start: WalkStart, foreseen?: readonly CallLine[]) {
  const lines = [...(foreseen ?? [])]
  const taken = (node: string, at: Instant): CallAnswer | undefined => {
    const index = lines.findIndex((it) => it.at >= at && (it.what.node === null || it.what.node === node))
    const [line] = index === -1 ? [] : lines.splice(index, 1)
    return line && { at: line.at, news: newsOf(line.what) }
  }
  const world = createWorld({
    answers: {
      call(_, { node, enrolment }, at) {
        if (foreseen) return taken(node, at)
        return enrolment.flowId === flowId ? 'by-hand' : undefined
      },
    },
    teams,
    zone: plan.workspaceZone,
  })
  const contact = start.state.person.key
  const moments: WalkMoment[] = []
  const mails: WalkMail[] = []
  let state: ContactState = start.state
  let now = start.at
  let open: Coming[] = []
  let calls: OpenCall[] = []
  let place: WalkPlace = whereIs(state, flowId) ?? { how: 'not-in' }
  let turns = 0
  let decided = 0

  const wakes = () => Math.min(nextInstant(plan, state), world.next() ?? NEVER, ...open.map((it) => it.at))

  /** One turn with what has come by `now`, and what the outside world makes of it. */
  function turn(what: Happening | null): void {
    turns++
    const due = open.filter((it) => it.at <= now)
    open = open.filter((it) => it.at > now)
    const items = due.flatMap((it): InboxItem[] => {
      return it.kind === 'lead-answer' ? (world.heard(state, it, now) ?? []) : [it]
    })
    const result = advance(plan, state, { now, items }, { now, seed: '' })
    state = result.state
    world.told(contact, result, now)
    note(result, what, routedIn(items))
  }

  /** What the items say of who has a lead of this flow. */
  function routedIn(items: readonly InboxItem[]): WalkRouting[] {
    return items.flatMap((it): WalkRouting[] => {
      if (it.kind !== 'handoff' || (it.news.outcome !== 'assigned' && it.news.outcome !== 'breached')) return []
      const lead = state.handoffs.find((one) => one.key === it.handoff && one.enrolment.flowId === flowId)
      const reps = teams.find((one) => one.id === lead?.teamId)?.reps ?? []
      return [{ key: it.handoff, news: it.news, names: Object.fromEntries(reps.map((rep) => [rep.id, rep.name])) }]
    })
  }

  function note(result: TurnResult, what: Happening | null, routed: readonly WalkRouting[]): void {
    const changes = result.enrolments.filter((it) => it.value.flowId === flowId)
    const ended = changes.findLast((it) => it.ended !== null)
    const before = place
    place = whereIs(state, flowId) ?? (ended ? over(ended) : before.how === 'rests' || before.how === 'parked' ? { how: 'not-in' } : before)
    const own = <T extends { enrolment: { flowId: string } }>(list: readonly T[]) => list.filter((it) => it.enrolment.flowId === flowId)
    const sends = own(result.sends)
    const effects = own(result.effects)
    for (const { key, templateId, node, topic, purpose, at, enrolment } of sends) {
      const passage = changes.findLast(({ value }) => value.key === enrolment.key && value.entry === enrolment.entry)
      mails.push({ key, templateId, node, topic, purpose, at, fields: state.person.fields, carried: passage?.value.vars.data ?? {} })
    }
    if (!foreseen) for (const { key, kind, node, payload } of effects) if (kind === 'webhook') calls.push({ key, node, payload })
    calls = calls.filter((it) => !result.cancelled.some((prefix) => it.key.startsWith(prefix)))
    const steps = changes.flatMap((it) => it.steps)
    const refused = result.refused.filter((it) => it.flowId === flowId).map((it) => it.why)
    const leads = own(result.handoffs).map(({ key, teamId, node, packet }) => ({ key, teamId, node, packet }))
    const seen = steps.length + refused.length + sends.length + effects.length > 0 || what !== null || !samePlace(before, place)
    const latest = moments.at(-1)
    // Who gets a lead is part of the moment in which it was made.
    if (!seen && routed.length > 0 && latest?.at === now) moments[moments.length - 1] = { ...latest, routed: [...latest.routed, ...routed] }
    else if (seen || routed.length > 0) moments.push({ at: now, decided, what, steps, refused, sends, leads, effects, routed, here: place })
  }

  const contactDue = () => nextInstant(plan, state) <= now || open.some((it) => it.at <= now)

  /** Everything of this instant: the contact's turn, what the world answers at once, and again until nothing of it is left. */
  function instant(what: Happening | null): void {
    if (what !== null || contactDue()) turn(what)
    for (let acts = 0; turns < WALK.turns && acts < WALK.turns; ) {
      if (contactDue()) turn(null)
      else if ((world.next() ?? NEVER) <= now) {
        acts++
        for (const { coming, left } of world.act(now)) {
          open = [...open, coming]
          if (left !== undefined) state = mailLeft(state, left)
        }
      } else return
    }
  }

  /** Lets time go on until then, through whatever comes by itself. */
  function pass(to: Instant): void {
    for (let next = wakes(); next <= to && turns < WALK.turns; next = wakes()) {
      now = Math.max(next, now)
      instant(null)
    }
    now = Math.max(now, to)
  }

  /** A call that nobody answers fails, as it would in a run. */
  function failCalls(): boolean {
    if (calls.length === 0) return false
    open = [...open, ...calls.map(({ key }) => answered(key, { outcome: 'failed', status: null, why: NOT_CALLED }))]
    calls = []
    instant(null)
    return true
  }

  function answerCall(what: Extract<Happening, { do: 'webhook' }>): void {
    const asked = calls.find((it) => what.node === null || it.node === what.node)
    if (!asked) return
    calls = calls.filter((it) => it !== asked)
    open = [...open, answered(asked.key, newsOf(what))]
  }

  const answered = (effect: string, news: EffectNews): InboxItem => ({ kind: 'effect', at: now, effect, news })

  function happen(what: Happening, at: Instant): void {
    if (what.do !== 'webhook') failCalls()
    pass(Math.max(at, now))
    if (what.do === 'webhook') answerCall(what)
    else open = [...open, ...comingsOf(what, { at: now, nth: decided, flowId, state })]
    instant(what)
  }

  function decide(decision: WalkDecision): void {
    decided++
    switch (decision.do) {
      case 'happen':
        happen(decision.what, decision.at)
        return
      case 'until':
        failCalls()
        pass(decision.at)
        return
      case 'on': {
        const shown = moments.length
        failCalls()
        const limit = now + FAR
        while (moments.length === shown && turns < WALK.turns) {
          const next = wakes()
          if (next > limit) return
          pass(next)
        }
      }
    }
  }

  if (start.fresh) open.push({ kind: 'created', at: now, source: SOURCE })
  // The draft may fire by dates that nobody has looked at yet.
  else for (const id of plan.index.triggers.dated.keys()) open.push({ kind: 'recheck', at: now, segmentId: id })
  if (start.entrance) open.push(...comingsOf(start.entrance, { at: now, nth: 0, flowId, state }))
  instant(start.entrance)

  return {
    decide,
    walk: (): Walk => {
      const lead = state.handoffs.find((it) => it.enrolment.flowId === flowId)
      const node = place.how === 'rests' ? place.node : ''
      return {
        now,
        moments,
        here: place,
        goesOn: calls.length > 0 || wakes() <= now + FAR,
        calls,
        lead: lead
          ? {
              key: lead.key,
              node,
              teamId: lead.teamId,
              state: lead.state,
              contract: world.sales.held(lead.key)?.lead.contract ?? PLAIN_CONTRACT,
            }
          : null,
        mails,
        state,
      }
    },
  }
}

const newsOf = ({ status, data, why }: CallLine['what']): EffectNews =>
  why === null ? { outcome: 'answered', status: status ?? 200, data } : { outcome: 'failed', status, why }

function whereIs({ enrolments }: ContactState, flowId: string): WalkPlace | undefined {
  const here = enrolments.findLast((it) => it.flowId === flowId)
  if (!here) return undefined
  const { node, nodeSince, dueAt, vars } = here
  if (vars.parked) return { how: 'parked', node, message: vars.parked.message }
  const visit = Object.hasOwn(vars.visits, node) ? (vars.visits[node] ?? 1) : 1
  return { how: 'rests', node, since: nodeSince, due: dueAt, visit }
}

function over({ value, ended }: EnrolmentChange): WalkPlace {
  return { how: 'over', ended: ended?.how ?? 'left', label: ended?.label ?? null, at: ended?.at ?? 0, node: value.node }
}

const samePlace = (a: WalkPlace, b: WalkPlace) =>
  a.how === b.how &&
  ('node' in a ? a.node : '') === ('node' in b ? b.node : '') &&
  ('since' in a ? a.since : 0) === ('since' in b ? b.since : 0)
