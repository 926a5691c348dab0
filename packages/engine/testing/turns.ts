import type { ContactState, TurnResult } from '../src/index.ts'

/** A turn in which this and nothing else came about. */
export const turnWith = (state: ContactState, more: Partial<TurnResult> = {}): TurnResult => ({
  state,
  personChanged: false,
  enrolments: [],
  members: [],
  events: [],
  ledger: [],
  ended: [],
  sends: [],
  withdrawn: [],
  handoffs: [],
  resumed: [],
  effects: [],
  cancelled: [],
  drawn: [],
  related: [],
  deltas: [],
  refused: [],
  ...more,
})
