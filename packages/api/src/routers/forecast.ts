import { contactProfile, flowById, scopeOf } from '@baton/db'
import { z } from 'zod'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { basisOf } from '../forecast/basis.ts'
import { openPast } from '../forecast/past.ts'
import { idAt, openSample } from '../forecast/sample.ts'
import { procedureFor, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'reviewer', 'sales_manager')

const DAY = 86_400_000

const flowId = z.string().min(1).max(64)
const seed = z.string().max(64)
const bucketPlace = z.object({ place: z.int().min(0).max(1024), within: z.int().min(0).max(10_000_000) })
const portion = z.object({
  ...{ flowId, seed },
  skip: z.int().min(0).max(1_000_000),
  at: bucketPlace.optional(),
  limit: z.int().min(1).max(2000),
})
const instant = z.int().min(0).max(8.64e15)

async function mustHaveFlow(ctx: SignedIn, id: string) {
  const flow = await flowById(ctx.db, id)
  if (!flow) throw fail('NOT_FOUND', 'This flow is not there any more. Go back to the list.')
  return flow
}

/** What a forecast or a back-test in the browser needs from here. All of it is read; nothing is written, nothing goes out. */
export const forecastRouter = router({
  /** How people and sales behaved here of late, what other flows do meanwhile, who takes leads, and how many people there are. */
  basis: reader
    .input(z.object({ flowId }))
    .query(async ({ ctx, input }) => basisOf(ctx.db, (await mustHaveFlow(ctx, input.flowId)).id, ctx.clock.now())),

  /** A portion of a sample of contacts, without who they are: what of each the saved draft reads. */
  sample: reader.input(portion).query(async ({ ctx, input: { flowId: id, ...of } }) => {
    const sample = await openSample(ctx.db, await mustHaveFlow(ctx, id), ctx.clock.now())
    return sample.portion(of)
  }),

  /** What the saved draft is held against in a back-test: the live version, the segments that either names, and where the past ends. */
  beside: reader.input(z.object({ flowId })).query(async ({ ctx, input }) => {
    const { live, liveVersion, segments, scoring } = await openPast(ctx.db, await mustHaveFlow(ctx, input.flowId), ctx.clock.now())
    return { live, liveVersion, segments, scoring, now: ctx.clock.now() }
  }),

  /** A portion of what was recorded of contacts in a window of the past, without who they are: what of each either version reads. */
  recorded: reader
    .input(portion.extend({ from: instant, days: z.int().min(1).max(366) }))
    .query(async ({ ctx, input: { flowId: id, from, days, ...of } }) => {
      const until = from + days * DAY
      if (until > ctx.clock.now()) throw fail('BAD_REQUEST', 'A back-test ends in the past. Choose an earlier window.')
      const past = await openPast(ctx.db, await mustHaveFlow(ctx, id), ctx.clock.now())
      return past.portion(of, { from, until })
    }),

  /** Who somebody of a sample is: for whom a difference makes curious, one at a time. */
  who: reader.input(z.object({ seed, place: z.int().min(0).max(1_000_000) })).query(async ({ ctx, input }) => {
    const id = await idAt(ctx.db, input)
    const person = id === undefined ? undefined : await contactProfile(ctx.db, { id, scope: scopeOf(ctx.user) })
    if (!person) throw fail('NOT_FOUND', 'This contact is not there any more.')
    return { id: person.id, key: person.key }
  }),
})
