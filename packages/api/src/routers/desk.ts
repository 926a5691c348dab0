import {
  answerHandoff,
  contactHistory,
  contactProfile,
  deskCounts,
  deskLead,
  deskLeads,
  type Lead,
  listFields,
  type Profile,
  scopeOf,
  workspaceSettings,
} from '@baton/db'
import { zoneOfCountry } from '@baton/leads'
import { z } from 'zod'
import type { SignedIn } from '../context.ts'
import { nextStep } from '../desk/next-step.ts'
import { NEEDS_NOTE, REJECT_REASONS } from '../desk/reasons.ts'
import { causeNames, shownScores } from '../desk/scores.ts'
import { timelineOf } from '../desk/timeline.ts'
import { fail } from '../errors.ts'
import { procedureFor, router } from '../trpc.ts'

const seller = procedureFor('admin', 'sales_manager', 'sales_rep')

const GONE = 'This lead is not yours, or not there any more. Go back to the list.'

const id = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
/** `rev` is the revision that was on the screen. */
const seen = z.object({ id, rev: z.number().int().min(0) })

const reject = seen
  .extend({
    reason: z.enum(REJECT_REASONS, { error: 'Choose a reason.' }),
    note: z.string().trim().max(2000, 'The note is longer than 2,000 letters. Shorten it.').default(''),
  })
  .refine(({ reason, note }) => reason !== NEEDS_NOTE || note !== '', { path: ['note'], message: 'Say why in a sentence.' })

const countsOf = async (ctx: SignedIn, repId?: string) => {
  const counts = await deskCounts(ctx.db, { scope: scopeOf(ctx.user), repId, now: ctx.clock.now() })
  const { assigned = 0, accepted = 0, rejected = 0, routing = 0, queued = 0 } = counts
  return { waiting: assigned, working: accepted, back: rejected, queue: routing + queued }
}

/** What a person may see of the contact: nothing once the hand-off is over, for a rep. */
async function contactOf(ctx: SignedIn, lead: Lead) {
  const scope = scopeOf(ctx.user)
  // A rep may have another open hand-off of the same person; this one's page is still over.
  if ('repId' in scope && lead.state !== 'assigned' && lead.state !== 'accepted') return null
  const profile = await contactProfile(ctx.db, { id: lead.contactId, scope })
  if (!profile) return null
  const history = await contactHistory(ctx.db, lead.contactId)
  const flows = new Map(history.passages.map((passage) => [passage.flowId, passage.flowName]))
  const { dimensions } = await workspaceSettings(ctx.db)
  return {
    ...card(profile),
    scores: shownScores(history.ledger, dimensions, await causeNames(ctx.db, history.ledger), ctx.clock.now()),
    happenings: timelineOf(history, flows, profile.createdAt),
  }
}

/** The fields that travelled with the lead, by the names the workspace gives them. */
async function packetFields(ctx: SignedIn, { packet }: Lead): Promise<{ label: string; value: unknown }[]> {
  const labels = new Map((await listFields(ctx.db)).map((field) => [field.key, field.label]))
  return Object.entries(packet.fields).map(([key, value]) => ({ label: labels.get(key) ?? key, value }))
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const card = ({ fields, consent, suppressed, zone, stage, ownerSide }: Profile) => ({
  ...{ email: textOf(fields.email), phone: textOf(fields.phone), jobTitle: textOf(fields.job_title), country: textOf(fields.country) },
  // Where it is there decides when to call: the country's clock will do when it has only one.
  ...{ zone: zone ?? zoneOfCountry(textOf(fields.country) ?? '') ?? null, stage, ownerSide },
  consent: consent.marketing === true,
  suppressed,
})

/** Answers, and says in words why not: somebody was faster, or it is not this person's. */
async function answer(
  ctx: SignedIn,
  input: { id: number; rev: number },
  what: { kind: 'accept' } | { kind: 'reject'; reason: string; note: string | null },
) {
  const rep = { id: ctx.user.id, name: ctx.user.name }
  const asManager = ctx.user.role !== 'sales_rep'
  const done = await ctx.db.transaction((tx) => answerHandoff(tx, { ...input, rep, asManager, answer: what, at: ctx.clock.now() }))
  if (!('refused' in done)) return ctx.services.nudge()
  if (done.refused !== 'changed') throw fail('NOT_FOUND', GONE)
  const now = await deskLead(ctx.db, { id: input.id, scope: scopeOf(ctx.user) })
  const who = now?.answeredBy === ctx.user.id ? 'you in another window' : (now?.answeredByName ?? 'somebody')
  switch (now?.state) {
    case 'accepted':
      throw fail('CONFLICT', `Accepted by ${who} meanwhile. Nothing was changed by you.`)
    case 'rejected':
      throw fail('CONFLICT', `Rejected by ${who} meanwhile. Nothing was changed by you.`)
    case 'assigned':
      throw fail('CONFLICT', `This lead was given to ${now.repName ?? 'somebody'} meanwhile. Look again before you answer.`)
    case 'routing':
    case 'queued':
    case 'overflow':
    case 'closed':
    case undefined:
      throw fail('CONFLICT', 'This lead was moved meanwhile. Look again before you answer.')
  }
}

/** Leads handed to sales. A rep sees and answers the own ones, managers all: the scope is an argument of every query. */
export const deskRouter = router({
  /** Open leads, and those of the last 30 days that went back. `repId` narrows what a manager sees. */
  list: seller.input(z.object({ repId: z.string().min(1).max(64).optional() })).query(async ({ ctx, input }) => ({
    leads: await deskLeads(ctx.db, { scope: scopeOf(ctx.user), repId: input.repId, now: ctx.clock.now() }),
    counts: await countsOf(ctx, input.repId),
  })),

  /** For the rail. */
  counts: seller.query(({ ctx }) => countsOf(ctx)),

  /** A lead with the person behind it; `contact` is null for a rep once the hand-off is over. */
  lead: seller.input(z.object({ id })).query(async ({ ctx, input }) => {
    const lead = await deskLead(ctx.db, { id: input.id, scope: scopeOf(ctx.user) })
    if (!lead) throw fail('NOT_FOUND', GONE)
    const { packet, flowId, version, node, ...shown } = lead
    const contact = await contactOf(ctx, lead)
    const at = { flowId, version, node }
    const open = lead.state === 'assigned'
    return {
      ...shown,
      note: packet.note,
      contact,
      packetFields: contact && (await packetFields(ctx, lead)),
      reasons: REJECT_REASONS,
      needsNote: NEEDS_NOTE,
      afterAccept: open ? await nextStep(ctx.db, { ...at, port: 'accepted' }) : null,
      afterReject: open ? await nextStep(ctx.db, { ...at, port: 'rejected' }) : null,
    }
  }),

  accept: seller.input(seen).mutation(({ ctx, input }) => answer(ctx, input, { kind: 'accept' })),

  reject: seller
    .input(reject)
    .mutation(({ ctx, input: { id, rev, reason, note } }) =>
      answer(ctx, { id, rev }, { kind: 'reject', reason, note: note === '' ? null : note }),
    ),
})
