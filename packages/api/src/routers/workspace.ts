import {
  activeUserIds,
  appendAudit,
  limitRepMails,
  listCalendars,
  listTeams,
  removeTeam,
  rescanScored,
  type Sql,
  saveTeam,
  updateWorkspace,
  userById,
  workspaceSettings,
} from '@baton/db'
import { canonicalZone } from '@baton/leads'
import { z } from 'zod'
import { handOn } from '../board/move.ts'
import { fail } from '../errors.ts'
import { remodelled, shownDimension, storedDimension } from '../scores/model.ts'
import { procedureFor, procedureForAll, router } from '../trpc.ts'
import { mustBeUnused } from '../uses.ts'

const zone = z.string().transform((name, context) => {
  const known = canonicalZone(name)
  if (known === undefined) context.addIssue({ code: 'custom', message: 'That time zone is unknown. Write it as Europe/Berlin.' })
  return known ?? z.NEVER
})

const line = (what: string) => z.string().trim().max(200, `The ${what} is longer than 200 letters. Shorten it.`)

const days = (what: string) =>
  z.int(`Give the ${what} in whole days.`).min(1, `The ${what} is at least 1 day, or empty.`).max(730, `The ${what} is at most 730 days.`)

const dimension = z.object({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, 'A short name has small letters, digits and _ only, and starts with a letter.'),
  name: z.string().trim().min(1, 'Write a name.').max(60),
  halfLifeDays: days('half-life').nullable().optional(),
  expiryDays: days('expiry').nullable().optional(),
  /** In hundredths of a point. */
  cap: z.int().min(1, 'The most that counts is above 0, or empty for no limit.').max(100_000_000).nullable().optional(),
})

const settings = z
  .object({
    name: z.string().trim().min(1, 'Write a name for the workspace.').max(100),
    zone,
    /** Name and address that mail comes from. */
    senderName: line('sender name'),
    senderAddress: z.union([z.literal(''), z.email('That is not an e-mail address. Write it as name@example.com.')]),
    /** In the footer of every marketing mail. */
    postalAddress: z.string().trim().max(500, 'The postal address is longer than 500 letters. Shorten it.'),
    dimensions: z.array(dimension).min(1).max(12),
  })
  .partial()

const member = z.object({
  userId: z.string().min(1).max(64),
  weight: z.number().int().min(1, 'A weight is at least 1.').max(100, 'A weight is at most 100.').default(1),
  cap: z.number().int().min(1, 'The most open leads is at least 1, or empty for no limit.').max(10_000).nullable().default(null),
  active: z.boolean().default(true),
  /** Own hours, zone and holidays; null: the team's. */
  calendarId: z.string().min(1).max(64).nullable().default(null),
  /** Own mails to leads in 24 hours, at most, in whichever team. Absent: stays. */
  mailsADay: z
    .number()
    .int()
    .min(0, 'Mails a day are at least 0.')
    .max(1000, 'A rep writes at most 1,000 mails a day. More of them are a flow.')
    .optional(),
})

const team = z.object({
  id: z.string().max(64).optional(),
  name: z.string().trim().min(1, 'Write a name for the team.').max(100),
  /** Its working hours; null: Monday to Friday from 9 to 17. Absent: stays. */
  calendarId: z.string().min(1).max(64).nullable().optional(),
  /** Who is told of breaches; null: every sales manager. Absent: stays. */
  managerId: z.string().min(1).max(64).nullable().optional(),
  /** An opportunity without activity for so many days is clawed back; null: never. Absent: stays. */
  quietDays: days('time without activity').nullable().optional(),
  /** Whose activity that is: of sales and the person, or of sales alone. Absent: stays. */
  quietBy: z.enum(['anybody', 'sales']).optional(),
  members: z
    .array(member)
    .max(500)
    .refine((list) => new Set(list.map((one) => one.userId)).size === list.length, 'Somebody is in this team twice. Remove one.'),
  /** Who gets the open leads of members who are taken out. */
  leaving: z
    .array(
      z.object({
        userId: z.string().min(1).max(64),
        to: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('team') }),
          z.object({ kind: z.literal('rep'), userId: z.string().min(1).max(64) }),
        ]),
      }),
    )
    .max(500)
    .default([]),
})

const admin = procedureFor('admin')
const lead = procedureFor('admin', 'sales_manager')

