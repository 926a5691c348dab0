import { appendAudit, calendarById, listCalendars, removeCalendar, saveCalendar, usedBy } from '@baton/db'
import { BusinessHoursSchema } from '@baton/leads'
import { z } from 'zod'
import { holidayCountries, holidayRegions, publicHolidays } from '../calendars/holidays.ts'
import { fail } from '../errors.ts'
import { procedureFor, procedureForAll, router } from '../trpc.ts'
import { mustBeUnused } from '../uses.ts'

/** Waits of flows and deadlines of sales stand on them. */
const keeper = procedureFor('admin', 'marketer', 'sales_manager')

const id = z.string().min(1).max(64)
const place = z.string().min(1).max(20)
const calendar = BusinessHoursSchema.extend({
  /** Absent: a new one. */
  id: z.object({ id, rev: z.number().int() }).optional(),
  name: z.string().trim().min(1, 'Write a name for the calendar.').max(100, 'A name has at most 100 letters. Shorten it.'),
  holidays: BusinessHoursSchema.shape.holidays.refine(
    (list) => new Set(list.map((it) => it.date)).size === list.length,
    'A day stands there twice among the holidays. Remove one.',
  ),
  country: place.nullable().default(null),
  region: place.nullable().default(null),
})
const GONE = 'This calendar was removed meanwhile. Reload the page.'

/** Business calendars: hours by weekday and holidays, for waits, deadlines and teams. */
export const calendarsRouter = router({
  list: procedureForAll.query(({ ctx }) => listCalendars(ctx.db)),

  /** One with where it is used. */
  one: procedureForAll.input(z.object({ id })).query(async ({ ctx, input }) => {
    const found = await calendarById(ctx.db, input.id)
    if (!found) throw fail('NOT_FOUND', GONE)
    return { ...found, uses: await usedBy(ctx.db, { kind: 'calendar', id: input.id }) }
  }),

  save: keeper.input(calendar).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    const saved = await ctx.db.transaction(async (tx) => {
      const made = await saveCalendar(tx, { ...input, by: ctx.user, at })
      if (made === 'unknown') throw fail('NOT_FOUND', GONE)
      if (made === 'changed') throw fail('CONFLICT', 'Somebody changed this calendar meanwhile. Reload the page, then change it again.')
      if (made === 'name-taken') throw fail('CONFLICT', `There is a calendar “${input.name}” already. Choose another name.`)
      const action = input.id ? 'calendar.changed' : 'calendar.made'
      const detail = { name: input.name, zone: input.zone, holidays: input.holidays.length }
      await appendAudit(tx, { at, actor: ctx.user, action, subject: { kind: 'calendar', id: made.id }, detail })
      return made
    })
    ctx.services.nudge()
    return saved
  }),

  /** Removes one that no flow waits by. */
  remove: keeper.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction(async (tx) => {
      const found = await calendarById(tx, input.id)
      if (!found) throw fail('NOT_FOUND', GONE)
      await mustBeUnused(tx, { kind: 'calendar', id: input.id, name: found.name })
      await removeCalendar(tx, input.id)
      const subject = { kind: 'calendar', id: input.id }
      await appendAudit(tx, { at: ctx.clock.now(), actor: ctx.user, action: 'calendar.removed', subject, detail: { name: found.name } })
    })
    ctx.services.nudge()
  }),

  /** Countries whose public holidays are known; with `country` its regions that have holidays of their own. */
  places: keeper
    .input(z.object({ country: place.nullable().default(null) }))
    .query(({ input }) => (input.country === null ? holidayCountries() : holidayRegions(input.country))),

  /** The public holidays of a country or region in the years from `from` to `to`. */
  holidays: keeper
    .input(
      z
        .object({
          country: place,
          region: place.nullable().default(null),
          from: z.number().int().min(1970).max(2100),
          to: z.number().int().min(1970).max(2100),
        })
        .refine(({ from, to }) => from <= to && to - from < 11, 'Choose at most eleven years at a time.'),
    )
    .query(async ({ input }) => {
      const years = Array.from({ length: input.to - input.from + 1 }, (_, i) => input.from + i)
      const found = await publicHolidays(input.country, input.region, years)
      if (!found) throw fail('BAD_REQUEST', 'The holidays of this place are not known. Choose another, or add the days by hand.')
      return found
    }),
})
