import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../../fixtures/index.ts'
import { buildGraph, planOf, recompute, samplePerson } from '../../../testing/index.ts'
import {
  advance,
  type Catalog,
  emptyState,
  type GateTrace,
  type InboxItem,
  opensAt,
  type Person,
  type SendFact,
  type SendingRules,
  stillStopped,
} from '../../index.ts'

const HOUR = 3_600_000
const at = (text: string) => Date.parse(`${text}Z`)
const graph = (config: Record<string, unknown>) =>
  buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'manual' } }],
      ['m', 'send-email', { v: 2, ...config }],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>m', 'm.sent>end', ...(JSON.stringify(config.ifNotSent ?? '').includes('"port"') ? ['m.not-sent>end'] : [])],
  )

interface Around {
  sending?: SendingRules
  sends?: readonly SendFact[]
  now?: number
  catalog?: Catalog
}

function send(templateId: string, more: Record<string, unknown>, person: Partial<Person>, around: Around = {}) {
  const { now = 1, sends = [], sending = { caps: [], quiet: null }, catalog = sampleCatalog } = around
  const fields = person.fields ?? { email: 'ada@example.com' }
  const state = { ...emptyState(samplePerson({ key: 'ada', consent: { marketing: true }, ...person, fields })), sends }
  const plan = planOf({ f: graph({ templateId, ...more }) }, [], { ...catalog, sending })
  const enrol: InboxItem = { kind: 'enrol', at: now, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } }
  const result = advance(plan, state, { now, items: [enrol] }, { now, seed: '' })
  const step = result.enrolments[0]?.steps[1]
  if (!step || !('gate' in step.reason)) throw new Error('no gate')
  expect(recompute(step.reason)).toBe(step.port)
  return {
    verdict: step.reason.gate.verdict,
    sent: result.sends.length,
    port: step.port,
    reason: step.reason,
    topic: result.sends[0]?.topic,
  }
}

const marketing = 'tpl_recording'
const transactional = 'tpl_trial_welcome'
const withSales = { ownerSide: 'sales' } as const
const behalf = { onSalesBehalf: true }
const port = { do: 'port' }

describe('the sending gate: facts', () => {
  test.each([
    ['E-70 all well', marketing, {}, {}, 'pass'],
    ['E-71 no address', marketing, {}, { fields: {} }, 'no-address'],
    ['E-71 an address that is none', transactional, {}, { fields: { email: 'ada' } }, 'no-address'],
    ['E-72 suppressed, marketing', marketing, {}, { suppressed: 'bounced' }, 'suppressed'],
    ['E-72 suppressed, transactional', transactional, {}, { suppressed: 'complained' }, 'suppressed'],
    ['E-73 consent refused', marketing, {}, { consent: { marketing: false } }, 'no-consent'],
    ['E-73 consent absent', marketing, {}, { consent: {} }, 'no-consent'],
    ['E-73 consent to something else', marketing, {}, { consent: { events: true } }, 'no-consent'],
    ['E-73 a transactional mail needs none', transactional, {}, { consent: {} }, 'pass'],
    ['E-74 sales owns the contact', marketing, {}, withSales, 'marketing-hold'],
    ['E-74 on behalf of sales', marketing, behalf, withSales, 'pass'],
    ['E-74 on behalf of sales, but without consent', marketing, behalf, { ...withSales, consent: {} }, 'no-consent'],
    ['E-74 a transactional mail is not held', transactional, {}, withSales, 'pass'],
  ] as [string, string, Record<string, unknown>, Partial<Person>, GateTrace['verdict']][])('%s', (_, template, more, person, verdict) => {
    const result = send(template, { ...more, ifNotSent: port }, person)
    expect(result).toMatchObject({ verdict, sent: verdict === 'pass' ? 1 : 0, port: verdict === 'pass' ? 'sent' : 'not-sent' })
    expect(send(template, { ...more, ifNotSent: { do: 'skip' } }, person)).toMatchObject({
      verdict,
      sent: verdict === 'pass' ? 1 : 0,
      port: 'sent',
    })
  })

  test('E-75 the reason has all that was looked at', () => {
    expect(send(marketing, { ifNotSent: { do: 'skip' } }, withSales).reason).toEqual({
      code: 'send.not-sent',
      templateId: marketing,
      ifNotSent: 'skip',
      gate: {
        verdict: 'marketing-hold',
        purpose: 'marketing',
        address: true,
        consent: true,
        suppressed: null,
        ownerSide: 'sales',
        onSalesBehalf: false,
      },
    })
  })

  const topics = (topic: string): Catalog => ({
    ...sampleCatalog,
    topics: [
      { id: 'marketing', name: 'News and offers' },
      { id: 'events', name: 'Events' },
    ],
    templates: sampleCatalog.templates.map((it) => ({ ...it, topic })),
  })
  test.each([
    ['consent to the topic of the mail', 'events', { events: true }, 'pass'],
    ['consent to the general topic only', 'events', { marketing: true }, 'no-consent'],
    ['the general topic, named', 'marketing', { marketing: true }, 'pass'],
  ] as const)('E-260 %s', (_, topic, consent, verdict) => {
    const result = send(marketing, { ifNotSent: port }, { consent }, { catalog: topics(topic) })
    expect(result).toMatchObject({ verdict, ...(verdict === 'pass' ? { topic } : {}) })
    expect(result.reason.gate.topic).toBe(topic === 'marketing' ? undefined : topic)
  })

  test('E-260 a transactional mail needs no topic, whatever its template says', () => {
    expect(send(transactional, {}, { consent: {} }, { catalog: topics('events') })).toMatchObject({ verdict: 'pass', topic: null })
  })
})

