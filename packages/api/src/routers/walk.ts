import { contactProfile, flowById, scopeOf, templateById } from '@baton/db'
import { z } from 'zod'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { aroundOf, personFor } from '../flows/walk.ts'
import { procedureFor, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'reviewer', 'sales_manager')

const flowId = z.string().min(1).max(64)
const contactId = z.int().positive()
const value = z.union([z.string().max(4000), z.number(), z.boolean(), z.array(z.string().max(200)).max(200)]).nullable()

async function mustHaveFlow(ctx: SignedIn, id: string) {
  const flow = await flowById(ctx.db, id)
  if (!flow) throw fail('NOT_FOUND', 'This flow is not there any more. Go back to the list.')
  return flow
}

async function mustSee(ctx: SignedIn, id: number) {
  const person = await contactProfile(ctx.db, { id, scope: scopeOf(ctx.user) })
  if (!person) throw fail('NOT_FOUND', 'There is no such contact. Choose another.')
  return person
}

/** What a walk in the browser needs from here. All of it is read; nothing is written, nothing goes out. */
export const walkRouter = router({
  /** What the saved draft is walked in beside itself: segments with their conditions, the flows inside it. */
  around: reader.input(z.object({ flowId })).query(async ({ ctx, input }) => aroundOf(ctx, (await mustHaveFlow(ctx, input.flowId)).draft)),

  /** What of one contact the saved draft reads, and no more; as if they had never been in this flow. */
  person: reader.input(z.object({ flowId, contactId })).query(async ({ ctx, input }) => {
    const flow = await mustHaveFlow(ctx, input.flowId)
    await mustSee(ctx, input.contactId)
    return personFor(ctx, flow, input.contactId)
  }),

  /** A mail as it would be made at that moment: for a contact with what the walk changed of them, or for somebody made up. */
  mail: reader
    .input(
      z.object({
        templateId: z.string().min(1).max(64),
        contactId: contactId.nullable(),
        at: z.number().int().min(0).max(8.64e15),
        fields: z.record(z.string().min(1).max(64), value),
        carried: z.record(z.string().min(1).max(64), z.union([z.string().max(500), z.number(), z.boolean()])).default({}),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { templateId, at, fields, carried } = input
      if (input.contactId !== null) await mustSee(ctx, input.contactId)
      const text = await templateById(ctx.db, templateId)
      if (!text) throw fail('NOT_FOUND', 'This message was removed. The step that sends it needs another.')
      const { subject, preheader, body, text: plain, purpose } = text
      return ctx.services.mail.preview({ subject, preheader, body, text: plain, purpose }, input.contactId, { at, fields, carried })
    }),
})
