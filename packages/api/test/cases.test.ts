import type { Condition } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const from = (country: string): Condition => ({
  combinator: 'and',
  rules: [{ subject: { kind: 'field', key: 'country' }, op: 'is', value: country }],
})

describe.each(KINDS)('which way of a branch people would go on %s', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
    const facts = [{ country: 'DE' }, { country: 'DE' }, { country: 'FR' }, {}]
    for (const [i, f] of facts.entries()) {
      const folded = Object.fromEntries(Object.entries(f).map(([key, value]) => [key, value.toLowerCase()]))
      await api.db.query(`insert into contact (bucket, id, key, facts, created_at) values ($1, $2, $3, $4::jsonb, 0)`, [
        i,
        (i + 1) * 1024 + i,
        `p${i}`,
        JSON.stringify({ f, k: folded, c: {} }),
      ])
    }
    await api.db.query(`insert into member (bucket, contact_id, segment_id, since) values (0, 1024, 'seg_a', 0)`)
    const all = JSON.stringify({ combinator: 'or', rules: [] })
    await api.db.query(
      `insert into segment (id, name, condition, kind, status, created_at, updated_at) values ('seg_a', 'A', $1::jsonb, 'list', 'ready', 0, 0)`,
      [all],
    )
  })
  afterAll(() => api.close())

  test('is counted for whoever may open flows, with the segment of the start beside it', async () => {
    for (const role of ['marketer', 'reviewer', 'sales_manager'] as const) {
      const sum: Record<string, { all: number; among: number }> = {}
      for (let next: number | null = 0; next !== null; ) {
        const found: Awaited<ReturnType<Caller['segments']['cases']>> = await api
          .as(role)
          .segments.cases({ cases: [from('DE'), from('FR')], among: 'seg_a', from: next })
        const { cases, otherwise, unknown, total } = found
        for (const [key, it] of Object.entries({ de: cases[0], fr: cases[1], otherwise, unknown, total }))
          sum[key] = { all: (sum[key]?.all ?? 0) + (it?.all ?? 0), among: (sum[key]?.among ?? 0) + (it?.among ?? 0) }
        next = found.next
      }
      expect(sum).toEqual({
        de: { all: 2, among: 1 },
        fr: { all: 1, among: 0 },
        otherwise: { all: 0, among: 0 },
        unknown: { all: 1, among: 0 },
        total: { all: 4, among: 1 },
      })
    }
  })

  test('is not told to a rep, nor for more cases than a branch has', async () => {
    expect(await codeOf(api.as('sales_rep').segments.cases({ cases: [from('DE')], among: null }))).toBe('FORBIDDEN')
    const many = Array.from({ length: 51 }, () => from('DE'))
    expect(await codeOf(api.as('marketer').segments.cases({ cases: many, among: null }))).toBe('BAD_REQUEST')
  })
})
