import type { ContactState } from '../../state/contact.ts'

/**
 * The same contact under another name: of whoever is played in a forecast nobody has to know who it is. Keys of mails, events and points hold the
 * contact's own, so they become numbers.
 */
export function nameless(state: ContactState, name: string): ContactState {
  const under = (kind: string, place: number) => `${name}/${kind}${place}`
  return {
    ...state,
    person: { ...state.person, id: 0, key: name, ownerId: null },
    events: state.events.map((it, i) => ({ ...it, id: under('event', i) })),
    ledger: state.ledger.map((it, i) => ({ ...it, key: under('points', i) })),
    sends: state.sends.map((it, i) => ({ ...it, key: under('mail', i) })),
    handoffs: state.handoffs.map((it, i) => ({ ...it, key: under('lead', i), repId: null })),
    related: state.related.map((it, i) => ({ ...it, id: under(it.kind, i) })),
  }
}
