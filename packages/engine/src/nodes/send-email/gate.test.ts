import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, recompute, samplePerson } from '../../../testing/index.ts'
import { advance, emptyState, type GateTrace, type InboxItem, type Person } from '../../index.ts'

const enrol: InboxItem = { kind: 'enrol', at: 1, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } }
const graph = (config: Record<string, unknown>) =>
  buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'manual' } }],
      ['m', 'send-email', config],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>m', 'm.sent>end', ...(config.ifNotSent === 'port' ? ['m.not-sent>end'] : [])],
  )
function send(templateId: string, more: Record<string, unknown>, person: Partial<Person>) {
  const fields = person.fields ?? { email: 'ada@example.com' }
  const state = emptyState(samplePerson({ key: 'ada', consent: { marketing: true }, ...person, fields }))
  const result = advance(planOf({ f: graph({ templateId, ...more }) }), state, { now: 1, items: [enrol] }, { now: 1, seed: '' })
  const step = result.enrolments[0]?.steps[1]
  if (!step || !('gate' in step.reason)) throw new Error('no gate')
  expect(recompute(step.reason)).toBe(step.port)
  return { verdict: step.reason.gate.verdict, sent: result.sends.length, port: step.port, reason: step.reason }
}

const marketing = 'tpl_recording'
const transactional = 'tpl_trial_welcome'
const withSales = { ownerSide: 'sales' } as const
const behalf = { onSalesBehalf: true }

describe('the sending gate', () => {
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
    const result = send(template, { ...more, ifNotSent: 'port' }, person)
    expect(result).toMatchObject({ verdict, sent: verdict === 'pass' ? 1 : 0, port: verdict === 'pass' ? 'sent' : 'not-sent' })
    expect(send(template, { ...more, ifNotSent: 'skip' }, person)).toMatchObject({
      verdict,
      sent: verdict === 'pass' ? 1 : 0,
      port: 'sent',
    })
  })

  test('E-75 the reason has all that was looked at', () => {
    expect(send(marketing, { ifNotSent: 'skip' }, withSales).reason).toEqual({
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
})
