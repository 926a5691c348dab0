import { markRead, notificationsOf, unreadCount } from '@baton/db'
import { z } from 'zod'
import { procedureForAll, router } from '../trpc.ts'

const id = z.string().min(1).max(1000)
const PAGE = 30

/** What steps tell users. Everybody sees their own. */
export const notificationsRouter = router({
  /** How many are new, at most a hundred. */
  unread: procedureForAll.query(({ ctx }) => unreadCount(ctx.db, ctx.user.id)),

  list: procedureForAll.input(z.object({ cursor: z.object({ at: z.number(), id }).nullish() })).query(async ({ ctx, input }) => {
    const rows = await notificationsOf(ctx.db, ctx.user.id, { before: input.cursor ?? null, limit: PAGE })
    const last = rows.at(-1)
    return { rows, next: rows.length === PAGE && last ? { at: last.at, id: last.id } : null }
  }),

  /** Marks one as read, or all up to an instant. */
  read: procedureForAll.input(z.union([z.object({ id }), z.object({ upTo: z.number() })])).mutation(async ({ ctx, input }) => {
    await markRead(ctx.db, ctx.user.id, 'id' in input ? { ids: [input.id] } : input, ctx.clock.now())
  }),
})
