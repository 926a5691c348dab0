import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../../fixtures/index.ts'
import { buildGraph, planOf, recompute, runInMemory, samplePerson } from '../../../testing/index.ts'
import { emptyState, type InboxItem, type Person, type PlannedFlow, type SendFact, type SendingRules } from '../../index.ts'

const HOUR = 3_600_000
const at = (text: string) => Date.parse(`${text}Z`)
const mail = 'tpl_recording'
const by = { kind: 'user', id: 'u' } as const

interface Given {
  ifNotSent: unknown
  again?: unknown
  sending?: SendingRules
  sends?: SendFact[]
  person?: Partial<Person>
  items?: InboxItem[]
  pauses?: PlannedFlow['pauses']
  start?: number
}

const noon = at('2026-06-10T12:00')
const quiet = { from: '21:00', to: '08:00' }
const hours = (amount: number, after = 'skip') => ({ do: 'hold', amount, unit: 'hours', after })
const days = (amount: number, after = 'skip') => ({ do: 'hold', amount, unit: 'days', after })
const sentAt = (when: number): SendFact => ({
  key: `k${when}`,
  templateId: 'x',
  at: when,
  status: 'sent',
  purpose: 'marketing',
  topic: 'marketing',
})

/** Lets Ada in, and gives the step at the mail and how she stands there in the end. */
function run({ ifNotSent, again = { when: 'always' }, sending, sends = [], person, items = [], pauses = [], start = noon }: Given) {
  const graph = buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'manual' } }],
      ['m', 'send-email', { v: 2, templateId: mail, ifNotSent, again }],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>m', 'm.sent>end', ...(JSON.stringify(ifNotSent).includes('"port"') ? ['m.not-sent>end'] : [])],
  )
  const plan = planOf({ f: { graph, pauses } }, [], { ...sampleCatalog, sending: sending ?? { caps: [], quiet: null } })
  const fields = { email: 'ada@example.com' }
  const ada = samplePerson({ key: 'ada', fields, consent: { marketing: true }, zone: 'Europe/Berlin', ...person })
  const enrol: InboxItem = { kind: 'enrol', at: start, flowId: 'f', node: 'in', key: '', source: by }
  const result = runInMemory(plan, [{ state: { ...emptyState(ada), sends }, items: [enrol, ...items] }], start + 400 * 24 * HOUR)
  const line = result.journal.find((it) => it.node === 'm')
  if (line) expect(recompute(line.reason)).toBe(line.port)
  const gave = line && 'gate' in line.reason ? line.reason : undefined
  return { time: line && Date.parse(line.time), port: line?.port, reason: gave, contact: result.contacts[0], turns: result.turns }
}

describe('E-261 held at the step', () => {
  test('until quiet hours end; then it goes out, and the reason says that and since when they were held', () => {
    const start = at('2026-06-10T20:30')
    const { time, reason } = run({ ifNotSent: days(2), sending: { caps: [], quiet }, start })
    expect(time).toBe(at('2026-06-11T06:00'))
    expect(reason).toMatchObject({ code: 'send.queued', held: { since: start, because: 'quiet' } })
  })

  test('they stand there with what keeps them, and until when', () => {
    const start = at('2026-06-10T20:30')
    const { turns } = run({ ifNotSent: hours(24), sending: { caps: [], quiet }, start })
    const [enrolment] = turns.find((it) => it.at === start)?.result.state.enrolments ?? []
    expect(enrolment).toMatchObject({
      node: 'm',
      dueAt: at('2026-06-11T06:00'),
      vars: { here: { since: start, because: 'quiet', opens: at('2026-06-11T06:00'), until: start + 24 * HOUR } },
    })
  })

  test('until a window of a cap frees', () => {
    const { time, reason } = run({
      ifNotSent: days(2),
      sending: { caps: [{ count: 1, hours: 24 }], quiet: null },
      sends: [sentAt(noon - HOUR)],
    })
    expect(time).toBe(noon + 23 * HOUR)
    expect(reason).toMatchObject({ code: 'send.queued', held: { because: 'capped' } })
  })

  test('two things one after the other: the first, then the second', () => {
    const sending = { caps: [{ count: 1, hours: 12 }], quiet }
    const { time } = run({ ifNotSent: days(2), sending, sends: [sentAt(at('2026-06-10T11:00'))] })
    // The window frees at 23:00 in the summer of Berlin 01:00, which is quiet.
    expect(time).toBe(at('2026-06-11T06:00'))
  })

  test('what is asked for while somebody is held fills the window for them too', () => {
    const graph = (id: string) =>
      buildGraph(
        [
          ['in', 'trigger', { on: { kind: 'manual' } }],
          [id, 'send-email', { v: 2, templateId: mail, ifNotSent: days(9) }],
          ['end', 'exit', { label: '' }],
        ],
        [`in.out>${id}`, `${id}.sent>end`],
      )
    const sending = { caps: [{ count: 1, hours: 24 }], quiet: null }
    const plan = planOf({ a: graph('m1'), b: graph('m2'), c: graph('m3') }, [], { ...sampleCatalog, sending })
    const ada = samplePerson({ key: 'ada', fields: { email: 'ada@example.com' }, consent: { marketing: true } })
    const items = ['a', 'b', 'c'].map((flowId): InboxItem => ({ kind: 'enrol', at: noon, flowId, node: 'in', key: '', source: by }))
    const { journal } = runInMemory(plan, [{ state: emptyState(ada), items }], noon + 9 * 24 * HOUR)
    const mails = journal.filter((it) => it.node.startsWith('m')).map((it) => [it.node, Date.parse(it.time) - noon])
    expect(mails).toEqual([
      ['m1', 0],
      ['m2', 24 * HOUR],
      ['m3', 48 * HOUR],
    ])
  })
})

