import { emptyState, type Person, PLAIN_CONTRACT, type TurnResult, UNDECIDED } from '@baton/engine'
import { turnWith } from '@baton/engine/testing'
import type { Turn } from '../src/index.ts'

export const NOW = Date.UTC(2026, 2, 2, 9)
export const BUCKET = 7

export const person = (id: number): Person => ({
  id,
  key: `p${id}@example.com`,
  zone: null,
  ownerSide: 'marketing',
  ownerId: null,
  stage: 'name',
  fields: {},
  folded: {},
  consent: {},
  suppressed: null,
  createdAt: NOW,
})

export const nothing = (id: number): TurnResult => turnWith(emptyState(person(id)))

export const passage = { flowId: 'flw_a', key: '', entry: 1 }

/** A turn in which everything happens that a turn can store. */
export function busy(id: number): Turn {
  const who = {
    ...person(id),
    fields: { city: 'Zürich', n: 2 },
    folded: { city: 'zürich' },
    consent: { marketing: true },
    suppressed: 'bounced',
  }
  const vars = { visits: { a: 1 }, here: { target: 5 }, held: [], frozenMs: 0 }
  const enrolment = { ...passage, id: null, version: 1, node: 'b', nodeSince: NOW, enteredAt: NOW, dueAt: NOW + 60_000, seq: 1, vars }
  const key = `${who.key}/flw_a//1/a/1/0`
  return {
    contactId: id,
    before: emptyState(person(id)),
    result: {
      ...nothing(id),
      state: emptyState(who),
      personChanged: true,
      enrolments: [
        {
          value: enrolment,
          isNew: true,
          ended: null,
          steps: [{ seq: 1, at: NOW, due: null, node: 'a', visit: 1, port: 'out', reason: { code: 'exit', label: 'x', finished: true } }],
        },
      ],
      members: [
        { segmentId: 'seg_in', since: NOW, recheckAt: NOW + 5 },
        { segmentId: 'seg_out', since: null, recheckAt: null },
      ],
      events: [{ id: `${key}/e`, type: 'sales.accepted', props: { City: 'ZÜRICH' }, occurredAt: NOW, receivedAt: NOW }],
      ledger: [{ key, dimension: 'fit', points: 250, at: NOW, rule: 'r', cause: { flowId: 'flw_a', node: 'a', visit: 1 }, since: NOW }],
      sends: [{ key, templateId: 'tpl_a', purpose: 'marketing', topic: 'marketing', at: NOW, enrolment: passage, version: 1, node: 'a' }],
      handoffs: [
        {
          key,
          teamId: 'team_a',
          at: NOW,
          enrolment: passage,
          version: 1,
          node: 'a',
          packet: { why: 'w', fields: {}, scores: {}, note: null },
          contract: PLAIN_CONTRACT,
        },
      ],
      effects: [
        { key: `${key}w`, kind: 'webhook', at: NOW, enrolment: passage, version: 1, node: 'a', payload: { url: 'https://a.example' } },
        { key: `${key}t`, kind: 'throttle', at: NOW, enrolment: passage, version: 1, node: 'a', payload: {} },
      ],
      cancelled: [`${who.key}/flw_gone//1/`],
      drawn: [{ flowId: 'flw_a', node: 's', way: 'b', at: NOW }],
      related: [
        {
          kind: 'company',
          id: 'acme',
          record: { kind: 'company', id: 'acme', data: { name: 'ACME' }, folded: { name: 'acme' }, at: NOW },
          known: false,
        },
        { kind: 'purchase', id: 'p1', record: { kind: 'purchase', id: 'p1', data: { total: 5 }, folded: null, at: NOW }, known: false },
        { kind: 'purchase', id: 'p2', record: null, known: false },
        { kind: 'opportunity', id: 'o1', record: { kind: 'opportunity', id: 'o1', data: {}, folded: null, at: NOW }, known: true },
      ],
      deltas: [
        { flowId: 'flw_a', node: 'a', port: null, at: NOW },
        { flowId: 'flw_a', node: 'a', port: UNDECIDED, at: NOW },
        { flowId: 'flw_a', node: 'a', port: 'out', at: NOW },
        { flowId: 'flw_a', node: 'b', port: null, at: NOW },
      ],
    },
  }
}
