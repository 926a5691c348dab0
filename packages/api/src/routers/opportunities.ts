import { contactProfile, listOpportunities, MOST_OPPORTUNITIES, opportunityStages, scopeOf } from '@baton/db'
import { DAY } from '@baton/leads'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { procedureFor, procedureForAll, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'sales_manager', 'reviewer')

const id = z.string().min(1).max(200)
const filter = z.object({
  state: z.enum(['open', 'won', 'lost', 'all']).default('open'),
  stage: z.string().max(200).optional(),
  ownerId: z.string().max(200).optional(),
  search: z.string().trim().max(200).default(''),
  /** Quiet is where nobody did anything for so many days. */
  quietDays: z.int().min(1).max(730).default(21),
  /** Only those that are quiet. */
  quiet: z.boolean().default(false),
})

/** Opportunities: what sales might win, whose it is, and where nothing moves. */
export const opportunitiesRouter = router({
  list: reader.input(filter).query(async ({ ctx, input }) => {
    const { quietDays, quiet, ...asked } = input
    const since = ctx.clock.now() - quietDays * DAY
    const all = await listOpportunities(ctx.db, { ...asked, search: asked.search === '' ? undefined : asked.search })
    const rows = all.map((row) => ({ ...row, quiet: row.won === null && row.activeAt < since }))
    const owners = new Map(all.flatMap(({ ownerId, ownerName }) => (ownerId === null ? [] : [[ownerId, ownerName ?? ownerId]])))
    const shown = quiet ? rows.filter((row) => row.quiet) : rows
    return {
      rows: shown,
      more: all.length === MOST_OPPORTUNITIES,
      stages: await opportunityStages(ctx.db),
      owners: [...owners].map(([ownerId, name]) => ({ id: ownerId, name })).sort((a, b) => a.name.localeCompare(b.name, 'en')),
      quiet: rows.filter((row) => row.quiet).length,
    }
  }),

  /** Those of the people of a company. */
  ofCompany: reader.input(z.object({ companyId: id })).query(({ ctx, input }) => listOpportunities(ctx.db, { state: 'all', ...input })),

  /** Those of one person. A rep sees them of whom he may see. */
  ofContact: procedureForAll.input(z.object({ contactId: z.int().positive() })).query(async ({ ctx, input }) => {
    const found = await contactProfile(ctx.db, { id: input.contactId, scope: scopeOf(ctx.user) })
    if (!found) throw fail('NOT_FOUND', 'There is no such contact, or it is not with you. Go back to the list.')
    return listOpportunities(ctx.db, { state: 'all', contactId: found.id })
  }),
})