describe('E-262 at most for so long', () => {
  test.each([
    ['skip', 'sent'],
    ['port', 'not-sent'],
  ])('then %s', (then, port) => {
    const left = run({ ifNotSent: hours(6, then), person: { consent: {} } })
    expect(left).toMatchObject({
      time: noon + 6 * HOUR,
      port,
      reason: { code: 'send.not-sent', held: { since: noon, until: noon + 6 * HOUR } },
    })
  })

  test('days keep the time of day over a change of the clocks, hours do not', () => {
    const start = at('2026-10-24T10:00')
    expect(run({ ifNotSent: days(1), person: { consent: {} }, start }).time).toBe(at('2026-10-25T11:00'))
    expect(run({ ifNotSent: hours(24), person: { consent: {} }, start }).time).toBe(at('2026-10-25T10:00'))
  })

  test('pauses of the flow are added', () => {
    const pauses = [{ from: noon + HOUR, to: noon + 3 * HOUR }]
    expect(run({ ifNotSent: hours(6), person: { consent: {} }, pauses }).time).toBe(noon + 8 * HOUR)
  })

  test('quiet hours that last longer than the hold: nothing is sent', () => {
    const left = run({ ifNotSent: hours(2), sending: { caps: [], quiet }, start: at('2026-06-10T20:30') })
    expect(left).toMatchObject({ time: at('2026-06-10T22:30'), reason: { code: 'send.not-sent', gate: { verdict: 'quiet' } } })
  })
})

describe('E-267 asked again when something changes', () => {
  test.each([
    ['consent is given', { consent: {} }, { kind: 'consent', at: noon + HOUR, topic: 'marketing', given: true, source: by }],
    ['an address is known', { fields: {} }, { kind: 'fields', at: noon + HOUR, set: { email: 'ada@example.com' }, source: by }],
    ['the suppression is lifted', { suppressed: 'by-hand' }, { kind: 'suppress', at: noon + HOUR, reason: null, source: by }],
  ] as [string, Partial<Person>, InboxItem][])('%s', (_, person, item) => {
    expect(run({ ifNotSent: days(2), person, items: [item] })).toMatchObject({ time: noon + HOUR, reason: { code: 'send.queued' } })
  })

  test('who moves where it is not quiet gets it at once, and who moves where it is waits longer', () => {
    const start = at('2026-06-10T20:30')
    const move = (zone: string): InboxItem => ({ kind: 'fields', at: start + HOUR, set: { zone }, source: by })
    const given = { ifNotSent: days(2), sending: { caps: [], quiet }, start }
    expect(run({ ...given, items: [move('America/New_York')] }).time).toBe(start + HOUR)
    expect(run({ ...given, items: [move('UTC')] }).time).toBe(at('2026-06-11T08:00'))
  })

  test('what does not concern the gate leaves them as they stand', () => {
    const item: InboxItem = { kind: 'fields', at: noon + HOUR, set: { city: 'Bonn' }, source: by }
    const { turns } = run({ ifNotSent: hours(6), person: { consent: {} }, items: [item] })
    expect(turns.find((it) => it.at === noon + HOUR)?.result.enrolments).toEqual([])
  })

  test('what is due by time is logged with its time', () => {
    const { contact, turns } = run({ ifNotSent: hours(6), person: { consent: {} } })
    expect(
      turns
        .flatMap((it) => it.result.enrolments)
        .flatMap((it) => it.steps)
        .find((it) => it.node === 'm'),
    ).toMatchObject({
      due: noon + 6 * HOUR,
    })
    expect(contact?.enrolments).toEqual([])
  })
})
