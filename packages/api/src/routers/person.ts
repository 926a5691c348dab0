import { appendAudit, contactProfile, erasePerson, exportPerson, personCounts } from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { procedureFor, router } from '../trpc.ts'

const admin = procedureFor('admin')
const id = z.int().positive()

const GONE = 'There is no such contact any more. Go back to the list.'

/** What the law asks for: everything that is kept of one person, and its erasure. Admins only; both leave a line in the audit log. */
export const personRouter = router({
  /** How much there is of them, before it is lost. */
  losses: admin.input(z.object({ id })).query(async ({ ctx, input }) => personCounts(ctx.db, input.id)),

  /** Everything, as one object. A mutation, since that it was taken out is noted. */
  takeOut: admin.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    const all = await exportPerson(ctx.db, input.id, at)
    if (!all) throw fail('NOT_FOUND', GONE)
    await appendAudit(ctx.db, { at, actor: ctx.user, action: 'contact.exported', subject: { kind: 'contact', id: String(input.id) } })
    return all
  }),

  /** @param confirm the address or id under which the person is shown: a deed that cannot be taken back names its object */
  erase: admin.input(z.object({ id, confirm: z.string().max(400) })).mutation(async ({ ctx, input }) => {
    const person = await contactProfile(ctx.db, { id: input.id, scope: { all: true } })
    if (!person) throw fail('NOT_FOUND', GONE)
    if (input.confirm.trim().toLowerCase() !== person.key.toLowerCase())
      throw fail('BAD_REQUEST', `Write ${person.key} to erase this person.`)
    const at = ctx.clock.now()
    const erased = await ctx.db.transaction(async (tx) => {
      const done = await erasePerson(tx, input.id, at)
      if (done) {
        const subject = { kind: 'contact', id: String(input.id) }
        await appendAudit(tx, { at, actor: ctx.user, action: 'contact.erased', subject, detail: { keptStopped: done.kept } })
      }
      return done
    })
    if (!erased) throw fail('NOT_FOUND', GONE)
    ctx.services.nudge()
    return erased
  }),
})
