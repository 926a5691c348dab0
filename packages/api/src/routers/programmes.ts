import { z } from 'zod'
import { bundleCatalog } from '../bundle/catalog.ts'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { currentCatalog } from '../flows/catalog.ts'
import { programmeAsFlow, programmeSteps } from '../programmes/bring.ts'
import { type Programme, programmes } from '../programmes/index.ts'
import { needsOf } from '../programmes/needs.ts'
import { procedureFor, router } from '../trpc.ts'

const author = procedureFor('admin', 'marketer')
const reader = procedureFor('admin', 'marketer', 'reviewer', 'sales_manager')

const id = z.string().min(1).max(64)
/** `team`: who gets the people that the programme hands over; null: to be chosen on the canvas. */
const wish = z.object({ id, team: id.nullable() })

async function wanted({ db }: SignedIn, { id: name, team }: z.infer<typeof wish>): Promise<Programme> {
  const programme = programmes().find((it) => it.id === name)
  if (!programme) throw fail('NOT_FOUND', 'This programme is not in the gallery any more. Choose another.')
  const { teams } = await currentCatalog(db)
  if (team !== null && !teams.some((it) => it.id === team)) throw fail('BAD_REQUEST', 'This team was removed. Choose another.')
  return programme
}

/** The gallery: programmes to begin with. */
export const programmesRouter = router({
  /** Every programme with its steps, the names of what they use, and what of that is here. */
  list: reader.query(async ({ ctx }) => {
    const catalog = await currentCatalog(ctx.db)
    return programmes().map((it) => ({
      id: it.id,
      name: it.name,
      purpose: it.purpose,
      when: it.when,
      graph: it.flow.graph,
      catalog: bundleCatalog(it.bundle),
      needs: needsOf(it, catalog),
      asksTeam: it.bundle.teams.length > 0,
    }))
  }),

  /** Makes a draft of a programme, with drafts of all it names. */
  use: author.input(wish).mutation(async ({ ctx, input }) => {
    const programme = await wanted(ctx, input)
    const { id: flowId, made } = await programmeAsFlow(ctx.db, programme, { team: input.team, at: ctx.clock.now(), by: ctx.user })
    ctx.services.nudge()
    return { id: flowId, name: programme.name, made }
  }),

  /** The same for a draft that is open: what the steps name is made, the steps go to the editor. */
  steps: author.input(wish).mutation(async ({ ctx, input }) => {
    const programme = await wanted(ctx, input)
    const { graph, made } = await programmeSteps(ctx.db, programme, { team: input.team, at: ctx.clock.now(), by: ctx.user })
    ctx.services.nudge()
    return { graph, name: programme.name, made }
  }),
})
