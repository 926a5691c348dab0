import { appendAudit, flowById, flowComments, reviewOf, updateWorkspace, workspaceSettings } from '@baton/db'
import { collapseSubFlows, type FlowGraph } from '@baton/engine'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { answer, ask, comment, mustBeSimulated, resolve, reviewState, withdraw } from '../flows/review.ts'
import { procedureFor, router } from '../trpc.ts'

const author = procedureFor('admin', 'marketer')
const reader = procedureFor('admin', 'marketer', 'reviewer', 'sales_manager')
const admin = procedureFor('admin')

const id = z.string().min(1).max(64)
const flow = z.object({ flowId: id })
const note = z.string().trim().max(2000, 'A note has at most 2,000 letters. Shorten it.').default('')
const text = z.string().trim().min(1, 'Write something first.').max(2000, 'A comment has at most 2,000 letters. Shorten it.')

/** Drafts that others look at before they go live: asking, answering, talking about steps, and what the workspace wants. */
export const reviewsRouter = router({
  /** How the review of a draft stands. */
  state: reader.input(flow).query(({ ctx, input }) => reviewState(ctx.db, input.flowId, ctx.user)),

  /** The draft beside the live version, as both are drawn; live null before the first publish. */
  drawn: reader
    .input(flow)
    .query(async ({ ctx, input }): Promise<{ rev: number; draft: FlowGraph; live: FlowGraph | null; liveVersion: number | null }> => {
      const found = await flowById(ctx.db, input.flowId)
      if (!found) throw fail('NOT_FOUND', 'This flow is not there any more. Go back to the list.')
      const { draftRev: rev, draft, liveGraph, liveVersion } = found
      return { rev, draft, live: liveGraph && collapseSubFlows(liveGraph), liveVersion }
    }),

  /** Asks others to look at the draft as it is now; asking again asks anew. */
  ask: author
    .input(flow.extend({ note, reviewers: z.array(id).min(1, 'Choose who is to look at it.').max(50) }))
    .mutation(async ({ ctx, input }) => {
      await ctx.db.transaction((tx) => ask(tx, input, { user: ctx.user, now: ctx.clock.now() }))
    }),

  /** `rev`: the draft that was looked at. Nobody answers who changed it. */
  answer: reader
    .input(flow.extend({ rev: z.number().int().min(0), answer: z.enum(['approved', 'changes']), note }))
    .mutation(async ({ ctx, input }) => {
      const draft = input.answer === 'approved' ? await flowById(ctx.db, input.flowId) : undefined
      if (draft) await mustBeSimulated(ctx.db, draft)
      await ctx.db.transaction((tx) => answer(tx, input, { user: ctx.user, now: ctx.clock.now() }))
    }),

  withdraw: author.input(flow).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction((tx) => withdraw(tx, input.flowId, { user: ctx.user, now: ctx.clock.now() }))
  }),

  comments: reader.input(flow).query(({ ctx, input }) => flowComments(ctx.db, input.flowId)),

  /** Begins a thread at a step, or at the flow (node null); or answers in one. */
  comment: reader
    .input(
      flow.extend({ thread: id.nullable(), node: z.string().min(1).max(400).nullable(), text, mentions: z.array(id).max(20).default([]) }),
    )
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => comment(tx, input, { user: ctx.user, now: ctx.clock.now() }))),

  resolve: reader.input(flow.extend({ thread: id, resolved: z.boolean() })).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction((tx) => resolve(tx, input, { user: ctx.user, now: ctx.clock.now() }))
  }),

  /** What a draft needs before it goes live. */
  policy: reader.query(async ({ ctx }) => reviewOf(await workspaceSettings(ctx.db))),

  setPolicy: admin
    .input(
      z.object({
        approvals: z.number().int().min(0).max(10).nullable(),
        salesApproves: z.boolean(),
        simulation: z.boolean().default(false),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      await ctx.db.transaction(async (tx) => {
        await updateWorkspace(tx, { review: input })
        const subject = { kind: 'workspace', id: '1' }
        await appendAudit(tx, { at: ctx.clock.now(), actor: ctx.user, action: 'review.changed', subject, detail: { ...input } })
      })
    }),
})
