import { eventCounts, flowById, leadTallies, listFlows, listTeams, mailTallies, populationSize } from '@baton/db'
import { z } from 'zod'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { measuredBehaviour, measuredPressure } from '../forecast/measured.ts'
import { samplePortion } from '../forecast/sample.ts'
import { procedureFor, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'reviewer', 'sales_manager')

const DAY = 86_400_000
/** How far back people's behaviour is counted, and what other flows do. */
const MEASURED_DAYS = 90
const PRESSURE_DAYS = 28
/** A lead that was given out longer ago than this and has no answer counts as not answered. */
const ANSWERED_WITHIN = 7 * DAY

const flowId = z.string().min(1).max(64)

async function mustHaveFlow(ctx: SignedIn, id: string) {
  const flow = await flowById(ctx.db, id)
  if (!flow) throw fail('NOT_FOUND', 'This flow is not there any more. Go back to the list.')
  return flow
}

/** What a forecast in the browser needs from here. All of it is read; nothing is written, nothing goes out. */
export const forecastRouter = router({
  /** How people and sales behaved here of late, what other flows do meanwhile, who takes leads, and how many people there are. */
  basis: reader.input(z.object({ flowId })).query(async ({ ctx, input }) => {
    const flow = await mustHaveFlow(ctx, input.flowId)
    const now = ctx.clock.now()
    const flows = [...(await listFlows(ctx.db, { archived: false })), ...(await listFlows(ctx.db, { archived: true }))]
    const people = await populationSize(ctx.db)
    const since = (days: number) => now - days * DAY
    const mails = await mailTallies(ctx.db, since(MEASURED_DAYS))
    const leads = await leadTallies(ctx.db, since(MEASURED_DAYS), now - ANSWERED_WITHIN)
    const events = await eventCounts(ctx.db, since(MEASURED_DAYS), now)
    const names = new Map(flows.map((it) => [it.id, it.name]))
    return {
      people,
      behaviour: measuredBehaviour(flow.id, { mails, leads, events, people, days: MEASURED_DAYS }),
      pressure: measuredPressure(flow.id, {
        mails: await mailTallies(ctx.db, since(PRESSURE_DAYS)),
        leads: await leadTallies(ctx.db, since(PRESSURE_DAYS), now),
        people,
        days: PRESSURE_DAYS,
        names,
      }),
      teams: (await listTeams(ctx.db)).map(({ id, name, members }) => ({
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
  }),

  /** A portion of a sample of contacts, without who they are: what of each the saved draft reads. */
  sample: reader
    .input(z.object({ flowId, seed: z.string().max(64), skip: z.int().min(0).max(1_000_000), limit: z.int().min(1).max(1000) }))
    .query(async ({ ctx, input }) => samplePortion(ctx, await mustHaveFlow(ctx, input.flowId), input)),
})
