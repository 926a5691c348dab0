import type { ContactState } from './contact.ts'
import type { Person } from './person.ts'

/** A contact to whom nothing has happened yet. */
export const emptyState = (person: Person): ContactState => ({
  person,
  enrolments: [],
  past: [],
  members: {},
  rechecks: {},
  events: [],
  ledger: [],
  sends: [],
  handoffs: [],
  related: [],
  drawn: {},
})
