import { advance } from '../../advance/advance.ts'
import { nextInstant } from '../../advance/next-instant.ts'
import type { Plan } from '../../plan.ts'
import type { ContactState } from '../../state/contact.ts'
import type { InboxItem } from '../../state/input.ts'
import { mailLeft } from '../../state/mail-left.ts'
import type { Instant } from '../../state/person.ts'
import type { TurnResult } from '../../state/result.ts'
import type { Coming, Delivery, LeadAnswer } from '../world/coming.ts'
import { Queue } from '../world/queue.ts'
import type { World } from '../world/world.ts'
import { Agenda, type Ahead } from './agenda.ts'
import type { ScheduledTime } from './schedules.ts'

/** A contact before a simulation, and what will reach it from outside whatever the flows do. */
export interface Player {
  state: ContactState
  coming: readonly Ahead[]
}

/** One turn that a contact took. */
export interface Played {
  /** Its place among the players. */
  place: number
  at: Instant
  /** As it was before. */
  before: ContactState
  result: TurnResult
}

export interface PlayOptions {
  plan: Plan
  world: World
  /** The last instant that still belongs to it. */
  until: Instant
  seed: string
  /** When schedules let their segments in. */
  times?: readonly ScheduledTime[] | undefined
  /** Hears of every turn. */
  onTurn(played: Played): void
  /**
   * Events of types that nothing in the plan reads or listens to take no turn and are not kept: nobody could tell, but for the history in the
   * state. S-14.
   */
  unreadAside?: boolean | undefined
  /** An answer of sales came, and no lead of this contact waited for it. */
  onNoLead?: ((contact: string, answer: LeadAnswer) => void) | undefined
}

/** Turns of one contact before it is given up. The usual cause: a timer that is never later than now. */
const MAX_TURNS = 100_000
/** After so many turns the caller is asked whether to go on. */
const BREATH = 100

interface Actor {
  state: ContactState
  agenda: Agenda
  next: Instant
  turns: number
}

/**
 * Plays contacts through a plan with a clock that never lags, all of them at once in the order of time, up to and with `until`: at each
 * instant first whoever has something to do then, in the order of the players, then schedules, then what the world does, and again until
 * nothing of that instant is left. The runner gives the same journal. Yields the instant now and then, so that the caller can tell how far it
 * is, or stop (minus infinity while players still take their places, which are made one by one); returns the players as they are in the
 * end. S-10, S-11.
 */
export function* play(players: Iterable<Player>, options: PlayOptions): Generator<Instant, readonly ContactState[]> {
  const { plan, world, until, unreadAside, times = [] } = options
  const places = new Map<string, number>()
  const queue = new Queue()
  const actors: Actor[] = []
  for (const { state, coming } of players) {
    const agenda = new Agenda(coming)
    const next = Math.min(nextInstant(plan, state), agenda.next)
    const place = actors.length
    if (next <= until) queue.push(next, place)
    places.set(state.person.key, place)
    actors.push({ state, agenda, next, turns: 0 })
    if (actors.length % BREATH === 0) yield Number.NEGATIVE_INFINITY
  }
  let breath = BREATH
  let time = 0
  const nextTime = () => times[time]?.at ?? Number.POSITIVE_INFINITY

  function deliver({ contact, coming, left }: Delivery, now: Instant): void {
    const place = places.get(contact)
    const actor = place === undefined ? undefined : actors[place]
    if (!actor || place === undefined) return
    if (left !== undefined) actor.state = mailLeft(actor.state, left)
    // What nobody hears of need not wake anybody.
    if (unreadAside && coming.kind === 'event' && isUnread(plan, coming)) return
    hear(actor, place, coming, now)
  }

  function hear(actor: Actor, place: number, coming: Coming, now: Instant): void {
    actor.agenda.add(coming.at < now ? { ...coming, at: now } : coming)
    if (coming.at >= actor.next) return
    actor.next = Math.max(coming.at, now)
    if (actor.next <= until) queue.push(actor.next, place)
  }

  for (;;) {
    const now = Math.min(queue.next, nextTime(), world.next() ?? Number.POSITIVE_INFINITY)
    if (now > until || now === Number.POSITIVE_INFINITY) return actors.map((it) => it.state)
    while (queue.next <= now) {
      const place = queue.pop() ?? 0
      const actor = actors[place]
      // Somebody who was put into the queue twice has been asked already.
      if (!actor || actor.next > now) continue
      takeTurn(actor, place, now, options)
      if (actor.next <= until) queue.push(actor.next, place)
      if (--breath === 0) {
        breath = BREATH
        yield now
      }
    }
    if (nextTime() <= now) {
      // As a run looks at them: what sales does comes before, whatever else the world does comes after.
      for (const delivery of world.route(now)) deliver(delivery, now)
      for (let due = times[time]; due && due.at <= now; due = times[++time])
        for (const [place, actor] of actors.entries())
          if (Object.hasOwn(actor.state.members, due.segmentId)) hear(actor, place, due.item, now)
      continue
    }
    while ((world.next() ?? Number.POSITIVE_INFINITY) <= now) {
      for (const delivery of world.act(now)) deliver(delivery, now)
      // What has come may ask for more at this instant before the world goes on: leads first, as in a real run.
      if (queue.next <= now) break
    }
  }
}

