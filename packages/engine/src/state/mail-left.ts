import type { ContactState } from './contact.ts'

/** The contact after the mail of this key went out: nothing takes it back any more. A store says so by itself. */
export function mailLeft(state: ContactState, key: string): ContactState {
  const place = state.sends.findLastIndex((it) => it.key === key)
  const send = state.sends[place]
  return send?.status === 'queued' ? { ...state, sends: state.sends.with(place, { ...send, status: 'sent' }) } : state
}
