import type { Condition, Rule } from '@baton/engine'
import { catalog, NOW } from '@baton/engine/testing'
import { hash01 } from '@baton/leads'
import { beforeAll, expect, test } from 'vitest'
import { countCases } from '../src/index.ts'
import { onBothDrivers } from './drivers.ts'

const PEOPLE = 3000
const one = (...rules: Rule[]): Condition => ({ combinator: 'and', rules })
const older = (age: number): Condition => one({ subject: { kind: 'field', key: 'age' }, op: 'ge', value: age })
const inside: Condition = one({ subject: { kind: 'carried', key: 'order', type: 'text' }, op: 'not-empty' })

onBothDrivers('counts of the cases of a branch', (handle) => {
  const ask = (cases: readonly Condition[], among: string | null = null, portion = { from: 0, ms: 60_000 }) =>
    countCases(handle(), { scope: { all: true }, cases, catalog, now: NOW, among }, portion)

  beforeAll(async () => {
    // Every tenth person has no age, every third is a member; one is removed.
    const rows = Array.from({ length: PEOPLE + 1 }, (_, i) => {
      const bucket = Math.floor(hash01([i]) * 1024)
      const facts = { f: i % 10 === 0 ? {} : { age: i % 100 }, k: {}, c: {} }
      return { bucket, id: (i + 1) * 1024 + bucket, facts, gone: i === PEOPLE ? 1 : null, member: i % 3 === 0 }
    })
    await handle().query(
      `insert into contact (bucket, id, key, facts, created_at, deleted_at)
       select r.bucket, r.id, 'p' || r.id, r.facts, 0, r.gone
       from json_to_recordset($1::json) as r(bucket smallint, id bigint, facts jsonb, gone bigint)`,
      [JSON.stringify(rows)],
    )
    await handle().query(
      `insert into member (bucket, contact_id, segment_id, since)
       select r.bucket, r.id, 'seg_a', 0 from json_to_recordset($1::json) as r(bucket smallint, id bigint, member boolean) where r.member`,
      [JSON.stringify(rows)],
    )
  })

  test('everybody goes by the first case that is true; for whom one could not be decided is counted apart', async () => {
    const found = await ask([older(80), older(50)])
    expect(found).toEqual({
      cases: [
        { all: 540, among: 0, out: null },
        { all: 810, among: 0, out: null },
      ],
      otherwise: { all: 1350, among: 0 },
      unknown: { all: 300, among: 0 },
      total: { all: PEOPLE, among: 0 },
      next: null,
    })
  })

  test('a case that is true takes those for whom an earlier one could not be decided', async () => {
    const everybody = one({ subject: { kind: 'owner' }, op: 'is', value: 'marketing' })
    const found = await ask([older(50), everybody])
    expect([found.cases.map((it) => it.all), found.otherwise.all, found.unknown.all]).toEqual([[1350, 1650], 0, 0])
  })

  test('how many of each are in a segment is told beside', async () => {
    const member = (from: number) =>
      Array.from({ length: PEOPLE }, (_, i) => i).filter((i) => i % 3 === 0 && i % 10 !== 0 && i % 100 >= from)
    const found = await ask([older(80), older(50)], 'seg_a')
    expect(found.cases.map((it) => it.among)).toEqual([member(80).length, member(50).length - member(80).length])
    expect(found.total).toEqual({ all: PEOPLE, among: 1000 })
    expect((await ask([older(50)], 'seg_gone')).total.among).toBe(0)
  })

  test('a case that only a passage can answer says so; the others are counted without it', async () => {
    const found = await ask([inside, older(50)])
    expect(found.cases).toEqual([
      { all: 0, among: 0, out: { inside: true, say: 'Only people in a flow have that: use it in a step of a flow.' } },
      { all: 1350, among: 0, out: null },
    ])
    expect((await ask([inside])).otherwise.all).toBe(PEOPLE)
    expect((await ask([one()])).cases[0]?.out).toMatchObject({ inside: false })
  })

  test('goes on where the last portion ended', async () => {
    let all = 0
    let portions = 0
    for (let from: number | null = 0; from !== null; portions++) {
      const found = await ask([older(50)], null, { from, ms: portions < 3 ? 0 : 60_000 })
      all += found.cases[0]?.all ?? 0
      from = found.next
    }
    expect([all, portions]).toEqual([1350, 4])
  })
})
