import { emptyCatalog } from '@baton/engine'
import { describe, expect, it } from 'vitest'
import { reasonFacts } from '../reason-facts.ts'
import { reasonWords } from '../reason-words.ts'
import type { WaitReason } from './wait.ts'

const catalog = { ...emptyCatalog('Europe/Oslo'), fields: [{ key: 'renewal', label: 'Renewal', type: 'date' as const }] }
const scope = { catalog, portName: (port: string) => ({ a: 'Looked at prices' })[port] ?? port }
const at = Date.UTC(2026, 2, 12, 8)
const zones = { zone: 'Europe/Oslo', zoneSource: 'company', arrivedZone: 'Europe/Oslo' }
const times = { arrived: at - 86_400_000, target: at, now: at + 1000 }
const date = { code: 'wait.date' as const, date: '2026-03-12', time: '09:00', dateZone: null, ...zones, ...times }
const field = {
  ...zones,
  ...times,
  field: 'renewal',
  value: '2026-03-15',
  offset: { amount: 3, unit: 'days' as const, side: 'before' as const },
  time: '09:00',
  yearly: false,
}
const price = {
  rule: { key: 'url', op: 'is', value: '/pricing' },
  saw: { value: '/pricing', test: { on: 'text', op: 'is', values: ['/pricing'] }, now: at },
  truth: true,
}
const around = { arrived: at, enteredAt: at, release: 'at-once' as const, overAt: at + 1, now: at }

const told: readonly (readonly [WaitReason, string])[] = [
  [{ ...date, past: 'go-on', late: false }, 'Waited until Thu 12 Mar 09:00, Oslo'],
  [{ ...date, past: 'go-on', late: true }, 'Came after Thu 12 Mar 09:00, Oslo, so went on at once'],
  [{ ...date, dateZone: 'Asia/Tokyo', past: 'exit', late: true }, 'Came after Thu 12 Mar 17:00, Tokyo, so left'],
  [{ ...field, code: 'wait.date-field', past: 'too-late', late: false }, 'Waited until Thu 12 Mar 09:00, Oslo'],
  [{ ...field, code: 'wait.date-field', past: 'too-late', late: true }, 'Came after Thu 12 Mar 09:00, Oslo, so went the other way'],
  [{ ...field, value: null, code: 'wait.no-date', why: 'empty' }, 'Renewal is empty, so there was no date to wait for'],
  [{ ...field, value: 'soon', code: 'wait.no-date', why: 'unreadable' }, 'Renewal is no date, so there was no date to wait for'],
  [
    {
      code: 'wait.window',
      calendarId: null,
      calendarZone: null,
      hours: { 1: [{ from: '09:00', to: '17:00' }] },
      holidays: [],
      zone: 'Europe/Oslo',
      zoneSource: 'utc',
      arrived: at,
      now: at,
    },
    'Open at Thu 12 Mar 09:00, Oslo',
  ],
  [
    {
      ...{
        code: 'wait.event',
        branch: 'a',
        eventId: 'e',
        type: 'page',
        machine: false,
        occurredAt: at,
        receivedAt: at,
        triggering: false,
        visit: 1,
        restarted: false,
      },
      ...{ tried: [{ id: 'a', type: 'page', where: [price] }], counts: { kind: 'within-days', days: 2 }, ...around },
    },
    'Did page where url is /pricing (saw /pricing): went to Looked at prices',
  ],
  [{ code: 'wait.condition', branch: 'a', cases: [{ id: 'a', truth: true, rules: [] }], ...around }, 'Went to Looked at prices: '],
  [
    { code: 'wait.time-out', amount: 1, unit: 'days', frozenMs: 0, cases: [], enteredAt: at, ...zones, ...times },
    'Nothing happened within 1 day',
  ],
  [
    { code: 'wait.dropped', due: at, pausedFrom: at, pausedTo: at, now: at },
    'Was due while the flow stood still, at Thu 12 Mar 08:00, UTC, so left when it went on',
  ],
]

describe('why a wait was over', () => {
  it.each(told)('%o', (reason, words) => {
    expect(
      reasonWords(reason, scope)
        .map((part) => part.text)
        .join(''),
    ).toBe(words)
    const facts = reasonFacts(reason, scope)
    expect(facts.length).toBeGreaterThan(2)
    for (const { name, value } of facts) expect(`${name} ${value}`).not.toMatch(/undefined|null|\[object|[{}]/)
  })
})
