import { expect, test } from 'vitest'
import { dice } from '../people.ts'
import { foretell, within } from './foretold.ts'
import { readPipeline } from './pipeline.ts'

const HEADER = 'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value'
const MONTHS = 10

/** A file of the form of the real one. `share`: of those decided in a month, counted from March, how many are won. */
function fileOf(deals: number, share: (place: number) => number, seed = 7): string {
  const random = dice(seed)
  const lines = Array.from({ length: MONTHS }, (_, i) =>
    Array.from({ length: deals }, (__, n) => `D${i}-${n},A,P,,${random() < share(i) ? 'Won' : 'Lost'},10/20/2016,${i + 3}/15/2017,10`),
  )
  return [HEADER, ...lines.flat(), 'O1,A,P,,Engaging,1/2/2017,,', 'O2,A,P,,Prospecting,,,'].join('\n')
}

test('deals are counted by the month in which they were decided', () => {
  const { deals, won, lost, open, months } = readPipeline(fileOf(20, (i) => (i < 5 ? 1 : 0)))
  expect({ deals, won, lost, open }).toEqual({ deals: 202, won: 100, lost: 100, open: 2 })
  expect(months.map((it) => [it.month, it.won])).toContainEqual(['2017-08', 0])
  expect(months[0]).toEqual({ month: '2017-03', won: 20, lost: 0 })
})

const DEALS = 60
const DRAWS = 15

test('where months are alike, the bands hold what happened as often as they promise', () => {
  const held = [1, 2, 3].map((seed) => within(foretell(readPipeline(fileOf(DEALS, () => 0.6, seed)), 'rate', DRAWS)))
  // Twelve of fifteen in the mean.
  expect(held.reduce((all, n) => all + n, 0)).toBeGreaterThanOrEqual(9)
})

test('where the end of a quarter is another thing than its beginning, one rate for all does not hold, and one by place in the quarter does', () => {
  const quarterly = readPipeline(fileOf(DEALS, (i) => (i % 3 === 0 ? 0.9 : 0.4), 4))
  const [one, byPlace] = [within(foretell(quarterly, 'rate', DRAWS)), within(foretell(quarterly, 'rhythm', DRAWS))]
  expect(one).toBeLessThanOrEqual(2)
  expect(byPlace).toBeGreaterThan(one)
})
