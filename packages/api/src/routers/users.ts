import { appendAudit, changeUser, listUsers, openInvitations, revokeInvitation, userById, workspaceSettings } from '@baton/db'
import { z } from 'zod'
import { handOn } from '../board/move.ts'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import type { LetterResult } from '../mail.ts'
import { role } from '../roles.ts'
import { procedureFor, procedureForAll, router } from '../trpc.ts'
import { loginAddress } from './session.ts'

const admin = procedureFor('admin')
const id = z.string().min(1).max(64)
/** Who gets the open leads of somebody who is deactivated. */
const leads = z
  .discriminatedUnion('kind', [z.object({ kind: z.literal('team') }), z.object({ kind: z.literal('rep'), userId: id })])
  .optional()

async function mailInvitation({ db, services, user }: SignedIn, email: string, url: string): Promise<LetterResult> {
  const { name } = await workspaceSettings(db)
  const text = [
    `${user.name} invites you to ${name} on Baton.`,
    `Open this link to choose a password and sign in. It works once, within seven days: ${url}`,
    'If you do not know what this is about, you need not do anything.',
  ].join('\n\n')
  return services.mail.letter({ to: { email, name: '' }, subject: `${user.name} invites you to ${name}`, text })
}

/** The people of the workspace: who they are, what they may do, how they come in. */
export const usersRouter = router({
  /** Names for pickers and bylines; nothing else about anybody. */
  names: procedureForAll.query(async ({ ctx }) => {
    const users = await listUsers(ctx.db)
    return users.map(({ id, name, role, active }) => ({ id, name, role, active }))
  }),

  list: admin.query(async ({ ctx }) => ({
    users: await listUsers(ctx.db),
    invitations: await openInvitations(ctx.db, ctx.clock.now()),
  })),

  /** The link of the invitation is mailed where there is a mail server; it is shown once all the same, for whoever invites to pass on. */
  invite: admin.input(z.object({ email: loginAddress, role })).mutation(async ({ ctx, input }) => {
    try {
      const link = await ctx.services.accounts.invite({ ...input, by: ctx.user })
      return { ...link, mailed: await mailInvitation(ctx, input.email, link.url) }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw fail('CONFLICT', 'Somebody has an account with this address already. Change their role instead, or reactivate them.', error)
    }
  }),

  withdrawInvitation: admin.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const now = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      const email = await revokeInvitation(tx, { id: input.id, now })
      if (email === undefined) throw fail('NOT_FOUND', 'This invitation was accepted or withdrawn meanwhile. Reload the list.')
      await appendAudit(tx, {
        at: now,
        actor: ctx.user,
        action: 'user.invitation-withdrawn',
        subject: { kind: 'invitation', id: input.id },
      })
    })
  }),

  /**
   * Changes the role, or deactivates and reactivates. A deactivated person is signed out everywhere at once; `leads` says who gets the open
   * leads.
   */
  change: admin.input(z.object({ id, role: role.optional(), active: z.boolean().optional(), leads })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    const { leads: to, ...change } = input
    const changed = await ctx.db.transaction(async (tx) => {
      const done = await changeUser(tx, { ...change, at })
      if (done === 'unknown') throw fail('NOT_FOUND', 'There is no such person any more. Reload the list.')
      if (done === 'last-admin') throw fail('CONFLICT', 'This is the last admin. Make somebody else an admin first.')
      const { before, after } = done
      const subject = { kind: 'user', id: input.id }
      if (before.role !== after.role) {
        const detail = { from: before.role, to: after.role }
        await appendAudit(tx, { at, actor: ctx.user, action: 'user.role-changed', subject, detail })
      }
      if (before.active !== after.active) {
        const action = after.active ? 'user.reactivated' : 'user.deactivated'
        await appendAudit(tx, { at, actor: ctx.user, action, subject })
        if (!after.active) await handOn(tx, { userId: input.id, teamId: null, to, by: ctx.user, at })
      }
      return after
    })
    ctx.services.nudge()
    return changed
  }),

  /** A link for somebody who forgot the password; good for 15 minutes, shown once. */
  resetLink: admin.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const user = await userById(ctx.db, input.id)
    if (!user) throw fail('NOT_FOUND', 'There is no such person any more. Reload the list.')
    if (!user.active) throw fail('CONFLICT', `${user.name} is deactivated. Reactivate the account first.`)
    return ctx.services.accounts.resetLink(user.id, ctx.user)
  }),
})
