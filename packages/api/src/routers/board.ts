import {
  boardLeads,
  boardReps,
  contactTimes,
  dayDeadlines,
  dayTallies,
  type Handle,
  logTallies,
  queueNow,
  repsNow,
  repTimes,
  workspaceSettings,
} from '@baton/db'
import { calendarWeek, DAY, localDate, previousWeek, weekBefore } from '@baton/leads'
import { z } from 'zod'
import { allFigures, repFigures } from '../board/figures.ts'
import { moveLeads } from '../board/move.ts'
import { weeklyReport } from '../board/report.ts'
import { day, midnight } from '../calendars/day.ts'
import { procedureFor, router } from '../trpc.ts'

const lead = procedureFor('admin', 'sales_manager')
const seller = procedureFor('admin', 'sales_manager', 'sales_rep')

const id = z.string().min(1).max(64)
const teamId = id.nullable()

/** Where today begins and ends on the wall of the workspace. */
function dayOf(now: number, zone: string): { from: number; to: number } {
  const date = localDate(now, zone)
  return { from: midnight(date, zone), to: midnight(date, zone, 1) }
}

/** What each rep has now and made of the days behind. */
async function repsOf(db: Handle, asked: { teamId: string | null; now: number; days: number; day: { from: number; to: number } }) {
  const { teamId: team, now, days, day } = asked
  const span = { teamId: team, from: now + 1 - days * DAY, to: now + 1 }
  const reps = await boardReps(db, { teamId: team, now })
  const have = new Map((await repsNow(db, { teamId: team, now, dayEnd: day.to })).map((it) => [it.repId, it]))
  const lines = await logTallies(db, span)
  const times = await repTimes(db, span)
  const made = new Map(repFigures(lines, times).map((it) => [it.repId, it]))
  return {
    lines,
    reps: reps.map((rep) => {
      const { fresh = 0, working = 0, sleeping = 0, today: due = 0, late = 0, opportunities = 0 } = have.get(rep.userId) ?? {}
      const { handedOver = 0, accepted = 0, rejected = 0, breached = 0, won = 0, lost = 0, revenue = 0 } = made.get(rep.userId) ?? {}
      const time = times.find((it) => it.repId === rep.userId)
      return {
        ...rep,
        now: { open: fresh + working + sleeping, fresh, working, sleeping, today: due, late, opportunities },
        period: { given: handedOver, accepted, rejected, breached, won, lost, revenue },
        onTime: { kept: time?.onTime ?? 0, of: time?.decided ?? 0 },
        contactMs: time?.contactMs ?? null,
      }
    }),
  }
}

/** The manager's board: who has what, how deadlines are kept, and what became of the week. */
export const boardRouter = router({
  /** Everything above the leads themselves. `days`: how far back the figures of the period go. */
  look: lead.input(z.object({ teamId, days: z.int().min(1).max(366) })).query(async ({ ctx, input }) => {
    const now = ctx.clock.now()
    const { zone } = await workspaceSettings(ctx.db)
    const today = dayOf(now, zone)
    // What happens at this instant belongs to the last of the days, not to one after it.
    const span = { teamId: input.teamId, from: now + 1 - input.days * DAY, to: now + 1 }
    const { reps, lines } = await repsOf(ctx.db, { ...input, now, day: today })
    return {
      ...{ now, zone, day: today, reps },
      queue: await queueNow(ctx.db, input),
      deadlines: await dayDeadlines(ctx.db, { teamId: input.teamId, ...today }),
      period: allFigures(lines, await contactTimes(ctx.db, span)),
      days: await dayTallies(ctx.db, span),
    }
  }),

  /** The open leads of a rep, of the queue, or those that wait for a manager. */
  leads: lead
    .input(z.object({ teamId, of: z.union([z.object({ repId: id }), z.enum(['queue', 'manager'])]) }))
    .query(({ ctx, input }) => boardLeads(ctx.db, input)),

  /**
   * Moves leads to a rep, to the next one in turn, to the manager's queue, or back to marketing. Of those that somebody was faster with
   * the names come back.
   */
  move: lead
    .input(
      z
        .object({
          leads: z
            .array(z.object({ id: z.int().min(0), rev: z.int().min(0) }))
            .min(1, 'Choose a lead.')
            .max(200, 'At most 200 leads move at once. Choose fewer.'),
          to: z.discriminatedUnion('kind', [
            z.object({ kind: z.literal('rep'), userId: id }),
            z.object({ kind: z.literal('team') }),
            z.object({ kind: z.literal('manager') }),
            z.object({ kind: z.literal('marketing') }),
          ]),
          note: z.string().trim().max(500, 'The reason is longer than 500 letters. Shorten it.').default(''),
        })
        .refine(({ to, note }) => to.kind !== 'marketing' || note !== '', {
          path: ['note'],
          message: 'Say why marketing gets it back: its rep and marketing read it.',
        }),
    )
    .mutation(async ({ ctx, input }) => {
      const done = await ctx.db.transaction((tx) => moveLeads(tx, { ...input, by: ctx.user, at: ctx.clock.now() }))
      ctx.services.nudge()
      return done
    }),

  /** A rep's own row of the board; a manager's, too, who has leads. */
  mine: seller.input(z.object({ days: z.int().min(1).max(366).default(30) })).query(async ({ ctx, input }) => {
    const now = ctx.clock.now()
    const { zone } = await workspaceSettings(ctx.db)
    const { reps } = await repsOf(ctx.db, { teamId: null, now, days: input.days, day: dayOf(now, zone) })
    return reps.find((it) => it.userId === ctx.user.id) ?? null
  }),

  /** The report of the seven days from a day on; without one, of the last whole calendar week. */
  week: lead.input(z.object({ teamId, from: day.nullable() })).query(async ({ ctx, input }) => {
    const now = ctx.clock.now()
    const { zone } = await workspaceSettings(ctx.db)
    const week = input.from === null ? previousWeek(calendarWeek(now, zone), zone) : weekBefore(midnight(input.from, zone, 7), zone)
    return { ...(await weeklyReport(ctx.db, input.teamId, week)), running: week.to > now }
  }),
})
