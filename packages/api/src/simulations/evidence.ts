import { type FlowRow, type Handle, latestSimulation, type SimulationRow, type Sql } from '@baton/db'
import { BACKTEST_TOTALS, type CheckContext, canonicalJson, type FlowForecast, planHash, TOTALS } from '@baton/engine'
import type { Band } from '@baton/leads'
import { fail } from '../errors.ts'
import { UNSIMULATED } from '../flows/approval.ts'
import { backtestIn, forecastIn } from './figures.ts'
import { play, settingOf } from './make.ts'

/** Evidence is made again while somebody waits: of no more people than these. Larger ones are for looking at. */
const AGAIN_PEOPLE = 10_000
/** Figures of other data than then are as good as the same within a band, and so much of the middle beside it. */
const SLACK = 0.05
const FEW = 5

/** A kept simulation as a review shows it. */
export interface Evidence {
  id: string
  kind: SimulationRow['kind']
  at: number
  byName: string
  /** Whether it is of the draft as it is now. */
  fresh: boolean
  people: number
  sample: number
  from: number
  days: number
  /** What it came to, of the draft: by the names of totals; a back-test has no bands. */
  totals: Readonly<Record<string, Band>>
}

function totalsOf(row: Pick<SimulationRow, 'kind' | 'figures'>): Readonly<Record<string, Band>> {
  const bands: Readonly<Record<string, Band>> = forecastIn(row)?.totals ?? {}
  const plain = Object.entries(backtestIn(row)?.draft.totals ?? {})
  return { ...bands, ...Object.fromEntries(plain.map(([name, n]) => [name, { p10: n, mid: n, p90: n }])) }
}

function evidenceOf(row: SimulationRow, hash: string): Evidence {
  const { id, kind, at, byName } = row
  const { people, sample, from, days } = forecastIn(row) ?? backtestIn(row) ?? { people: 0, sample: 0, from: row.at, days: 0 }
  return { id, kind, at, byName, fresh: row.hash === hash, people, sample, from, days, totals: totalsOf(row) }
}

/** The simulation that belongs to a draft: of what it does now, else the latest of what it did; null: there is none. */
export async function evidenceFor(sql: Sql, flow: Pick<FlowRow, 'id' | 'draft'>): Promise<Evidence | null> {
  const hash = planHash(flow.draft)
  const row = (await latestSimulation(sql, flow.id, hash)) ?? (await latestSimulation(sql, flow.id, null))
  return row ? evidenceOf(row, hash) : null
}

/** The one that was kept of what a version does; null: none was. */
export async function evidenceOfVersion(sql: Sql, flowId: string, hash: string): Promise<Evidence | null> {
  const row = await latestSimulation(sql, flowId, hash)
  return row ? evidenceOf(row, hash) : null
}

/**
 * Makes the simulation that belongs to a draft again, here, with the same seed and people as they were then. The same data has to come to the
 * same figures; where contacts changed since, to figures as good as those.
 * @throws PRECONDITION_FAILED when it does not, or there is none of this very draft
 */
export async function mustHold(db: Handle, flow: FlowRow): Promise<void> {
  const row = await latestSimulation(db, flow.id, planHash(flow.draft), AGAIN_PEOPLE)
  if (!row) throw fail('PRECONDITION_FAILED', await whyNone(db, flow))
  const setting = settingOf(row)
  if (!setting) throw fail('PRECONDITION_FAILED', 'The simulation of this draft was made by another Baton. Make it again in Simulate.')
  const made = await play(db, flow, setting, row.snapshotAt)
  const now = made && { kind: row.kind, figures: JSON.parse(JSON.stringify(made.figures)) }
  if (!now) throw fail('PRECONDITION_FAILED', 'The simulation could not be made again. Try once more.')
  if (made.inputs === row.inputs) {
    if (canonicalJson(now.figures) === canonicalJson(row.figures)) return
    throw fail(
      'PRECONDITION_FAILED',
      'The simulation comes to other figures now, from the same data. Make it again in Simulate, and look at it.',
    )
  }
  const other = differs(totalsOf(row), totalsOf(now))
  if (other !== undefined)
    throw fail(
      'PRECONDITION_FAILED',
      `Contacts have changed since this draft was simulated: ${other}. Make it again in Simulate, and look at it.`,
    )
}

/** Why nothing that is kept with a draft counts: there is none, or it is too large to be made again. */
async function whyNone(db: Handle, flow: FlowRow): Promise<string> {
  const large = await latestSimulation(db, flow.id, planHash(flow.draft))
  if (!large) return `${UNSIMULATED} Make one in Simulate and keep it.`
  const most = AGAIN_PEOPLE.toLocaleString('en-US')
  return `The simulation of this draft is too large to be made again here, which is what makes it count. Keep one of at most ${most} people in Simulate.`
}

const WORDS: Readonly<Record<string, string>> = {
  entered: 'people who come in',
  mails: 'mails',
  leads: 'leads',
  accepted: 'accepted leads',
  finished: 'people who reach the end',
}

/** The first figure that is another, in words. */
function differs(was: Evidence['totals'], is: Evidence['totals']): string | undefined {
  for (const name of [...TOTALS, ...BACKTEST_TOTALS]) {
    const [then, now] = [was[name], is[name]]
    if (!then || !now) continue
    const slack = Math.max(FEW, SLACK * Math.abs(then.mid))
    if (now.mid >= then.p10 - slack && now.mid <= then.p90 + slack) continue
    return `${Math.round(now.mid).toLocaleString('en-US')} ${WORDS[name] ?? name} instead of ${Math.round(then.mid).toLocaleString('en-US')}`
  }
  return undefined
}

const WORKDAYS = 5 / 7

/** Somebody who has no room for another lead for more than so much of the time is told by name. */
const MOSTLY_FULL = 0.5

/** What the checks read of the forecast that belongs to a draft: of each team leads a working day, how many it took, and which reps had no room. */
export async function forecastKnown(sql: Sql, flow: Pick<FlowRow, 'id' | 'draft'>): Promise<CheckContext['forecast']> {
  const row = await latestSimulation(sql, flow.id, planHash(flow.draft))
  const figures = row && forecastIn(row)
  if (!figures) return undefined
  // Figures from before teams were told apart have none.
  const { teams = [], reps, days }: Partial<Pick<FlowForecast, 'teams'>> & FlowForecast = figures
  const workdays = Math.max(1, days * WORKDAYS)
  return {
    handOffs: teams.map(({ teamId, leads, overflow, waiting }) => ({
      teamId,
      perWorkday: leads.mid / workdays,
      capacity: Math.max(0, leads.mid - overflow.mid - waiting.mid) / workdays,
      full: reps.filter((it) => it.teamId === teamId && it.full.mid > MOSTLY_FULL).map((it) => it.name),
    })),
  }
}
