import { compareText } from '@baton/leads'
import type { HandoffNews, InboxItem } from '../state/input.ts'
import type { ContactEvent, HandoffFact } from '../state/person.ts'
import { live, setConsent, setFields, setRelated, setSuppressed } from './person.ts'
import { factsChanged, lookAgain, setListed } from './segments.ts'
import type { Turn } from './turn.ts'

/** Makes what an item says true of the contact, before anybody is asked what follows from it. E-11. */
export function applyFact(turn: Turn, item: InboxItem): void {
  switch (item.kind) {
    case 'created':
      factsChanged(turn, { everything: true })
      derive(turn, { type: 'contact.created', id: `${turn.state.person.key}/created`, props: { source: item.source.kind } })
      return
    case 'fields':
      setFields(turn, item.set)
      return
    case 'consent':
      setConsent(turn, item.topic, item.given)
      return
    case 'suppress':
      setSuppressed(turn, item.reason)
      return
    case 'event':
      addEvent(turn, item.event)
      return
    case 'handoff':
      applyNews(turn, item.handoff, item.news)
      return
    case 'list':
      setListed(turn, item.segmentId, item.on)
      return
    case 'related':
      setRelated(turn, item)
      return
    case 'recheck':
      lookAgain(turn, [item.segmentId])
      return
    case 'enrol':
    case 'remove':
    case 'retry':
    case 'move':
    case 'migrate':
    case 'effect':
    case 'segment':
    case 'changed':
    case 'scored':
      return
  }
}

/** An event belongs to the history from now on. One that is there already (the same id) changes nothing. */
export function addEvent(turn: Turn, event: ContactEvent): void {
  if (turn.state.events.some((it) => it.id === event.id)) return
  turn.state = { ...turn.state, events: withEvent(turn.state.events, event) }
  factsChanged(turn, { event: event.type })
}

/** In the order in which events occurred, then by id: the order in which a store gives them back, so that reasons agree. */
function withEvent(events: readonly ContactEvent[], event: ContactEvent): readonly ContactEvent[] {
  const later = (it: ContactEvent) =>
    it.occurredAt > event.occurredAt || (it.occurredAt === event.occurredAt && compareText(it.id, event.id) > 0)
  const index = events.findIndex(later)
  return index === -1 ? [...events, event] : events.toSpliced(index, 0, event)
}

/** An event of our own: it belongs to the history, is stored, and is handled after the item that caused it. */
export function derive(turn: Turn, { type, id, props }: Pick<ContactEvent, 'type' | 'id' | 'props'>): void {
  if (turn.state.events.some((it) => it.id === id)) return
  const event: ContactEvent = { id, type, props, occurredAt: turn.now, receivedAt: turn.now }
  turn.out.events.push(event)
  addEvent(turn, event)
  turn.queue.push({ kind: 'event', at: turn.now, event })
}

/** What sales did with a hand-off. News of one that is closed, or not this contact's, changes nothing. E-83. */
function applyNews(turn: Turn, key: string, news: HandoffNews): void {
  const handoff = turn.state.handoffs.find((it) => it.key === key)
  if (!handoff) return
  const others = turn.state.handoffs.filter((it) => it.key !== key)
  const keep = (next: HandoffFact) => {
    turn.state = { ...turn.state, handoffs: [...others, next] }
  }
  switch (news.outcome) {
    case 'assigned':
      if (handoff.state === 'accepted') return
      keep({ ...handoff, state: 'assigned', repId: news.repId })
      live(turn, { kind: 'assigned', repId: news.repId })
      return
    case 'accepted':
      if (handoff.state === 'accepted') return
      keep({ ...handoff, state: 'accepted', repId: news.repId })
      live(turn, { kind: 'accepted', repId: news.repId })
      derive(turn, { type: 'sales.accepted', id: `${key}/accepted`, props: { handoff: key, repId: news.repId } })
      return
    case 'rejected':
      turn.state = { ...turn.state, handoffs: others }
      // Somebody else of sales may still have an open one: then the contact stays with sales.
      if (others.length === 0) live(turn, { kind: 'rejected' })
      derive(turn, { type: 'sales.rejected', id: `${key}/rejected`, props: { handoff: key, repId: news.repId, why: news.why } })
      return
    case 'overflow':
      turn.state = { ...turn.state, handoffs: others }
      if (others.length === 0) live(turn, { kind: 'noResponse' })
      return
  }
}