/** @throws BAD_REQUEST where a team would work by a calendar that is gone, or under somebody who manages nothing */
async function mustBeThere(tx: Sql, { calendarId, managerId, members }: z.output<typeof team>): Promise<void> {
  const known = new Set((await listCalendars(tx)).map((it) => it.id))
  const named = [calendarId, ...members.map((it) => it.calendarId)].filter((it) => it !== null && it !== undefined)
  if (named.some((it) => !known.has(it))) throw fail('BAD_REQUEST', 'A calendar was removed meanwhile. Reload the page and choose again.')
  if (managerId === null || managerId === undefined) return
  const manager = await userById(tx, managerId)
  if (!manager?.active || !['admin', 'sales_manager'].includes(manager.role))
    throw fail('BAD_REQUEST', 'A team is managed by an active sales manager or admin. Choose another person.')
}

/** What holds for the whole installation: its settings, and the teams that take leads. */
export const workspaceRouter = router({
  /** Without the secrets, which no page needs. */
  settings: procedureForAll.query(async ({ ctx }) => {
    const { linkSecrets: _, seed: __, ...shown } = await workspaceSettings(ctx.db)
    return { ...shown, dimensions: shown.dimensions.map(shownDimension) }
  }),

  change: admin.input(settings).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction(async (tx) => {
      const before = await workspaceSettings(tx)
      const ids = input.dimensions?.map((one) => one.id)
      const gone = before.dimensions.find((one) => ids && !ids.includes(one.id))
      if (gone) throw fail('CONFLICT', `${gone.name} stays: flows and points may use it. It can be renamed.`)
      if (ids && new Set(ids).size < ids.length) throw fail('BAD_REQUEST', 'Two scores have the same short name. Change one.')
      const { dimensions: edits, ...rest } = input
      const dimensions = edits?.map((edit) =>
        storedDimension(
          edit,
          before.dimensions.find((one) => one.id === edit.id),
        ),
      )
      const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
      await updateWorkspace(tx, { ...given, ...(dimensions ? { dimensions } : {}) })
      const at = ctx.clock.now()
      if (dimensions) await rescanScored(tx, { dimensions: remodelled(before.dimensions, dimensions), grade: false }, { by: ctx.user, at })
      const subject = { kind: 'workspace', id: '1' }
      const detail = { ...given, ...(dimensions ? { dimensions: dimensions.map(shownDimension) } : {}) }
      await appendAudit(tx, { at, actor: ctx.user, action: 'workspace.changed', subject, detail })
    })
    ctx.services.nudge()
  }),

  teams: procedureForAll.query(({ ctx }) => listTeams(ctx.db)),

  /** Makes a team, or replaces name and members of one. */
  saveTeam: lead.input(team).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    const id = await ctx.db.transaction(async (tx) => {
      const known = await activeUserIds(
        tx,
        input.members.map((one) => one.userId),
      )
      const before = (await listTeams(tx)).find((one) => one.id === input.id)
      const stayed = new Set(before?.members.map((one) => one.userId))
      if (input.members.some((one) => !known.has(one.userId) && !stayed.has(one.userId))) {
        throw fail('BAD_REQUEST', 'Somebody in this list is deactivated or unknown. Reload the page and choose again.')
      }
      await mustBeThere(tx, input)
      const { leaving, ...change } = input
      const left = before?.members.filter((one) => !input.members.some((it) => it.userId === one.userId)) ?? []
      const saved = await saveTeam(tx, { ...change, members: change.members.map(({ mailsADay: _, ...one }) => one), at })
      for (const { userId, mailsADay } of input.members) {
        if (mailsADay !== undefined) await limitRepMails(tx, userId, mailsADay)
      }
      // With the new members in place: a lead goes to one who stays.
      for (const { userId } of left) {
        const to = leaving.find((it) => it.userId === userId)?.to
        await handOn(tx, { userId, teamId: input.id ?? null, to, by: ctx.user, at })
      }
      if (saved === undefined) throw fail('NOT_FOUND', 'This team was removed meanwhile. Reload the page.')
      const action = input.id === undefined ? 'team.made' : 'team.changed'
      const detail = { name: input.name, members: input.members }
      await appendAudit(tx, { at, actor: ctx.user, action, subject: { kind: 'team', id: saved }, detail })
      return saved
    })
    ctx.services.nudge()
    return { id }
  }),

  removeTeam: lead.input(z.object({ id: z.string().min(1).max(64) })).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction(async (tx) => {
      const name = (await listTeams(tx)).find((it) => it.id === input.id)?.name ?? 'This team'
      await mustBeUnused(tx, { kind: 'team', id: input.id, name })
      const done = await removeTeam(tx, input.id)
      if (done === 'unknown') throw fail('NOT_FOUND', 'This team was removed meanwhile. Reload the page.')
      if (done === 'has-leads') throw fail('CONFLICT', 'Leads are still with this team. Answer or move them first.')
      const subject = { kind: 'team', id: input.id }
      await appendAudit(tx, { at: ctx.clock.now(), actor: ctx.user, action: 'team.removed', subject, detail: { name: done.name } })
    })
  }),
})
