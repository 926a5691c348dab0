import { emptyCatalog } from '@baton/engine'
import { describe, expect, it } from 'vitest'
import type { Reason } from '../people.ts'
import { heldBecause } from './held.ts'
import { isSend, sendFacts, sendWords } from './send.ts'

const now = Date.parse('2026-06-10T20:30Z')
const catalog = {
  ...emptyCatalog('UTC'),
  templates: [{ id: 't', name: 'Welcome', purpose: 'marketing' as const }],
  topics: [{ id: 'top_events', name: 'Events' }],
}
const scope = { catalog, portName: (port: string) => port }
const gate: Extract<Reason, { code: 'send.queued' }>['gate'] = {
  verdict: 'pass',
  purpose: 'marketing',
  address: true,
  consent: true,
  suppressed: null,
  ownerSide: 'marketing',
  onSalesBehalf: false,
  now,
}
const quiet = { from: '21:00', to: '08:00', zone: 'Europe/Berlin', zoneSource: 'contact' }
const caps = [{ count: 3, hours: 168, at: [now - 3, now - 2, now - 1] }]
const held = { since: now, until: now + 48 * 3_600_000, now: now + 1, because: 'quiet' }
const not = { code: 'send.not-sent', templateId: 't', ifNotSent: 'skip' } as const

const told: readonly (readonly [Reason, string])[] = [
  [{ code: 'send.queued', templateId: 't', key: 'k', gate }, 'Sent Welcome'],
  [
    { code: 'send.queued', templateId: 't', key: 'k', gate: { ...gate, quiet }, held },
    'Sent Welcome, held back before: it is in the quiet hours where they live',
  ],
  [{ ...not, gate: { ...gate, verdict: 'capped', caps } }, 'Not sent: they had 3 of 3 mails in 7 days'],
  [{ ...not, gate: { ...gate, verdict: 'quiet', quiet } }, 'Not sent: it was in the quiet hours where they live'],
  [
    { ...not, gate: { ...gate, verdict: 'already-had', had: { again: { when: 'never' }, last: now } } },
    'Not sent: they had this mail already',
  ],
  [{ ...not, gate: { ...gate, consent: false, verdict: 'no-consent', topic: 'top_events' } }, 'Not sent: they did not agree to “Events”'],
]

describe('the reason of a mail', () => {
  it.each(told)('%o', (reason, words) => {
    if (!isSend(reason)) throw new Error('not about a mail')
    const text = sendWords(reason, scope).map((part) => part.text)
    expect(text.join('')).toBe(words)
    for (const { name, value } of sendFacts(reason, scope)) expect(`${name} ${value}`).not.toMatch(/undefined|null|\[object|[{}]/)
  })

  it('tells limits, hours and the hold with what was seen', () => {
    const facts = sendFacts({ ...not, gate: { ...gate, verdict: 'capped', caps, quiet }, held }, scope)
    const byName = new Map(facts.map((it) => [it.name, it.value]))
    expect(byName.get('At most 3 in 7 days')).toBe('had 3')
    expect(byName.get('Quiet hours')).toBe('21:00 to 08:00, Europe/Berlin')
    expect(byName.get('Because')).toBe('it is in the quiet hours where they live')
  })

  it('has words also for what it does not know', () => expect(heldBecause('moon')).toBe('the mail may not go out yet'))
})
