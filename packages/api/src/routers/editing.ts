import { z } from 'zod'
import type { SignedIn } from '../context.ts'
import { editing, lookAtEditing } from '../flows/editing.ts'
import type { LockDeed } from '../flows/lock.ts'
import { procedureFor, router } from '../trpc.ts'

const author = procedureFor('admin', 'marketer')
const reader = procedureFor('admin', 'marketer', 'reviewer', 'sales_manager')

/** `tab`: made by the page at random. `rev`: the revision of the draft that it shows; null where it has none yet. */
const seen = z.object({ flowId: z.string().min(1).max(64), tab: z.string().min(8).max(64), rev: z.number().int().min(0).nullable() })

const does = (ctx: SignedIn, input: z.infer<typeof seen>, deed: LockDeed) =>
  editing({ db: ctx.db, user: ctx.user, now: ctx.clock.now() }, input, deed)

/**
 * One page draws a flow at a time, the others read along. Each call answers who draws, who wants to, and the draft where it is newer than
 * the page's.
 */
export const editingRouter = router({
  /** For those who only read. */
  look: reader.input(seen).query(({ ctx, input }) => lookAtEditing({ db: ctx.db, user: ctx.user, now: ctx.clock.now() }, input)),

  /** The page opens: it draws where nobody else does. `instead`: the id that it had before it was loaded anew. */
  enter: author
    .input(seen.extend({ instead: z.string().max(64).optional() }))
    .mutation(({ ctx, input }) => does(ctx, input, { do: 'enter', instead: input.instead })),

  /** The page is still there. Said every few seconds; whoever waits for the place gets it by this. */
  beat: author.input(seen).mutation(({ ctx, input }) => does(ctx, input, { do: 'beat' })),

  /** Asks whoever draws for the place. */
  ask: author.input(seen).mutation(({ ctx, input }) => does(ctx, input, { do: 'ask' })),

  /** Takes the place, after a moment for the other to save. It is noted in the audit log. */
  take: author.input(seen).mutation(({ ctx, input }) => does(ctx, input, { do: 'take' })),

  /** Whoever draws gives the place to whoever wants it, or goes on. */
  answer: author.input(seen.extend({ yes: z.boolean() })).mutation(({ ctx, input }) => does(ctx, input, { do: 'answer', yes: input.yes })),

  /** The page closes, or does not want the place any more. */
  leave: author.input(seen).mutation(({ ctx, input }) => does(ctx, input, { do: 'leave' })),
})
