import { randomBytes } from 'node:crypto'
import { appendAudit, listSecrets, removeSecret, saveSecret, workspaceSettings } from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { procedureFor, router } from '../trpc.ts'

const admin = procedureFor('admin')

const name = z
  .string()
  .trim()
  .regex(/^[\w][\w.-]{0,63}$/, 'A name has letters, digits and _ . - in it, at most 64, e.g. "crm-hook".')
const value = z.string().min(8, 'A secret has at least 8 characters.').max(4000)

/** Values that steps use by name. What they hold comes in here and never goes out again. */
export const secretsRouter = router({
  list: admin.query(({ ctx }) => listSecrets(ctx.db)),

  /** Keeps a value under a name; one that is there is replaced, and every step that names it uses the new one. */
  save: admin.input(z.object({ name, value })).mutation(async ({ ctx, input }) => {
    await keep(ctx, input.name, input.value)
  }),

  /** Makes a value that signs calls (Standard Webhooks). It is in this answer and nowhere else, ever again. */
  make: admin.input(z.object({ name })).mutation(async ({ ctx, input }) => {
    const known = await listSecrets(ctx.db)
    if (known.some((it) => it.name === input.name)) throw fail('CONFLICT', 'There is a secret of this name. Choose another name.')
    const made = `whsec_${randomBytes(32).toString('base64')}`
    await keep(ctx, input.name, made)
    return { value: made }
  }),

  remove: admin.input(z.object({ name })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      if (!(await removeSecret(tx, input.name))) throw fail('NOT_FOUND', 'There is no such secret any more. Reload the list.')
      await appendAudit(tx, { at, actor: ctx.user, action: 'secret.removed', subject: { kind: 'secret', id: input.name } })
    })
  }),
})

type Ctx = Parameters<Parameters<typeof admin.query>[0]>[0]['ctx']

async function keep(ctx: Ctx, name: string, value: string): Promise<void> {
  const at = ctx.clock.now()
  const { linkSecrets } = await workspaceSettings(ctx.db)
  const sealed = ctx.services.seal(linkSecrets, name, value)
  await ctx.db.transaction(async (tx) => {
    const fresh = await saveSecret(tx, { name, sealed, last4: value.slice(-4), by: ctx.user.id, at })
    const action = fresh ? 'secret.added' : 'secret.replaced'
    await appendAudit(tx, { at, actor: ctx.user, action, subject: { kind: 'secret', id: name } })
  })
}
