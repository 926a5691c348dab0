import {
  callTallies,
  dealTallies,
  eventCounts,
  type Handle,
  leadTallies,
  listFlows,
  mailTallies,
  populationSize,
  teamFactsOf,
  withDesks,
} from '@baton/db'
import type { TeamFacts } from '@baton/engine'
import { measuredBehaviour, measuredPressure } from './measured.ts'

const DAY = 86_400_000
/** How far back people's behaviour is counted, and what other flows do. */
const MEASURED_DAYS = 90
const PRESSURE_DAYS = 28
/** Deals take long to be decided. */
const DEAL_DAYS = 365
/** A lead that was given out longer ago than this and has no answer counts as not answered. */
const ANSWERED_WITHIN = 7 * DAY

/** How people and sales behaved here of late, what other flows do meanwhile, who takes leads, and how many people there are. */
export async function basisOf(db: Handle, flowId: string, now: number) {
  const flows = [...(await listFlows(db, { archived: false })), ...(await listFlows(db, { archived: true }))]
  const people = await populationSize(db)
  const since = (days: number) => now - days * DAY
  const mails = await mailTallies(db, since(MEASURED_DAYS))
  const leads = await leadTallies(db, since(MEASURED_DAYS), now - ANSWERED_WITHIN)
  const events = await eventCounts(db, since(MEASURED_DAYS), now)
  const deals = await dealTallies(db, since(DEAL_DAYS))
  const calls = await callTallies(db, since(MEASURED_DAYS))
  const names = new Map(flows.map((it) => [it.id, it.name]))
  return {
    people,
    behaviour: measuredBehaviour(flowId, {
      ...{ mails, leads, deals, calls, events, people },
      ...{ days: MEASURED_DAYS, dealDays: DEAL_DAYS },
    }),
    pressure: measuredPressure(flowId, {
      mails: await mailTallies(db, since(PRESSURE_DAYS)),
      leads: await leadTallies(db, since(PRESSURE_DAYS), now),
      people,
      days: PRESSURE_DAYS,
      names,
    }),
    teams: await withDesks(db, (await teamFactsOf(db, now)).map(withoutAddresses), now),
  }
}

/** Whoever plays with teams knows their reps by name, and not how to write to them: whose a record is was found before. */
export const withoutAddresses = ({ reps, ...team }: TeamFacts): TeamFacts => ({ ...team, reps: reps.map(({ email: _, ...rep }) => rep) })
