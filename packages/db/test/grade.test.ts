import { type Grade, type GradeModel, gradeOf } from '@baton/leads'
import { beforeAll, describe, expect, test } from 'vitest'
import { addContacts, createIds, type GradedBy, listContacts, type Sql } from '../src/index.ts'
import { onBothDrivers } from './drivers.ts'

const NOW = Date.UTC(2026, 2, 10)
const MODEL: GradeModel = { fit: { dimension: 'fit', at: [3000, 2000, 1000] }, engagement: { dimension: 'engagement', at: [500, 0, -500] } }
const GRADED: GradedBy = { model: MODEL, dimensions: [] }
/** Fit and engagement in hundredths: at each threshold, a hundredth below it, and with nothing at all. */
const SCORES = [
  [3000, 500],
  [2999, 499],
  [2000, 0],
  [1999, -1],
  [1000, -500],
  [999, -501],
  [0, 0],
  [100_000, -100_000],
] as const

onBothDrivers('the grade in the list of contacts', (handle) => {
  const page = (to: Sql) =>
    listContacts(
      to,
      { scope: { all: true }, now: NOW },
      { sort: { by: 'grade', graded: GRADED }, descending: false, after: null, limit: 50, graded: GRADED },
    )

  beforeAll(async () => {
    const people = SCORES.map((_, i) => ({
      email: `p${i}@acme.example`,
      external: null,
      fields: { email: `p${i}@acme.example` },
      consent: {},
    }))
    await addContacts(handle(), createIds(handle()), people, { at: NOW, textKeys: [] })
    const rows = SCORES.flatMap(([fit, engagement], i) => [
      { key: `p${i}@acme.example`, of: 'fit', points: fit },
      { key: `p${i}@acme.example`, of: 'engagement', points: engagement },
    ])
    await handle().query(
      `insert into ledger (bucket, contact_id, key, dimension, points, at, rule, cause) select c.bucket, c.id, r.of, r.of, r.points, $2::bigint, 'r', '{}'::jsonb
       from json_to_recordset($1::json) as r(key text, of text, points int) join contact c on c.key = r.key where r.points <> 0`,
      [JSON.stringify(rows), NOW],
    )
  })

  describe('LS-11', () => {
    test('is the same as where the engine asks for it, at each threshold and just below', async () => {
      const listed = await page(handle())
      if ('issues' in listed) throw new Error('The list was refused')
      const shown = Object.fromEntries(listed.rows.map((it): [string, Grade | null] => [it.key, it.grade]))
      expect(shown).toEqual(
        Object.fromEntries(SCORES.map(([fit, engagement], i) => [`p${i}@acme.example`, gradeOf(fit, engagement, MODEL)])),
      )
      const grades = listed.rows.map((it) => it.grade)
      expect(grades).toEqual([...grades].sort())
    })

    test('sums each score up once for a grade, however many thresholds it is held against', async () => {
      const scans: number[] = []
      const listening: Sql = Object.assign(Object.create(handle()), {
        query: async (text: string, params?: readonly unknown[]) => {
          // The plan tells: a sum that stands once in the text may be made for each place where its value is read.
          const plan = await handle().query(`explain ${text}`, params)
          scans.push(JSON.stringify(plan).match(/Scan(?: using \w+)? on ledger /g)?.length ?? 0)
          return handle().query(text, params)
        },
      })
      await page(listening)
      // Two scores: in the order, in the value of the cursor, in the grade that is shown.
      expect(scans).toEqual([6])
    })
  })
})
