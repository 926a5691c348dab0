import { usedBy } from '@baton/db'
import { z } from 'zod'
import { procedureFor, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'sales_manager', 'reviewer')

const kind = z.enum(['segment', 'field', 'template', 'team', 'dimension', 'calendar', 'topic', 'flow', 'form', 'agreement'])

/** Where a thing is used: asked before it is removed. */
export const usesRouter = router({
  of: reader.input(z.object({ kind, id: z.string().min(1).max(200) })).query(({ ctx, input }) => usedBy(ctx.db, input)),
})
