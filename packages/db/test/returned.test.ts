import { DAY, type DimensionRules, loweredScore, modelFactors, sumScore } from '@baton/leads'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { scoreOperand } from '../src/condition/operand.ts'
import { run } from '../src/condition/run.ts'
import { onBothDrivers } from './drivers.ts'

const START = Date.UTC(2026, 0, 1)
const RETURNED = START + 40 * DAY + 9 * 3_600_000
const PEOPLE = 80
const idOf = (i: number) => (i + 1) * 1024 + (i % 3)

interface Line {
  key: string
  dimension: string
  points: number
  at: number
  held: boolean
  until?: number
  since?: number
}
/** Ledgers after a return that lowered the score to so much, or to what is held: as the engine writes them. */
const ledgers = fc.sample(
  fc
    .record({
      lines: fc.array(
        fc.record({
          dimension: fc.constant('engagement'),
          points: fc.integer({ min: -2000, max: 4000 }),
          at: fc.integer({ min: START, max: RETURNED + 5 * DAY }),
          held: fc.constantFrom(false, false, true),
        }),
        { minLength: 1, maxLength: 10 },
      ),
      most: fc.option(fc.integer({ min: 0, max: 4000 }), { nil: null, freq: 4 }),
      model: fc.nat(3),
    })
    .map((it) => ({ ...it, lines: it.lines.map((line, i): Line => ({ ...line, key: `k${i}` })) })),
  { seed: 88, numRuns: PEOPLE },
)
const MODELS: readonly DimensionRules[] = [
  {},
  { cap: 2500 },
  { cap: 5000, factors: modelFactors({ halfLifeDays: 14, expiryDays: null }) },
  { cap: 3000, factors: modelFactors({ halfLifeDays: 20, expiryDays: 30 }) },
]

onBothDrivers('a score that sales gave back', (handle) => {
  const written: Line[][] = []
  beforeAll(async () => {
    for (const [i, { lines, most, model }] of ledgers.entries()) {
      const id = idOf(i)
      const lowered = loweredScore(lines, 'engagement', RETURNED, MODELS[model] ?? {}, most)
      const gone = new Set(lowered?.ended)
      const after = lines.map((it) => (gone.has(it) ? { ...it, until: RETURNED } : it))
      if (lowered?.cut) after.push({ ...lowered.cut.line, key: 'left', points: lowered.cut.points, since: RETURNED })
      written.push(after)
      await handle().query(
        `insert into contact (bucket, id, key, owner_side, stage, facts, created_at) values ($1, $2, $3, 'sales', 'lead', '{}', 0)`,
        [id % 1024, id, `p${id}`],
      )
      for (const it of after) {
        await handle().query(
          `insert into ledger (bucket, contact_id, key, dimension, points, at, rule, cause, held, until, since) values ($1, $2, $3, $4, $5, $6, 'r', '{}', $7, $8, $9)`,
          [id % 1024, id, it.key, it.dimension, it.points, it.at, it.held, it.until ?? null, it.since ?? null],
        )
      }
    }
  })

  test.each(MODELS.map((model, i) => [i, model] as const))(
    'LS-12 LS-13 EC-21 SQL says what the engine says, before it, at it, and ever after (model %i)',
    async (_, model) => {
      for (const days of [-30, -1, -1 / DAY, 0, 1 / DAY, 0.7, 1, 7, 13, 19, 20, 29, 30, 31, 60, 400]) {
        const now = RETURNED + days * DAY
        const points = scoreOperand('c', { kind: 'score', dimension: 'engagement', model }, now)
        const rows = await run<{ points: number }>(handle(), sql`select ${points} as points from contact c order by c.id`)
        expect(rows.map((it) => it.points)).toEqual(written.map((lines) => sumScore(lines, 'engagement', now, model) / 100))
      }
    },
  )

  test('LS-12 and that is the most that was agreed on, and by itself never more', async () => {
    for (const [i, { lines, most, model }] of ledgers.entries()) {
      const rules = MODELS[model] ?? {}
      const held = sumScore(
        lines.filter((it) => it.held),
        'engagement',
        RETURNED,
        rules,
      )
      const bound = Math.max(most ?? held, held, 0) / 100
      if (sumScore(lines, 'engagement', RETURNED, rules) <= bound * 100) continue
      for (const days of [0, 3, 25, 90]) {
        const points = scoreOperand('c', { kind: 'score', dimension: 'engagement', model: rules }, RETURNED + days * DAY)
        const known = (written[i] ?? []).every((it) => it.at <= RETURNED)
        if (!known) continue
        const [row] = await run<{ points: number }>(
          handle(),
          sql`select ${points} as points from contact c where c.bucket = ${idOf(i) % 1024} and c.id = ${idOf(i)}`,
        )
        expect(row?.points).toBeLessThanOrEqual(bound)
      }
    }
  })
})
