import { cancelSimulation, flowById, runningSimulation, simulationById } from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { evidenceFor } from '../simulations/evidence.ts'
import { backtestIn, forecastIn } from '../simulations/figures.ts'
import { begin, isLeft } from '../simulations/make.ts'
import { backtestAsk, forecastAsk } from '../simulations/setting.ts'
import { procedureFor, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'reviewer', 'sales_manager')
const id = z.string().min(1).max(64)

const LEFT = 'The server that made it stopped. Make it again.'

/** Simulations that the server makes itself and keeps with a draft. Nothing is sent, nothing is called. */
export const simulationsRouter = router({
  /** Begins one of the saved draft. `rev`: the draft that was looked at. It goes on in the background. */
  begin: reader
    .input(z.object({ flowId: id, rev: z.int().min(0), ask: z.discriminatedUnion('kind', [forecastAsk, backtestAsk]) }))
    .mutation(async ({ ctx, input }) => ({ id: await begin(ctx, input, ctx.user) })),

  /** How far one is, and its figures once it is made. */
  one: reader.input(z.object({ id })).query(async ({ ctx, input }) => {
    const found = await simulationById(ctx.db, input.id)
    if (!found) throw fail('NOT_FOUND', 'This simulation is not kept any more. Make it again.')
    const { flowId, kind, progress } = found
    const left = isLeft(found)
    const [status, error] = left ? (['failed', LEFT] as const) : ([found.status, found.error] as const)
    return { flowId, kind, status, progress, error, forecast: forecastIn(found), backtest: backtestIn(found) }
  }),

  /** The one that belongs to the draft or was of an earlier one, and whether one is being made; each null where there is none. */
  ofDraft: reader.input(z.object({ flowId: id })).query(async ({ ctx, input }) => {
    const flow = await flowById(ctx.db, input.flowId)
    if (!flow) throw fail('NOT_FOUND', 'This flow is not there any more. Go back to the list.')
    const running = await runningSimulation(ctx.db, flow.id)
    return {
      kept: await evidenceFor(ctx.db, flow),
      running: running && !isLeft(running) ? { id: running.id, kind: running.kind, byName: running.byName } : null,
    }
  }),

  /** Stops one that is being made. */
  cancel: reader.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    if (!(await cancelSimulation(ctx.db, input.id, ctx.clock.now()))) throw fail('CONFLICT', 'It is not being made any more.')
  }),
})
