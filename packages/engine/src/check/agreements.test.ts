import { describe, expect, test } from 'vitest'
import { branches, type CheckCase, end, manual, proved, told } from '../../testing/check.ts'
import { EMPTY_AGREEMENT } from '../agreement/index.ts'
import type { AgreementEntry } from '../catalog.ts'

const agreement: AgreementEntry = {
  id: 'agr',
  name: 'Ready',
  version: 1,
  signed: true,
  reviewOn: null,
  returns: EMPTY_AGREEMENT.returns,
  qualifies: { combinator: 'and', rules: [{ subject: { kind: 'stage' }, op: 'is', value: 'lead' }] },
}
const asks = (entry: Partial<AgreementEntry>): CheckCase => ({
  nodes: [manual, branches('b', ['yes', [{ subject: { kind: 'agreement', agreementId: 'agr' }, op: 'is' }]]), end],
  ways: ['in.out>b', 'b.yes>end', 'b.otherwise>end'],
  catalog: { agreements: [{ ...agreement, ...entry }] },
  context: { now: Date.UTC(2026, 10, 22) },
})
/** Nobody asks for the one that is as said. */
const beside = (entry: Partial<AgreementEntry>): CheckCase => ({
  ...asks({}),
  catalog: { agreements: [agreement, { ...agreement, id: 'other', ...entry }] },
})

describe('E-336 a branch by an agreement', () => {
  test.each(
    proved('agreements', [
      ['signed, without a review', asks({}), []],
      ['not signed', asks({ signed: false }), ['agreement-unsigned b']],
      ['to be reviewed long ago', asks({ reviewOn: '2020-01-01' }), ['agreement-outdated b']],
      ['neither signed nor reviewed', asks({ signed: false, reviewOn: '2026-11-21' }), ['agreement-unsigned b', 'agreement-outdated b']],
      ['to be reviewed today', asks({ reviewOn: '2026-11-22' }), []],
      ['another agreement is not signed', beside({ signed: false }), []],
      ['nobody said what day it is', { ...asks({ reviewOn: '2020-01-01' }), context: {} }, []],
      ['to be reviewed some day', asks({ reviewOn: '2999-01-01' }), []],
    ]),
  )('%s', (_, it, expected) => {
    expect(told(it, ['agreement-unsigned', 'agreement-outdated'])).toEqual(expected)
  })
})
