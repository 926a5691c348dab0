import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, recompute, samplePerson } from '../../../testing/index.ts'
import { advance, emptyState, type InboxItem, notifyPayload, type Person } from '../../index.ts'

const enrol: InboxItem = { kind: 'enrol', at: 1, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } }

function tell(data: Record<string, unknown>, person: Partial<Person> = {}) {
  const graph = buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'manual' } }],
      ['n', 'notify', { text: '{{contact.first_name}} is keen, fit {{score.fit}}', ...data }],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>n', 'n.out>end'],
  )
  const state = emptyState(samplePerson({ key: 'ada', fields: { first_name: 'Ada' }, ...person }))
  const result = advance(planOf({ f: graph }), state, { now: 1, items: [enrol] }, { now: 1, seed: '' })
  const step = result.enrolments[0]?.steps[1]
  if (!step) throw new Error('no step')
  expect(recompute(step.reason)).toBe('out')
  expect(result.enrolments[0]?.ended?.how).toBe('finished')
  return { reason: step.reason, out: result.effects.map((it) => [it.kind, notifyPayload.parse(it.payload)]) }
}

const withSales = { ownerSide: 'sales', ownerId: 'usr_rep' } as const

describe('telling somebody', () => {
  test('E-189 a user, with the words of that moment, and goes on at once', () => {
    expect(tell({ to: { kind: 'user', id: 'usr_ida' }, email: true })).toEqual({
      reason: { code: 'notify.told', to: { kind: 'user', id: 'usr_ida' }, asOwner: false, inApp: true, email: true },
      out: [['notify', { to: { kind: 'user', id: 'usr_ida' }, inApp: true, email: true, text: 'Ada is keen, fit 0' }]],
    })
  })

  test('E-189 the owner is whoever of sales has the person at that moment', () => {
    expect(tell({ to: { kind: 'owner' } }, withSales).reason).toMatchObject({ to: { kind: 'user', id: 'usr_rep' }, asOwner: true })
  })

  test('E-189 where nobody has them, the team named for that is told, else nobody', () => {
    const free = { ...withSales, ownerSide: 'marketing' } as const
    expect(tell({ to: { kind: 'owner', otherwise: 'team_phone' } }, free).reason).toMatchObject({
      to: { kind: 'team', id: 'team_phone' },
      asOwner: false,
    })
    expect(tell({ to: { kind: 'owner' } }, free)).toEqual({ reason: { code: 'notify.nobody' }, out: [] })
  })

  test('E-189 a text that comes out empty is the person’s key, and a long one is cut', () => {
    const to = { kind: 'user', id: 'u' }
    expect(tell({ to, text: ' {{contact.job}} ' }).out).toMatchObject([['notify', { text: 'ada' }]])
    const long = tell({ to, text: '{{contact.job}}' }, { fields: { job: '🦊'.repeat(1500) } })
    expect(long.out).toMatchObject([['notify', { text: '🦊'.repeat(500) }]])
  })
})
