import { createHash, randomBytes } from 'node:crypto'
import { addKey, appendAudit, listKeys, revokeKey } from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { siteOrigin } from '../origin.ts'
import { procedureFor, router } from '../trpc.ts'

const admin = procedureFor('admin')

/** How a key is found again: by the hash of the whole text. It has 190 random bits, so that a plain hash is enough. */
export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex')

const fresh = z.object({
  name: z.string().trim().min(1, 'Write where this key is used, e.g. "Web site".').max(100),
  kind: z.enum(['browser', 'server']),
  origins: z.array(siteOrigin).max(50).default([]),
})

/** Keys of the clients that send events. */
export const keysRouter = router({
  list: admin.query(({ ctx }) => listKeys(ctx.db)),

  /** The key of a server is in this answer and nowhere else, ever again; a browser's stands in public pages, and in its snippet. */
  make: admin.input(fresh).mutation(async ({ ctx, input }) => {
    if (input.kind === 'server' && input.origins.length > 0) {
      throw fail('BAD_REQUEST', 'Only a browser key is bound to sites. Leave the list empty, or make a browser key.')
    }
    const key = `${input.kind === 'browser' ? 'bk' : 'sk'}_${randomBytes(24).toString('base64url')}`
    const at = ctx.clock.now()
    const id = await ctx.db.transaction(async (tx) => {
      const publicKey = input.kind === 'browser' ? key : null
      const made = { ...input, hash: hashKey(key), last4: key.slice(-4), publicKey, createdBy: ctx.user.id, createdAt: at }
      const keyId = await addKey(tx, made)
      const detail = { name: input.name, kind: input.kind, origins: input.origins }
      await appendAudit(tx, { at, actor: ctx.user, action: 'key.made', subject: { kind: 'key', id: keyId }, detail })
      return keyId
    })
    return { id, key }
  }),

  /** The key stops working at once and for ever. */
  revoke: admin.input(z.object({ id: z.string().min(1).max(64) })).mutation(async ({ ctx, input }) => {
    const now = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      const name = await revokeKey(tx, { keyId: input.id, now })
      if (name === undefined) throw fail('NOT_FOUND', 'This key does not work any more already. Reload the list.')
      await appendAudit(tx, { at: now, actor: ctx.user, action: 'key.revoked', subject: { kind: 'key', id: input.id }, detail: { name } })
    })
  }),
})
