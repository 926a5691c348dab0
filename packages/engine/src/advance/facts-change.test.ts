import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { planOf, samplePerson } from '../../testing/index.ts'
import type { Condition, Rule } from '../condition/schema.ts'
import { advance, emptyState, type InboxItem } from '../index.ts'

const source = { kind: 'key', id: 'k' } as const
const ada = emptyState(samplePerson({ key: 'ada', fields: { email: 'ada@example.com' } }))
const all = (rule: Rule): Condition => ({ combinator: 'and', rules: [rule] })
const known = { ...sampleCatalog, segments: [...sampleCatalog.segments, { id: 'lst', name: 'List', list: true }] }

describe('E-13 each kind of fact brings people into the segments that ask for it, and into no other', () => {
  const kinds: Record<string, [Rule, InboxItem]> = {
    field: [
      { subject: { kind: 'field', key: 'plan' }, op: 'is', value: 'free' },
      { kind: 'fields', at: 1, set: { plan: 'free' }, source },
    ],
    consent: [
      { subject: { kind: 'consent', topic: 'marketing' }, op: 'is' },
      { kind: 'consent', at: 1, topic: 'marketing', given: true, source },
    ],
    related: [
      { subject: { kind: 'related', of: 'purchase', where: [], window: { kind: 'ever' } }, op: 'ge', value: 1 },
      { kind: 'related', at: 1, of: 'purchase', id: 'p', data: {}, occurredAt: 1 },
    ],
    event: [
      { subject: { kind: 'event', type: 'page', where: [], window: { kind: 'ever' } }, op: 'ge', value: 1 },
      { kind: 'event', at: 1, event: { id: 'e', type: 'page', props: {}, occurredAt: 1, receivedAt: 1 } },
    ],
    list: [
      { subject: { kind: 'segment', segmentId: 'lst' }, op: 'is' },
      { kind: 'list', at: 1, segmentId: 'lst', on: true, source },
    ],
  }
  const segments = Object.entries(kinds).map(([id, [rule]]) => ({ id, condition: all(rule) }))
  const plan = planOf({}, segments, known)

  test.each(Object.entries(kinds))('%s', (id, [, item]) => {
    const joined = advance(plan, ada, { now: 1, items: [item] }, { now: 1, seed: '' })
    const expected = id === 'list' ? ['list', 'lst'] : [id]
    expect(joined.members.filter((it) => it.since !== null).map((it) => it.segmentId)).toEqual(expected)
    const again = advance(plan, joined.state, { now: 2, items: [item] }, { now: 2, seed: '' })
    expect(again.members).toEqual([])
  })

  test('a mail that stops and goes again', () => {
    const stopped = planOf({}, [{ id: 's', condition: all({ subject: { kind: 'mailable' }, op: 'is-not' }) }])
    const stop = (reason: string | null): InboxItem => ({ kind: 'suppress', at: 1, reason, source })
    const off = advance(stopped, ada, { now: 1, items: [stop('bounced')] }, { now: 1, seed: '' })
    expect(off.state.members).toEqual({ s: 1 })
    expect(advance(stopped, off.state, { now: 2, items: [stop(null)] }, { now: 2, seed: '' }).state.members).toEqual({})
  })
})
