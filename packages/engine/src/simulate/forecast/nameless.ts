import type { ContactState } from '../../state/contact.ts'
import type { LedgerLine } from '../../state/person.ts'

/**
 * The same contact under another name: of whoever is played in a forecast nobody has to know who it is. Keys of mails, events and points hold the
 * contact's own, so they become numbers.
 */
export function nameless(state: ContactState, name: string): ContactState {
  const under = (kind: string, place: number) => `${name}/${kind}${place}`
  const events = new Map(state.events.map((it, i) => [it.id, under('event', i)]))
  return {
    ...state,
    person: { ...state.person, id: 0, key: name, ownerId: null },
    events: state.events.map((it, i) => ({ ...it, id: under('event', i) })),
    ledger: state.ledger.map((it, i) => {
      const { cause } = it
      return { ...it, key: under('points', i), cause: eventless(cause, (id) => events.get(id) ?? under('happened', i)) }
    }),
    sends: state.sends.map((it, i) => ({ ...it, key: under('mail', i) })),
    handoffs: state.handoffs.map((it, i) => ({ ...it, key: under('lead', i), repId: null })),
    related: state.related.map((it, i) => ({ ...it, id: under(it.kind, i) })),
  }
}

/** What gave the points, with another name for the event. */
const eventless = (cause: LedgerLine['cause'], name: (id: string) => string): LedgerLine['cause'] =>
  'ruleId' in cause && cause.event !== undefined ? { ...cause, event: name(cause.event) } : cause
