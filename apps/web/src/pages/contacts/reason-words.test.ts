import { type Catalog, EMPTY_AGREEMENT, emptyCatalog } from '@baton/engine'
import { describe, expect, it } from 'vitest'
import type { Reason } from './people.ts'
import { reasonFacts } from './reason-facts.ts'
import { reasonWords } from './reason-words.ts'

const catalog: Catalog = {
  ...emptyCatalog('Europe/Berlin'),
  fields: [{ key: 'job', label: 'Job', type: 'text' }],
  segments: [{ id: 's', name: 'Retired' }],
  templates: [{ id: 't', name: 'Welcome', purpose: 'marketing' }],
  teams: [],
  agreements: [
    {
      ...{ id: 'agr', name: 'Ready to buy', version: 2, signed: true, reviewOn: null },
      qualifies: { combinator: 'and', rules: [] },
      returns: EMPTY_AGREEMENT.returns,
    },
  ],
  dimensions: [{ id: 'fit', name: 'Fit' }],
  eventTypes: [],
}
const scope = { catalog, portName: (port: string) => ({ 'case-1': 'Ready', otherwise: 'Otherwise' })[port] ?? port }
const by = { kind: 'user' as const, id: 'u', name: 'Nora' }
const at = Date.UTC(2026, 2, 12, 8)
const wait = {
  zone: 'Europe/Oslo',
  zoneSource: 'country',
  arrivedZone: 'Europe/Oslo',
  arrived: at - 86_400_000,
  target: at,
  now: at + 1000,
}
const time = { ...wait, code: 'wait.time-of-day' as const, time: '09:00', weekdays: [1, 2], policy: 'next' as const, graceMinutes: null }
const saw = (value: string | null) => ({ value, test: { on: 'text', op: 'is', values: ['retired'] }, now: at })
const rules = (value: string | null) => [
  {
    rule: { subject: { kind: 'field', key: 'job' }, op: 'is', value: 'retired' },
    saw: saw(value),
    truth: value === null ? null : value === 'retired',
  },
]
const case1 = (value: string | null) => ({ id: 'case-1', truth: rules(value)[0]?.truth ?? null, rules: rules(value) })
const gate = {
  purpose: 'marketing' as const,
  address: true,
  consent: false,
  suppressed: null,
  ownerSide: 'marketing' as const,
  onSalesBehalf: false,
}
const around = { now: at, enteredAt: at }

