import { eventCounts, type Handle, leadTallies, listFlows, listTeams, mailTallies, populationSize } from '@baton/db'
import { measuredBehaviour, measuredPressure } from './measured.ts'

const DAY = 86_400_000
/** How far back people's behaviour is counted, and what other flows do. */
const MEASURED_DAYS = 90
const PRESSURE_DAYS = 28
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
  const names = new Map(flows.map((it) => [it.id, it.name]))
  return {
    people,
    behaviour: measuredBehaviour(flowId, { mails, leads, events, people, days: MEASURED_DAYS }),
    pressure: measuredPressure(flowId, {
      mails: await mailTallies(db, since(PRESSURE_DAYS)),
      leads: await leadTallies(db, since(PRESSURE_DAYS), now),
      people,
      days: PRESSURE_DAYS,
      names,
    }),
    teams: (await listTeams(db)).map(({ id, name, members }) => ({
      id,
      name,
      reps: members.map((it) => ({
        id: it.userId,
        name: it.name,
        weight: it.weight,
        cap: it.cap,
        active: it.active && it.userActive,
        absences: [],
      })),
    })),
  }
}