/** One player alone: whoever shares nothing with others can be played to the end before the next begins. S-12. */
export function playAlone(player: Player, place: number, options: PlayOptions): ContactState {
  const alone = play([player], { ...options, onTurn: (played) => options.onTurn({ ...played, place }) })
  for (;;) {
    const step = alone.next()
    if (step.done) return step.value[0] ?? player.state
  }
}

function takeTurn(actor: Actor, place: number, now: Instant, options: PlayOptions): void {
  const { plan, world, seed, onTurn } = options
  const items = received(actor, now, options)
  // An answer that no lead waited for wakes nobody in a run either: what is held would be decided before its minute.
  if (items.length === 0 && nextInstant(plan, actor.state) > now) {
    actor.next = Math.min(nextInstant(plan, actor.state), actor.agenda.next)
    return
  }
  if (++actor.turns > MAX_TURNS)
    throw new Error(`${actor.state.person.key} has taken ${MAX_TURNS} turns. The usual cause: a timer that is never later than now.`)
  const before = actor.state
  const result = advance(plan, before, { now, items }, { now, seed })
  actor.state = result.state
  actor.next = Math.min(nextInstant(plan, actor.state), actor.agenda.next)
  onTurn({ place, at: now, before, result })
  world.told(before.person.key, result, now)
}

/** What has come by now, as the inbox takes it. What is no item changes what is known before the turn. */
function received(actor: Actor, now: Instant, { plan, world, unreadAside, onNoLead }: PlayOptions): InboxItem[] {
  const items: InboxItem[] = []
  for (const coming of actor.agenda.take(now)) {
    if (coming.kind === 'lead-answer') {
      const said = world.heard(actor.state, coming, now)
      if (said) items.push(...said)
      else onNoLead?.(actor.state.person.key, coming)
    } else if (coming.kind === 'other-mail') {
      actor.state = { ...actor.state, sends: [...actor.state.sends, coming.send] }
    } else if (!isLate(coming, world) && !(unreadAside && isUnread(plan, coming))) items.push(coming)
  }
  return items
}

/** What a rep says of a lead, and only while they have it. */
const SAID: ReadonlySet<string> = new Set(['accepted', 'rejected', 'attempted', 'converted', 'lost'])

/** An answer of somebody from whom the lead was taken meanwhile: nobody could give it any more. */
function isLate(item: InboxItem, { sales }: World): boolean {
  if (item.kind !== 'handoff' || !('repId' in item.news) || !SAID.has(item.news.outcome)) return false
  const held = sales.held(item.handoff)
  return held !== undefined && held.repId !== item.news.repId
}

const isUnread = ({ reads, index, scoring }: Plan, item: InboxItem): boolean =>
  item.kind === 'event' &&
  !reads.events.has(item.event.type) &&
  !index.triggers.events.has(item.event.type) &&
  scoring?.behaviours.has(item.event.type) !== true
