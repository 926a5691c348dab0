import { absenceById, appendAudit, calendarById, listAbsences, listTeams, removeAbsence, saveAbsence, workspaceSettings } from '@baton/db'
import { DAY, localDate } from '@baton/leads'
import { z } from 'zod'
import { day, midnight } from '../calendars/day.ts'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { procedureFor, router } from '../trpc.ts'

const seller = procedureFor('admin', 'sales_manager', 'sales_rep')

const id = z.string().min(1).max(64)
const MOST_DAYS = 400

const absence = z
  .object({
    id: id.optional(),
    /** Absent: the one who asks. */
    userId: id.optional(),
    /** The first and the last day away. */
    from: day,
    until: day,
    note: z.string().trim().max(200, 'The note is longer than 200 letters. Shorten it.').default(''),
  })
  .refine(({ from, until }) => from <= until, { path: ['until'], message: 'The last day is before the first.' })
  .refine(({ from, until }) => Date.parse(until) - Date.parse(from) <= MOST_DAYS * DAY, {
    path: ['until'],
    message: `An absence is at most ${MOST_DAYS} days. Deactivate somebody who left.`,
  })

const manages = ({ user }: SignedIn) => user.role !== 'sales_rep'

/** First and last day of an absence on the wall of the workspace. */
const days = <T extends { from: number; to: number }>(row: T, zone: string) => ({
  ...row,
  firstDay: localDate(row.from, zone),
  lastDay: localDate(row.to - 1, zone),
})

/** Whose absence it is: a rep has the own ones only, whatever he asks for. @throws FORBIDDEN */
function whose(ctx: SignedIn, userId: string | undefined): string {
  if (userId !== undefined && userId !== ctx.user.id && !manages(ctx))
    throw fail('FORBIDDEN', 'You can write down your own absences only. Ask a sales manager.')
  return userId ?? ctx.user.id
}

/** When people are away: they get no new leads then. A rep sees and writes the own ones, managers all. */
export const absencesRouter = router({
  /** The days from `from` on: for each member of the team (null: of all teams) absences and the holidays of their calendar. */
  plan: seller.input(z.object({ teamId: id.nullable(), from: day, days: z.int().min(1).max(MOST_DAYS) })).query(async ({ ctx, input }) => {
    const { zone } = await workspaceSettings(ctx.db)
    const from = midnight(input.from, zone)
    const to = midnight(input.from, zone, input.days)
    const only = manages(ctx) ? undefined : ctx.user.id
    const rows = (await listAbsences(ctx.db, { userId: only, from, to })).map((row) => days(row, zone))
    const calendars = new Map<string, { name: string; holidays: { date: string; name: string }[] }>()
    const people = new Map<string, { userId: string; name: string; active: boolean; calendar: string | null }>()
    for (const team of await listTeams(ctx.db)) {
      if (input.teamId !== null && team.id !== input.teamId) continue
      for (const member of team.members) {
        if (only !== undefined && member.userId !== only) continue
        const calendar = member.calendarId ?? team.calendarId
        people.set(member.userId, { userId: member.userId, name: member.name, active: member.userActive, calendar })
        if (calendar !== null && !calendars.has(calendar)) {
          const found = await calendarById(ctx.db, calendar)
          const last = localDate(to - 1, zone)
          if (found) {
            const holidays = found.holidays.filter((it) => it.date >= input.from && it.date <= last)
            calendars.set(calendar, { name: found.name, holidays })
          }
        }
      }
    }
    return {
      zone,
      today: localDate(ctx.clock.now(), zone),
      people: [...people.values()]
        .sort((a, b) => a.name.localeCompare(b.name, 'en'))
        .map((it) => ({
          ...it,
          holidays: it.calendar === null ? [] : (calendars.get(it.calendar)?.holidays ?? []),
          absences: rows.filter((row) => row.userId === it.userId),
        })),
    }
  }),

  save: seller.input(absence).mutation(async ({ ctx, input }) => {
    const userId = whose(ctx, input.userId)
    const at = ctx.clock.now()
    const saved = await ctx.db.transaction(async (tx) => {
      const { zone } = await workspaceSettings(tx)
      const span = { from: midnight(input.from, zone), to: midnight(input.until, zone, 1) }
      const done = await saveAbsence(tx, { id: input.id, userId, ...span, note: input.note, by: ctx.user, at })
      if (done === 'unknown') throw fail('NOT_FOUND', 'This absence was removed meanwhile. Reload the page.')
      if ('overlaps' in done) {
        const { firstDay, lastDay, name } = days(done.overlaps, zone)
        throw fail('CONFLICT', `${name} is away from ${firstDay} to ${lastDay} already. Change that absence instead.`)
      }
      const subject = { kind: 'user', id: userId }
      const detail = { from: input.from, until: input.until }
      await appendAudit(tx, { at, actor: ctx.user, action: input.id ? 'absence.changed' : 'absence.made', subject, detail })
      return done
    })
    ctx.services.nudge()
    return saved
  }),

  remove: seller.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction(async (tx) => {
      const found = await absenceById(tx, input.id)
      // To a rep the absences of others are not there.
      if (!found || (!manages(ctx) && found.userId !== ctx.user.id))
        throw fail('NOT_FOUND', 'This absence was removed already. Reload the page.')
      await removeAbsence(tx, input.id)
      const subject = { kind: 'user', id: found.userId }
      await appendAudit(tx, { at: ctx.clock.now(), actor: ctx.user, action: 'absence.removed', subject, detail: { name: found.name } })
    })
    ctx.services.nudge()
  }),
})
