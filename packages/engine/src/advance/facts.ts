import type { HandoffNews, InboxItem } from '../state/input.ts'
import type { HandoffFact } from '../state/person.ts'
import { addEvent, derive } from './history.ts'
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
