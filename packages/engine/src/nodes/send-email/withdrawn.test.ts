import { expect, test } from 'vitest'
import { buildGraph, planOf, runInMemory, samplePerson } from '../../../testing/index.ts'
import { emptyState, type InboxItem } from '../../index.ts'

const by = { kind: 'user', id: 'u' } as const
const mailing = buildGraph(
  [
    ['in', 'trigger', { on: { kind: 'manual' } }],
    ['m', 'send-email', { v: 2, templateId: 'tpl_recording' }],
    ['w', 'wait', { until: { kind: 'duration', amount: 1, unit: 'hours' } }],
    ['end', 'exit', { label: '' }],
  ],
  ['in.out>m', 'm.sent>w', 'w.out>end'],
)
const listening = buildGraph(
  [
    ['in', 'trigger', { on: { kind: 'event', type: 'mail.withdrawn' } }],
    ['end', 'exit', { label: '' }],
  ],
  ['in.out>end'],
)

test('E-269 a queued mail that is taken back is an event of the contact, which can let them into flows', () => {
  const plan = planOf({ a: mailing, b: listening })
  const ada = samplePerson({ key: 'ada', fields: { email: 'ada@example.com' }, consent: { marketing: true } })
  const items: InboxItem[] = [
    { kind: 'enrol', at: 1, flowId: 'a', node: 'in', key: '', source: by },
    { kind: 'remove', at: 2, flowId: 'a', key: '', source: by },
  ]
  const { turns, journal } = runInMemory(plan, [{ state: emptyState(ada), items }], 1_000)
  const key = 'ada/a//1/m/1/0'
  expect(turns.flatMap((it) => it.result.withdrawn)).toEqual([{ key, why: 'removed' }])
  expect(turns.flatMap((it) => it.result.events)).toMatchObject([
    { id: `${key}/withdrawn`, type: 'mail.withdrawn', props: { sendKey: key, templateId: 'tpl_recording', flowId: 'a', why: 'removed' } },
  ])
  expect(journal.filter((it) => it.flow === 'b').map((it) => it.node)).toEqual(['in', 'end'])
})
