import {
  createIds,
  type DealTold,
  dropLeadDraft,
  lockRepMails,
  logHandoff,
  newId,
  queueRepMail,
  repMailKey,
  saveLeadDraft,
} from '@baton/db'
import { MARKETING_TOPIC } from '@baton/engine'
import { LOSS_REASONS, NEEDS_NOTE, reasonsWith } from '@baton/leads'
import { z } from 'zod'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { procedureFor } from '../trpc.ts'
import { perform, tellDeal } from './deeds.ts'
import { mustSee } from './lead.ts'
import { mayWrite, refusalOf } from './mail.ts'
import { nextSteps } from './next-step.ts'

export const seller = procedureFor('admin', 'sales_manager', 'sales_rep')

export const id = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
export const mailAddress = z.email('Write an e-mail address, such as name@example.com.').max(254)

/** `rev` is the revision that was on the screen. */
const seen = z.object({ id, rev: z.number().int().min(0) })
const note = z.string().trim().max(2000, 'The note is longer than 2,000 letters. Shorten it.').default('')
const subject = z.string().trim().max(300, 'The subject is longer than 300 letters. Shorten it.')
const body = z.string().max(20_000, 'The mail is longer than 20,000 letters. Shorten it.')

const noteOf = (text: string) => (text === '' ? null : text)

const deal = z.object({
  name: z.string().trim().min(1, 'Name the opportunity.').max(200, 'The name is longer than 200 letters. Shorten it.'),
  stage: z.string().trim().min(1, 'Choose a stage.').max(60),
  amount: z.number('Write the amount as a number.').min(0, 'An amount is not below 0.').max(1e12).nullable(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'Write a currency by its three letters, such as EUR.')
    .nullable(),
  closeOn: z.iso.date('Write the day as 2026-03-31.').nullable(),
}) satisfies z.ZodType<DealTold>

const needsNote = <T extends { note: string }>(why: (input: T) => string) => ({
  check: (input: T) => why(input) !== NEEDS_NOTE || input.note !== '',
  say: { path: ['note'], message: 'Say why in a sentence.' },
})

const reject = seen.extend({ reason: z.string().min(1, 'Choose a reason.').max(200), note, disqualify: z.boolean().default(false) })
const rejectNote = needsNote<z.infer<typeof reject>>(({ reason }) => reason)
const lost = seen.extend({ reason: z.enum(LOSS_REASONS, { error: 'Choose a reason.' }), note, deal: deal.nullable() })
const lostNote = needsNote<z.infer<typeof lost>>(({ reason }) => reason)

const DAY = 86_400_000
/** A meeting is agreed on for the next year at the latest, or is being logged within the month after it. */
const MEETING = { before: 31 * DAY, after: 366 * DAY }

async function write(ctx: SignedIn, input: { id: number; rev: number; subject: string; body: string }) {
  const lead = await mustSee(ctx, input.id)
  const now = ctx.clock.now()
  const key = repMailKey(input)
  const { verdict, opensAt, from, replyTo } = await mayWrite(ctx, ctx.db, lead.contactId)
  // Quiet hours put a mail off; whatever else shuts the gate refuses it.
  const at = verdict === 'quiet' ? (opensAt ?? now) : now
  const mail = { kind: 'mail', key, subject: input.subject, body: input.body.trim(), from, replyTo } as const
  const done = await perform(ctx, input, mail, async (tx) => {
    await lockRepMails(tx, ctx.user.id)
    // Asked with the lock held, this mail in the log already: two at once, or one from a flow meanwhile, do not slip past a limit.
    const refusal = refusalOf(await mayWrite(ctx, tx, lead.contactId, 1), lead.name)
    if (refusal !== null) throw fail('CONFLICT', refusal)
    await queueRepMail(tx, createIds(tx), { contactId: lead.contactId, key, topic: MARKETING_TOPIC, at })
    await dropLeadDraft(tx, lead.id)
  })
  ctx.services.mail.deliver()
  return { ...done, at: at > now ? at : null }
}

/** A reason is one of ours, or one that the flow names. */
async function rejectDeed(ctx: SignedIn, { id: leadId, reason, note: told, disqualify }: z.infer<typeof reject>) {
  const lead = await mustSee(ctx, leadId)
  const { ways } = await nextSteps(ctx.db, lead)
  if (!reasonsWith(ways).includes(reason)) throw fail('BAD_REQUEST', 'Choose one of the reasons.')
  return { kind: 'reject', why: reason, note: noteOf(told), disqualify } as const
}

