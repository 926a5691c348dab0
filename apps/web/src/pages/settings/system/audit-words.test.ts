import { expect, test } from 'vitest'
import { auditDetail, auditWords } from './audit-words.ts'

test.each([
  [{ from: 'marketer', to: 'sales_rep' }, 'marketer → sales rep'],
  [{ from: 0.1, to: 0.505 }, '10 % → 50.5 %'],
  [{ approvals: 2, salesApproves: true, simulation: true }, '2 approvals, hand-offs by a sales manager, a simulation'],
  [{ approvals: 0, salesApproves: false, simulation: false }, 'no approvals'],
  [{ approvals: null, salesApproves: false, simulation: false }, 'the usual approvals'],
  [{ version: 3, note: 'Well done', people: 4 }, '3, Well done'],
  [{}, ''],
])('what was noted beside a deed: %j reads “%s”', (detail, words) => expect(auditDetail({ detail })).toBe(words))

test('a deed of another version of Baton shows its own name', () => {
  expect([auditWords('flow.rolled-out'), auditWords('flow.sung')]).toEqual(['Changed the share of people whom a flow lets in', 'flow.sung'])
})
