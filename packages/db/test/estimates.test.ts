import type { Condition, Rule } from '@baton/engine'
import { catalog, NOW } from '@baton/engine/testing'
import { hash01 } from '@baton/leads'
import { beforeAll, expect, test } from 'vitest'
import { countVerdicts, estimateVerdicts } from '../src/index.ts'
import { onBothDrivers } from './drivers.ts'

const PEOPLE = 6000
const one = (...rules: Rule[]): Condition => ({ combinator: 'and', rules })
const older = (age: number): Condition => one({ subject: { kind: 'field', key: 'age' }, op: 'ge', value: age })
const asked = (of: Condition) => ({ scope: { all: true } as const, condition: { of, catalog }, now: NOW })

onBothDrivers('counts of who matches', (handle) => {
  beforeAll(async () => {
    // Spread by a hash, as keys are; every tenth person has no age.
    const rows = Array.from({ length: PEOPLE }, (_, i) => {
      const bucket = Math.floor(hash01([i]) * 1024)
      return { bucket, id: (i + 1) * 1024 + bucket, facts: { f: i % 10 === 0 ? {} : { age: i % 100 }, k: {}, c: {} } }
    })
    await handle().query(
      `insert into contact (bucket, id, key, facts, created_at)
       select r.bucket, r.id, 'p' || r.id, r.facts, 0 from json_to_recordset($1::json) as r(bucket smallint, id bigint, facts jsonb)`,
      [JSON.stringify(rows)],
    )
  })

  test('an estimate from some buckets holds the truth within its error, and says that it is one', async () => {
    for (const [age, truth] of [
      [0, 5400],
      [50, 2700],
      [97, 180],
      [200, 0],
    ] as const) {
      const found = await estimateVerdicts(handle(), asked(older(age)), { ms: 60_000, buckets: 128 })
      if ('issues' in found) throw new Error('does not fit')
      expect(found.exact).toBe(false)
      expect(Math.abs(found.matches - truth)).toBeLessThanOrEqual(found.error * 1.3)
      expect(found.error).toBeGreaterThan(0)
    }
  })

  test('with time enough everybody is counted', async () => {
    const found = await estimateVerdicts(handle(), asked(older(50)), { ms: 60_000 })
    expect(found).toEqual({ matches: 2700, not: 2700, unknown: 600, error: 0, exact: true })
  })

  test('an exact count goes on where the last portion ended', async () => {
    const sum = { matches: 0, not: 0, unknown: 0 }
    let portions = 0
    for (let from: number | null = 0; from !== null; portions++) {
      const found = await countVerdicts(handle(), asked(older(50)), { from, ms: 0 })
      if ('issues' in found) throw new Error('does not fit')
      for (const key of ['matches', 'not', 'unknown'] as const) sum[key] += found[key]
      from = portions < 3 ? found.next : found.next === null ? null : await rest(found.next)
    }
    expect(sum).toEqual({ matches: 2700, not: 2700, unknown: 600 })
    expect(portions).toBeGreaterThan(3)

    async function rest(from: number): Promise<number | null> {
      const found = await countVerdicts(handle(), asked(older(50)), { from, ms: 60_000 })
      if ('issues' in found) throw new Error('does not fit')
      for (const key of ['matches', 'not', 'unknown'] as const) sum[key] += found[key]
      return found.next
    }
  })

  test('a condition that does not fit gives its issues', async () => {
    const gone = one({ subject: { kind: 'field', key: 'gone' }, op: 'empty' })
    expect(await estimateVerdicts(handle(), asked(gone))).toMatchObject({ issues: [{ code: 'condition.missing' }] })
    expect(await countVerdicts(handle(), asked(gone))).toMatchObject({ issues: [{ code: 'condition.missing' }] })
  })
})