const fact = (sentAt: number, more: Partial<SendFact> = {}): SendFact => ({
  key: `k${sentAt}`,
  templateId: 'tpl_other',
  at: sentAt,
  status: 'sent',
  purpose: 'marketing',
  topic: 'marketing',
  ...more,
})
const noon = at('2026-06-10T12:00')

describe('the sending gate: caps', () => {
  const two = { caps: [{ count: 2, hours: 24 }], quiet: null }
  const inside = [fact(noon - 24 * HOUR + 1), fact(noon - 1)]
  test.each([
    ['E-264 as many as allowed', inside, 'capped'],
    ['E-264 one has just left the window', [fact(noon - 24 * HOUR), fact(noon - 1)], 'pass'],
    [
      'E-264 what is queued, on its way or of unknown fate counts',
      [fact(noon - 2, { status: 'queued' }), fact(noon - 1, { status: 'unknown' })],
      'capped',
    ],
    [
      'E-264 what was taken back or failed does not',
      [fact(noon - 2, { status: 'withdrawn' }), fact(noon - 1, { status: 'failed' })],
      'pass',
    ],
    ['E-264 transactional mail does not count', [fact(noon - 2, { purpose: 'transactional' }), fact(noon - 1)], 'pass'],
  ] as [string, SendFact[], string][])('%s', (_, sends, verdict) => {
    expect(send(marketing, { ifNotSent: port }, {}, { sending: two, sends, now: noon })).toMatchObject({ verdict })
  })

  test('E-264 a transactional mail knows no cap, and on behalf of sales is no exemption', () => {
    const around = { sending: two, sends: inside, now: noon }
    expect(send(transactional, {}, {}, around)).toMatchObject({ verdict: 'pass' })
    expect(send(marketing, { ...behalf, ifNotSent: port }, {}, around)).toMatchObject({ verdict: 'capped' })
  })

  test('E-75 the reason has the mails of each window', () => {
    expect(send(marketing, { ifNotSent: port }, {}, { sending: two, sends: inside, now: noon }).reason.gate).toMatchObject({
      now: noon,
      caps: [{ count: 2, hours: 24, at: inside.map((it) => it.at) }],
    })
  })
})

describe('the sending gate: had it already', () => {
  const had = [fact(noon - 10 * 24 * HOUR, { templateId: marketing })]
  test.each([
    ['E-265 always', { when: 'always' }, had, 'pass'],
    ['E-265 never', { when: 'never' }, had, 'already-had'],
    ['E-265 never, and never had', { when: 'never' }, [fact(noon - 1)], 'pass'],
    ['E-265 after so many days of 24 hours: to the instant', { when: 'after', days: 10 }, had, 'pass'],
    ['E-265 not yet', { when: 'after', days: 11 }, had, 'already-had'],
    ['E-265 what was taken back never reached them', { when: 'never' }, had.map((it) => ({ ...it, status: 'withdrawn' as const })), 'pass'],
  ] as [string, unknown, SendFact[], string][])('%s', (_, again, sends, verdict) => {
    expect(send(marketing, { ifNotSent: port, again }, {}, { sends, now: noon })).toMatchObject({ verdict })
  })

  test('E-265 it holds for transactional mail too, since it is the author’s choice at the step', () => {
    const sends = [fact(noon - 1, { templateId: transactional, purpose: 'transactional', topic: null })]
    expect(send(transactional, { ifNotSent: port, again: { when: 'never' } }, {}, { sends, now: noon })).toMatchObject({
      verdict: 'already-had',
    })
  })

  test('E-265 the plan names the mails whose sends it must know however old they are', () => {
    const plan = (again: unknown) => planOf({ f: graph({ templateId: marketing, again }) }).mails
    expect([...plan({ when: 'never' })]).toEqual([marketing])
    expect([...plan({ when: 'after', days: 90 })]).toEqual([marketing])
    expect([...plan({ when: 'always' })]).toEqual([])
  })
})

