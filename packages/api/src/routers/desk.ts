import { deskCounts, mailsToStartFrom, repSettings, repTimes, saveRepSettings, scopeOf, teamsOf, templateById } from '@baton/db'
import { DAY } from '@baton/leads'
import { z } from 'zod'
import type { SignedIn } from '../context.ts'
import { leadShown, mustSee } from '../desk/lead.ts'
import { deedProcedures, id, mailAddress, seller } from '../desk/procedures.ts'
import { deskRows } from '../desk/rows.ts'
import { fail } from '../errors.ts'
import { router } from '../trpc.ts'

const countsOf = async (ctx: SignedIn, repId?: string) => {
  const counts = await deskCounts(ctx.db, { scope: scopeOf(ctx.user), repId, now: ctx.clock.now() })
  const { assigned = 0, accepted = 0, sleeping = 0, rejected = 0, routing = 0, queued = 0, won = 0, lost = 0 } = counts
  const back = rejected + lost + (counts['no-response'] ?? 0)
  return { waiting: assigned, working: accepted, sleeping, back, won, queue: routing + queued }
}

const ON_TIME_DAYS = 30

/** The foot of a mail and its place in the layout are no part of what a rep begins from. */
const withoutFoot = (text: string) => (text.split(/\n-- ?\n/)[0] ?? '').trim()

/** Leads handed to sales. A rep sees and answers the own ones, managers all: the scope is an argument of every query. */
export const deskRouter = router({
  /** Open leads, and those of the last 30 days that are over. `repId` narrows what a manager sees. */
  list: seller.input(z.object({ repId: z.string().min(1).max(64).optional() })).query(async ({ ctx, input }) => ({
    leads: await deskRows(ctx.db, { scope: scopeOf(ctx.user), repId: input.repId, now: ctx.clock.now() }),
    counts: await countsOf(ctx, input.repId),
  })),

  /** For the rail. */
  counts: seller.query(({ ctx }) => countsOf(ctx)),

  /** Of the leads with a service level in the last 30 days, how many were met in time: by this person, and by the team. */
  onTime: seller.query(async ({ ctx }) => {
    const to = ctx.clock.now()
    const span = { from: to - ON_TIME_DAYS * DAY, to }
    const teams = await teamsOf(ctx.db, ctx.user.id)
    const own = (await repTimes(ctx.db, { teamId: null, ...span })).find((one) => one.repId === ctx.user.id)
    const all = await repTimes(ctx.db, { teamId: teams.length === 1 ? (teams[0] ?? null) : null, ...span })
    const team = all.reduce((sum, one) => ({ decided: sum.decided + one.decided, onTime: sum.onTime + one.onTime }), {
      decided: 0,
      onTime: 0,
    })
    return { own: own ? { decided: own.decided, onTime: own.onTime } : { decided: 0, onTime: 0 }, team }
  }),

  /** A lead with the person behind it; `contact` is null for a rep once the hand-off is over. */
  lead: seller.input(z.object({ id })).query(({ ctx, input }) => leadShown(ctx, input.id)),

  /** Mails of the workspace that a rep may begin from. */
  templates: seller.query(({ ctx }) => mailsToStartFrom(ctx.db)),

  /** A mail of the workspace, filled for the person of a lead, as plain text to go on writing. */
  fill: seller.input(z.object({ id, templateId: z.string().min(1).max(64) })).query(async ({ ctx, input }) => {
    const lead = await mustSee(ctx, input.id)
    const template = await templateById(ctx.db, input.templateId)
    if (!template) throw fail('NOT_FOUND', 'There is no such mail any more. Choose another.')
    const { subject, preheader, body, text, purpose } = template
    const { mail } = await ctx.services.mail.preview({ subject, preheader, body, text, purpose }, lead.contactId)
    if (!mail) throw fail('CONFLICT', 'This mail has mistakes. Ask marketing to correct them, or choose another.')
    return { subject: mail.subject, body: withoutFoot(mail.text) }
  }),

  /** How this person wants to be told of leads, and how their mail to leads looks. */
  settings: seller.query(async ({ ctx }) => ({ ...(await repSettings(ctx.db, ctx.user.id)), email: ctx.user.email, name: ctx.user.name })),

  saveSettings: seller
    .input(
      z.object({
        notify: z.enum(['at-once', 'hourly', 'daily']),
        fromName: z.string().trim().max(100, 'The name is longer than 100 letters. Shorten it.'),
        replyTo: z.union([z.literal(''), mailAddress]),
        signature: z.string().max(2000, 'The signature is longer than 2,000 letters. Shorten it.'),
      }),
    )
    .mutation(({ ctx, input: { notify, fromName, replyTo, signature } }) =>
      saveRepSettings(
        ctx.db,
        ctx.user.id,
        { notify, fromName: fromName || null, replyTo: replyTo || null, signature: signature.trim() },
        ctx.clock.now(),
      ),
    ),

  ...deedProcedures,
})