const told: readonly (readonly [Reason, string])[] = [
  [{ code: 'trigger.segment', segmentId: 's', since: at }, 'Joined Retired'],
  [
    {
      ...{ code: 'trigger.event', eventId: 'e', type: 'webinar.attended', occurredAt: at },
      where: [
        {
          rule: { key: 'minutes', op: 'ge', value: 20 },
          saw: { value: 52, test: { on: 'number', op: 'ge', values: [20] }, now: at },
          truth: true,
        },
      ],
    },
    'Did webinar.attended where minutes is at least 20 (saw 52)',
  ],
  [{ code: 'trigger.segment-left', segmentId: 's', at }, 'Left Retired'],
  [{ code: 'trigger.event', eventId: 'e', type: 'sales.accepted', occurredAt: at, where: [] }, 'Was accepted by sales'],
  [{ code: 'trigger.field', field: 'job', before: null, after: 'retired', from: [], to: [] }, 'Job changed from empty to retired'],
  [
    { code: 'trigger.score', dimension: 'fit', way: 'down', threshold: 2000, before: 2500, after: 1250, byTime: true },
    'Fit fell to 12.5 from 25, as points aged',
  ],
  [
    {
      ...{ code: 'trigger.date', field: 'renewal', value: '2026-03-15', amount: 3, unit: 'days', side: 'before', time: '09:00' },
      ...{ yearly: true, zone: 'Europe/Oslo', zoneSource: 'contact', target: at },
    },
    '3 days before renewal (2026-03-15), as every year',
  ],
  [
    {
      ...{ code: 'trigger.schedule', segmentId: 's', every: { every: 'day', time: '09:00' }, words: 'Every day at 09:00' },
      ...{ zone: 'Europe/Oslo', occurrence: at },
    },
    'By the schedule: Every day at 09:00, as one of Retired',
  ],
  [{ code: 'trigger.api', by }, 'Let in by Nora'],
  [{ code: 'trigger.flow', flowId: 'gone' }, 'Let in by another flow'],
  [{ code: 'trigger.manual', by }, 'Put in by Nora'],
  [{ code: 'trigger.publish', by, segmentId: 's' }, 'Was in Retired when Nora published'],
  [{ ...wait, code: 'wait.duration', amount: 1, unit: 'days', frozenMs: 0 }, 'Waited until Thu 12 Mar 09:00, Oslo'],
  [{ ...time, late: 'next' }, 'Waited for Thu 12 Mar 09:00, Oslo'],
  [{ ...time, late: 'skip' }, 'Came too late for 09:00, so went on at once'],
  [{ ...time, late: 'grace' }, 'Came a little after 09:00, so went on at once'],
  [{ code: 'branch.case', case: 'case-1', cases: [case1('retired')], ...around }, 'Went to Ready: Job is retired (saw retired)'],
  [{ code: 'branch.otherwise', cases: [case1('student')], ...around }, 'Went to Otherwise: no case was true'],
  [{ code: 'branch.otherwise', cases: [case1(null)], ...around }, 'Went to Otherwise: no case could be decided'],
  [{ code: 'score.added', dimension: 'fit', points: 2000, before: 500, after: 2500 }, '+20 Fit: from 5 to 25'],
  [{ code: 'field.set', key: 'job', before: null, after: 'student' }, 'Job: from empty to student'],
  [{ code: 'send.queued', templateId: 't', key: 'k', gate: { ...gate, consent: true, verdict: 'pass' } }, 'Sent Welcome'],
  [
    { code: 'send.not-sent', templateId: 't', ifNotSent: 'skip', gate: { ...gate, verdict: 'no-consent' } },
    'Not sent: they did not agree to marketing mail',
  ],
  [{ code: 'handoff.accepted', handoff: 'h', by: 'Chidi', at }, 'Accepted by Chidi'],
  [{ code: 'handoff.rejected', handoff: 'h', by: 'Chidi', why: 'No budget', note: 'In May', at }, 'Rejected by Chidi: No budget. “In May”'],
  [{ code: 'handoff.overflow', handoff: 'h', reason: {} }, 'Nobody of the team could take it'],
  [
    { code: 'handoff.accepted', handoff: 'h', by: 'Chidi', at, joined: true, restedUntil: at },
    'Accepted by Chidi, with an earlier hand-off',
  ],
  [
    {
      code: 'handoff.rejected',
      handoff: 'h',
      by: 'Chidi',
      why: 'Spam',
      note: null,
      at,
      disqualified: true,
      way: { id: 'w', reasons: ['Spam'] },
    },
    'Disqualified by Chidi: Spam',
  ],
  [
    { code: 'handoff.no-response', handoff: 'h', attempts: 2, reason: { code: 'breached' }, at, offered: true, back: { scores: 'reset' } },
    'Nobody of sales answered, after 2 tries',
  ],
  [{ code: 'handoff.voicemail', handoff: 'h', by: 'Chidi', attempt: 1, of: 3, at }, 'Chidi left a voicemail: 1 try of 3'],
  [
    { code: 'handoff.converted', handoff: 'h', by: 'Chidi', opportunity: 'o', amount: 1200, at, leaveAt: 'final-outcome' },
    'Won by Chidi (1,200)',
  ],
  [
    {
      ...{ code: 'handoff.lost', handoff: 'h', by: 'Chidi', why: 'Price', note: null, opportunity: null, at, leaveAt: 'final-outcome' },
      back: { coolOffDays: 90, scores: { cap: 1500 } },
    },
    'Lost by Chidi: Price',
  ],
  [
    { code: 'handoff.not-qualified', agreement: { id: 'agr', version: 2 }, rules: rules('student'), ...around },
    'Does not meet Ready to buy: Job is retired (saw student)',
  ],
  [{ code: 'exit', label: 'Done', finished: true }, 'Finished: Done'],
  [{ code: 'removed', by }, 'Taken out by Nora'],
  [{ code: 'left-segment', segmentId: 's' }, 'Left Retired, and the flow is only for people in it'],
  [{ code: 'restarted', by }, 'Began anew: Nora'],
  [{ code: 'flow-stopped' }, 'The flow was stopped'],
  [
    { code: 'no-way-on', port: 'case-1', because: { code: 'handoff.accepted', handoff: 'h', by: 'Chidi', at } },
    'Accepted by Chidi; this way leads nowhere, so they left',
  ],
]

describe('the reason of a step', () => {
  it.each(told)('%o', (reason, words) => {
    const text = reasonWords(reason, scope).map((part) => part.text)
    expect(text.join('')).toBe(words)
    for (const { name, value } of reasonFacts(reason, scope)) expect(`${name} ${value}`).not.toMatch(/undefined|null|\[object|[{}]/)
  })

  it('tells of a branch what every rule saw', () => {
    expect(reasonFacts({ code: 'branch.otherwise', cases: [case1(null)], ...around }, scope)[0]).toEqual({
      head: 'Ready: not known, so neither true nor false',
      name: 'Job is retired',
      value: 'saw empty: not known, so neither true nor false',
    })
  })

  it('tells zone, target and actual time of a wait', () => {
    const facts = reasonFacts({ ...wait, code: 'wait.duration', amount: 1, unit: 'days', frozenMs: 0 }, scope)
    expect(facts.map((it) => it.value)).toEqual([
      '1 day',
      'Europe/Oslo, by their country',
      'Wed 11 Mar 09:00, Oslo',
      'Thu 12 Mar 09:00, Oslo',
      'Thu 12 Mar 09:00, Oslo',
    ])
  })
})
