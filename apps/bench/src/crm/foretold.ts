import { parseNode } from '@baton/engine'
import { behaving, buildGraph, input, people, planOf, run, sampleOf, set, team } from '@baton/engine/testing'
import type { DecidedMonth, Pipeline } from './pipeline.ts'

/**
 * What is taken from the first half of the file.
 * - blind: how many deals are decided in a month, and how many of them are won.
 * - rate: how many are won; how many are decided is known.
 * - rhythm: the same by the place of the month in its quarter.
 */
export const WAYS = ['blind', 'rate', 'rhythm'] as const
export type Way = (typeof WAYS)[number]

export interface Foretold {
  month: string
  happened: number
  p10: number
  mid: number
  p90: number
}

const SALES = { teamId: 'team_inbound', why: 'A deal', note: '', fields: [] }

/** Comes in, is handed over, is won or is not. */
function dealFlow() {
  const node = ['sales', 'hand-to-sales', SALES] as const
  const parsed = parseNode({ id: 'sales', type: 'hand-to-sales', data: { v: 1, ...SALES } })
  const ports = 'ok' in parsed ? parsed.ok.kind.ports(parsed.ok.config) : []
  return buildGraph(
    [['in', 'trigger', { on: { kind: 'manual' } }], node, ['end', 'exit', { label: 'Done', finished: true }]],
    ['in.out>sales', ...ports.map((it) => `sales.${it.id}>end`)],
  )
}

const sum = (months: readonly DecidedMonth[], of: 'won' | 'lost') => months.reduce((all, it) => all + it[of], 0)
const placeInQuarter = ({ month }: DecidedMonth) => (Number(month.slice(5)) - 1) % 3

/** Wins per month of the second half, from what was counted in the first, by the forecast of the product. */
export function foretell({ months }: Pipeline, way: Way, draws: number): Foretold[] {
  const half = Math.floor(months.length / 2)
  const first = months.slice(0, half)
  const plan = planOf({ f: dealFlow() })
  return months.slice(half).map((it) => {
    const alike = way === 'rhythm' ? first.filter((one) => placeInQuarter(one) === placeInQuarter(it)) : first
    const [yes, no] = [sum(alike, 'won'), sum(alike, 'lost')]
    const decided = way === 'blind' ? Math.round((yes + no) / half) : it.won + it.lost
    const from = Date.parse(`${it.month}-01T00:00:00Z`)
    const won = { from: 'measured' as const, yes, no, of: 'the first half' }
    const { totals } = run(
      input(plan, {
        sample: sampleOf(people(decided)),
        people: decided,
        from,
        days: 28,
        seed: it.month,
        draws,
        behaviour: behaving({ answered: set(1), accepted: set(1), won }),
        teams: [team({ levelMinutes: null })],
      }),
    )
    return { month: it.month, happened: it.won, ...totals.won }
  })
}

/** How many of them lie within their band. */
export const within = (all: readonly Foretold[]): number => all.filter((it) => it.happened >= it.p10 && it.happened <= it.p90).length
