import type { ContactState } from '../../state/contact.ts'
import type { Actor, InboxItem } from '../../state/input.ts'
import type { Instant } from '../../state/person.ts'
import { type Coming, itemsOf } from '../world/index.ts'
import type { By, Happening } from './walk.ts'

interface Moment {
  at: Instant
  /** The how-manieth thing that is made to happen: tells one event from another. */
  nth: number
  flowId: string
  state: ContactState
}

/** What reaches the contact's inbox when something is made to happen at that instant. A call that waits is answered elsewhere. */
export function comingsOf(what: Happening, { at, nth, flowId, state }: Moment): Coming[] {
  switch (what.do) {
    case 'enrol':
      return [enrolment(what, at, flowId)]
    case 'sales': {
      const { do: _, ...word } = what
      return [{ kind: 'lead-answer', at, ...word }]
    }
    case 'overflow': {
      const lead = state.handoffs.find((it) => it.enrolment.flowId === flowId)
      return lead ? [{ kind: 'handoff', at, handoff: lead.key, news: { outcome: 'overflow', reason: {} } }] : []
    }
    case 'event':
      return itemsOf({ ...AS_LINE, occurredAt: at, receivedAt: at, happening: { ...what, id: what.id ?? `walk:${nth}` } }, at)
    case 'fields':
    case 'consent':
    case 'list':
    case 'related':
    case 'webhook':
      return itemsOf({ ...AS_LINE, occurredAt: at, receivedAt: at, happening: what }, at)
  }
}

const AS_LINE = { line: 0, contact: '' } as const

const SOURCES: Readonly<Record<By, Actor>> = {
  hand: { kind: 'user', id: 'walk', name: 'Somebody' },
  program: { kind: 'key', id: 'walk', name: 'A program' },
  flow: { kind: 'flow', id: 'walk' },
  match: { kind: 'system', id: 'walk' },
  schedule: { kind: 'system', id: 'walk' },
}

function enrolment({ node, key = '', data, by = 'hand' }: Extract<Happening, { do: 'enrol' }>, at: Instant, flowId: string): InboxItem {
  const item = { kind: 'enrol' as const, at, flowId, node, key, source: SOURCES[by], ...(data ? { data } : {}) }
  return by === 'schedule' ? { ...item, occurrence: at } : item
}
