import { expect, test } from 'vitest'
import { type JournalLine, journalLine, sortJournal } from './index.ts'

const step = (reason: unknown): JournalLine =>
  journalLine('ada', 'f', { seq: 1, at: 0, node: 'n', visit: 1, port: 'out', reason: reason as JournalLine['reason'] })

test('E-1 a reason is written with its keys in one order, whatever order a database gave them back in', () => {
  const now = { now: 1, code: 'exit-rule', rules: [{ truth: true, rule: { value: 1, op: 'is' }, saw: null }], enteredAt: 0 }
  const again = { enteredAt: 0, rules: [{ saw: null, rule: { op: 'is', value: 1 }, truth: true }], now: 1, code: 'exit-rule' }
  expect(JSON.stringify(step(now))).toBe(JSON.stringify(step(again)))
  expect(JSON.stringify(step(now).reason)).toBe(
    '{"code":"exit-rule","enteredAt":0,"now":1,"rules":[{"rule":{"op":"is","value":1},"saw":null,"truth":true}]}',
  )
})

test('E-1 lines that agree in time, contact and seq stand by flow, node and what they say, whatever order they come in', () => {
  const exit = step({ code: 'exit', label: '', finished: true })
  const lines = [{ ...exit, flow: 'g' }, { ...exit, node: 'm' }, exit, { ...exit, seq: 2 }, { ...exit, port: 'end' }]
  const sorted = sortJournal(lines).map((it) => `${it.flow}${it.seq}${it.node}${it.port}`)
  expect(sorted).toEqual(['f1mout', 'f1nend', 'f1nout', 'g1nout', 'f2nout'])
  expect(sortJournal(lines.toReversed())).toEqual(sortJournal(lines))
})
