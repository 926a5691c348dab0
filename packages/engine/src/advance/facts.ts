import type { InboxItem } from '../state/input.ts'
import { addEvent, derive } from './history.ts'
import { setConsent, setFields, setRelated, setSuppressed } from './person.ts'
import { applyNews } from './sales.ts'
import { factsChanged, lookAgain, setListed, setScores } from './segments.ts'
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
    case 'rescore':
      setScores(turn)
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