/** What is done with a lead. Each names the revision that was on the screen; the slower of two hears who was faster. */
export const deedProcedures = {
  accept: seller.input(seen).mutation(({ ctx, input }) => perform(ctx, input, { kind: 'accept' })),

  reject: seller
    .input(reject.refine(rejectNote.check, rejectNote.say))
    .mutation(async ({ ctx, input }) => perform(ctx, input, await rejectDeed(ctx, input))),

  /** A call: whoever was reached stops the clock, a voicemail does not. */
  logCall: seller
    .input(seen.extend({ how: z.enum(['connected', 'voicemail', 'no-answer', 'wrong-number']), note }))
    .mutation(({ ctx, input: { how, note: told, ...at } }) => perform(ctx, at, { kind: 'call', how, note: noteOf(told) })),

  meeting: seller.input(seen.extend({ startsAt: z.number().int(), note })).mutation(({ ctx, input: { startsAt, note: told, ...at } }) => {
    const now = ctx.clock.now()
    if (startsAt < now - MEETING.before || startsAt > now + MEETING.after)
      throw fail('BAD_REQUEST', 'Choose a day within the next year, or within the last month for a meeting that was held.')
    return perform(ctx, at, { kind: 'meeting', startsAt, note: noteOf(told) })
  }),

  /** Sends a mail through the gate, from the rep's own address. `at`: when it goes, where quiet hours put it off. */
  write: seller
    .input(
      seen.extend({ subject: subject.min(1, 'Write a subject.'), body: body.refine((text) => text.trim() !== '', 'Write something.') }),
    )
    .mutation(({ ctx, input }) => write(ctx, input)),

  /** Keeps what is written so far: a lead is not taken away in the middle of a sentence. An empty one is dropped. */
  draft: seller.input(z.object({ id, subject, body })).mutation(async ({ ctx, input }) => {
    const lead = await mustSee(ctx, input.id)
    await ctx.db.transaction((tx) =>
      input.subject === '' && input.body.trim() === ''
        ? dropLeadDraft(tx, lead.id)
        : saveLeadDraft(tx, {
            ...{ handoffId: lead.id, userId: ctx.user.id, own: lead.repId === ctx.user.id },
            ...{ subject: input.subject, body: input.body, at: ctx.clock.now() },
          }),
    )
  }),

  /** Makes an accepted lead an opportunity, owned by its rep. */
  convert: seller.input(seen.extend({ deal })).mutation(({ ctx, input: { deal: told, ...at } }) => {
    const made = newId('opp')
    return perform(
      ctx,
      at,
      (lead) => {
        if (lead.opportunityId !== null) throw fail('CONFLICT', 'This lead is an opportunity already. Look again.')
        return { kind: 'convert', id: made, deal: told }
      },
      tellDeal(ctx, made, told),
    )
  }),

  /** Changes stage, amount or day of the deal; backwards is normal. */
  deal: seller.input(seen.extend({ deal })).mutation(({ ctx, input: { deal: told, ...at } }) =>
    perform(
      ctx,
      at,
      (lead) => {
        if (lead.opportunityId === null) throw fail('CONFLICT', 'This lead is no opportunity yet. Convert it first.')
        return { kind: 'deal', deal: told }
      },
      tellDeal(ctx, null, told),
    ),
  ),

  won: seller
    .input(seen.extend({ deal: deal.nullable() }))
    .mutation(({ ctx, input: { deal: told, ...at } }) => perform(ctx, at, { kind: 'won', deal: told }, tellDeal(ctx, null, told, true))),

  lost: seller
    .input(lost.refine(lostNote.check, lostNote.say))
    .mutation(({ ctx, input: { deal: told, reason, note: why, ...at } }) =>
      perform(ctx, at, { kind: 'lost', deal: told, why: reason, note: noteOf(why) }, tellDeal(ctx, null, told, false)),
    ),

  /** Back to the team: the next rep gets it. */
  giveBack: seller
    .input(seen.extend({ note }))
    .mutation(({ ctx, input: { note: told, ...at } }) => perform(ctx, at, { kind: 'give-back', note: noteOf(told) })),

  /** A note for the rep and for marketing. Changes nothing of the lead, so it needs no revision. */
  note: seller
    .input(
      z.object({ id, note: z.string().trim().min(1, 'Write something.').max(2000, 'The note is longer than 2,000 letters. Shorten it.') }),
    )
    .mutation(async ({ ctx, input }) => {
      const lead = await mustSee(ctx, input.id)
      const by = { id: ctx.user.id, name: ctx.user.name }
      const data = { note: input.note, repId: lead.repId, repName: lead.repName }
      const line = { handoffId: lead.id, contactId: lead.contactId, at: ctx.clock.now(), kind: 'note' as const, by, data }
      await ctx.db.transaction((tx) => logHandoff(tx, [line]))
    }),
}
