import { HOUR } from '@baton/leads'
import { expect, test } from 'vitest'
import { PLAIN_CONTRACT } from '../../state/contract.ts'
import { createSales } from './sales.ts'

const NOW = Date.parse('2026-03-02T09:00:00Z')

test('LR-15 the eleventh lead of one person that nobody takes within an hour waits for the manager; others, and later ones, overflow', () => {
  const sales = createSales([])
  const said = (contact: string, key: string, at: number) => {
    const packet = { why: '', fields: {}, scores: {}, note: null }
    const enrolment = { flowId: 'f', key: '', entry: 1 }
    sales.take(contact, { key, at, enrolment, version: 1, node: 'n', teamId: 'gone', packet, contract: PLAIN_CONTRACT })
    return sales.route(at).map(({ item }) => item.kind === 'handoff' && item.news.outcome)
  }
  for (let i = 0; i < 10; i++) expect(said('a', `a${i}`, NOW + i)).toEqual(['overflow'])
  expect(said('a', 'a10', NOW + 10)).toEqual([])
  expect(said('b', 'b0', NOW + 10)).toEqual(['overflow'])
  expect(said('a', 'a11', NOW + HOUR)).toEqual(['overflow'])
  expect(said('a', 'a12', NOW + HOUR)).toEqual([])
})