describe('the sending gate: quiet hours', () => {
  const night = { from: '21:00', to: '08:00' }
  const noonBreak = { from: '12:00', to: '13:00' }
  // Berlin goes forward at 02:00 on 29 March 2026 and back at 03:00 on 25 October 2026.
  test.each([
    ['before they begin', night, '2026-06-10T18:59', 'Europe/Berlin', null],
    ['from their first instant', night, '2026-06-10T19:00', 'Europe/Berlin', '2026-06-11T06:00'],
    ['over midnight', night, '2026-06-10T23:30', 'Europe/Berlin', '2026-06-11T06:00'],
    ['not at their end', night, '2026-06-11T06:00', 'Europe/Berlin', null],
    ['where the contact lives', night, '2026-06-10T12:00', 'Asia/Tokyo', '2026-06-10T23:00'],
    ['within a day', noonBreak, '2026-06-10T10:30', 'Europe/Berlin', '2026-06-10T11:00'],
    ['from midnight', { from: '00:00', to: '06:00' }, '2026-06-09T22:00', 'Europe/Berlin', '2026-06-10T04:00'],
    ['ending in a gap: at the transition', { from: '22:00', to: '02:30' }, '2026-03-28T23:00', 'Europe/Berlin', '2026-03-29T01:00'],
    ['ending in a doubled hour: at the first', { from: '22:00', to: '02:30' }, '2026-10-24T23:00', 'Europe/Berlin', '2026-10-25T00:30'],
    ['and the second is not quiet', { from: '22:00', to: '02:30' }, '2026-10-25T01:15', 'Europe/Berlin', null],
  ] as const)('E-266 %s', (_, quiet, when, zone, opens) => {
    const { reason, verdict } = send(marketing, { ifNotSent: port }, { zone }, { sending: { caps: [], quiet }, now: at(when) })
    expect(verdict).toBe(opens === null ? 'pass' : 'quiet')
    if (opens !== null) expect(opensAt(reason.gate)).toBe(at(opens))
    expect(reason.gate.quiet).toEqual({ ...quiet, zone, zoneSource: 'contact' })
  })

  test('E-266 transactional mail goes at any hour', () => {
    expect(send(transactional, {}, {}, { sending: { caps: [], quiet: night }, now: at('2026-06-10T23:00') })).toMatchObject({
      verdict: 'pass',
    })
  })
})

describe('E-263 when the gate opens by time', () => {
  const seen = {
    purpose: 'marketing',
    address: true,
    consent: true,
    suppressed: null,
    ownerSide: 'marketing',
    onSalesBehalf: false,
  } as const
  const quiet = { from: '21:00', to: '08:00', zone: 'UTC', zoneSource: 'contact' }
  const caps = [{ count: 1, hours: 24, at: [at('2026-06-09T23:00')] }]
  test.each([
    ['at the end of quiet hours', { now: at('2026-06-10T22:00'), quiet }, '2026-06-11T08:00'],
    ['when a window frees', { now: noon, caps }, '2026-06-10T23:00'],
    ['the window frees in the night: in the morning', { now: noon, caps, quiet }, '2026-06-11T08:00'],
    ['the later of two windows', { now: noon, caps: [...caps, { count: 2, hours: 72, at: [noon - HOUR, noon - 1] }] }, '2026-06-13T11:00'],
    ['after so many days', { now: noon, had: { again: { when: 'after' as const, days: 2 }, last: noon - HOUR } }, '2026-06-12T11:00'],
    ['it is open', { now: noon, quiet }, '2026-06-10T12:00'],
  ] as [string, Partial<GateTrace>, string][])('%s', (_, more, opens) => expect(opensAt({ ...seen, ...more })).toBe(at(opens)))

  test.each([
    ['never the same mail again', { had: { again: { when: 'never' }, last: 1 } }],
    ['no consent', { consent: false }],
    ['suppressed', { suppressed: 'bounced' }],
    ['no address', { address: false }],
    ['sales owns the contact', { ownerSide: 'sales' }],
  ] as [string, Partial<GateTrace>][])('not by time: %s', (_, more) => expect(opensAt({ ...seen, now: noon, ...more })).toBeNull())
})

describe('E-268 what can still stop a mail that was let through', () => {
  const person = samplePerson({ key: 'ada', fields: { email: 'ada@example.com' }, consent: { marketing: true } })
  const mail = { purpose: 'marketing', topic: 'marketing' } as const
  test.each([
    ['nothing', person, mail, undefined],
    ['sales owns the contact: that acts at the step', { ...person, ownerSide: 'sales' as const }, mail, undefined],
    ['the address', { ...person, fields: {} }, mail, 'no-address'],
    ['suppression', { ...person, suppressed: 'complained' }, { ...mail, purpose: 'transactional' as const, topic: null }, 'suppressed'],
    ['consent to its topic', person, { ...mail, topic: 'events' }, 'no-consent'],
    ['a mail from before there were topics goes by the general one', { ...person, consent: {} }, { ...mail, topic: null }, 'no-consent'],
  ] as const)('%s', (_, who, asked, stop) => expect(stillStopped(who, asked)).toBe(stop))
})
