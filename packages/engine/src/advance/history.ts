import { compareText } from '@baton/leads'
import type { ContactEvent } from '../state/person.ts'
import { scoreEvent } from './scoring.ts'
import { factsChanged } from './segments.ts'
import { type Turn, withFacts } from './turn.ts'

/** An event belongs to the history from now on. One that is there already (the same id) changes nothing. */
export function addEvent(turn: Turn, event: ContactEvent): void {
  if (!turn.state.events.some((it) => it.id === event.id)) put(turn, event)
}

function put(turn: Turn, event: ContactEvent): void {
  turn.state = withFacts(turn.state, { events: withEvent(turn.state.events, event) })
  factsChanged(turn, { event: event.type, dimensions: scoreEvent(turn, event) })
}

/** In the order in which events occurred, then by id: the order in which a store gives them back, so that reasons agree. */
function withEvent(events: readonly ContactEvent[], event: ContactEvent): readonly ContactEvent[] {
  const later = (it: ContactEvent) =>
    it.occurredAt > event.occurredAt || (it.occurredAt === event.occurredAt && compareText(it.id, event.id) > 0)
  const index = events.findIndex(later)
  return index === -1 ? [...events, event] : events.toSpliced(index, 0, event)
}

/**
 * An event of our own: it belongs to the history, is stored, and is handled after the item that caused it.
 * @param again what may happen more than once under one name: only at the same instant it is the same
 */
export function derive(turn: Turn, { type, id, props }: Pick<ContactEvent, 'type' | 'id' | 'props'>, again = false): void {
  if (turn.state.events.some((it) => it.id === id && (!again || it.occurredAt === turn.now))) return
  const event: ContactEvent = { id, type, props, occurredAt: turn.now, receivedAt: turn.now }
  turn.out.events.push(event)
  put(turn, event)
  turn.queue.push({ kind: 'event', at: turn.now, event })
}
