import { appendAudit, hasUsers, workspaceSettings } from '@baton/db'
import { z } from 'zod'
import { PASSWORD_MAX, PASSWORD_MIN } from '../auth.ts'
import { fail } from '../errors.ts'
import { openProcedure, procedureForAll, router } from '../trpc.ts'

const token = z.string().min(1).max(200)

/** A person's name, as others see it beside what they did. */
export const personName = z
  .string()
  .trim()
  .min(1, 'Write a name, as colleagues know it.')
  .max(100, 'That name is longer than 100 letters. Shorten it.')

/** An e-mail address that somebody signs in with; lower case from here on. */
export const loginAddress = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email('That is not an e-mail address. Write it as name@example.com.').max(254))

const password = z
  .string()
  .min(PASSWORD_MIN, `Use at least ${PASSWORD_MIN} characters; a few words in a row are good.`)
  .max(PASSWORD_MAX, `Use at most ${PASSWORD_MAX} characters.`)

const forgotText = (url: string) =>
  [
    'Somebody asked for a new password for your account on Baton.',
    `Open this link to choose one and sign in. It works once, within 15 minutes: ${url}`,
    'If it was not you, you need not do anything: your password stays as it is.',
  ].join('\n\n')

const deadLink = 'This link was used already, or is too old. Ask an admin for a new one.'

/** Who is here, and the pages behind sign-in links. Signing in with a password and out again is under /api/auth. */
export const sessionRouter = router({
  /** The signed-in person, or null; before sign-in the pages ask this to know which page to show. */
  me: openProcedure.query(async ({ ctx }) => {
    const { name, zone } = await workspaceSettings(ctx.db)
    const firstRun = ctx.user === null && !(await hasUsers(ctx.db))
    return { user: ctx.user, workspace: { name, zone }, firstRun }
  }),

  /** What a link is for; a mutation, so that its code never stands in an address. Uses nothing up. */
  link: openProcedure.input(z.object({ token })).mutation(async ({ ctx, input }) => {
    const page = await ctx.services.accounts.inspect(input.token)
    if (!page) throw fail('NOT_FOUND', deadLink)
    return page
  }),

  /**
   * Mails a link to whoever forgot the password. Answers alike whether or not anybody has the address, and before the mail has gone: neither
   * the answer nor its time tells who has an account.
   */
  forgot: openProcedure.input(z.object({ email: loginAddress })).mutation(async ({ ctx, input }) => {
    const { accounts, mail } = ctx.services
    const made = await accounts.forgot(input.email)
    if (made) {
      const { link, user } = made
      // Whoever asked is not told, so an admin is: in the audit log.
      const kept = (why: string) => {
        const about = { kind: 'user', id: user.id }
        return appendAudit(ctx.db, { at: ctx.clock.now(), actor: made.by, action: 'user.link-not-mailed', subject: about, detail: { why } })
      }
      const told = mail.letter({ to: user, subject: 'Choose a new password', text: forgotText(link.url) }).then(async (it) => {
        if (it.result !== 'sent') await kept(it.result === 'failed' ? it.why : 'There is no mail server.')
      })
      // Nobody waits for it, and a database that is away is told everywhere else.
      void told.catch(() => undefined)
    }
  }),

  changePassword: procedureForAll
    .input(z.object({ current: z.string().min(1, 'Write the password you have now.').max(PASSWORD_MAX), next: password }))
    .mutation(async ({ ctx, input }) => {
      const done = await ctx.services.accounts.changePassword({ id: ctx.user.id, name: ctx.user.name }, input, ctx.headers)
      if (done.ok) {
        for (const cookie of done.cookies) ctx.setCookie(cookie)
        return
      }
      if (done.why === 'too-often') throw fail('TOO_MANY_REQUESTS', 'Too many tries. Wait five minutes, then try again.')
      throw fail('BAD_REQUEST', 'That is not the password you have now. Passwords mind capitals.')
    }),

  /** Sends the form of the page behind a link: makes the user or sets the password, and signs in. */
  redeem: openProcedure
    .input(z.object({ token, name: personName.optional(), email: loginAddress.optional(), password }))
    .mutation(async ({ ctx, input }) => {
      const { accounts } = ctx.services
      const page = await accounts.inspect(input.token)
      if (!page) throw fail('NOT_FOUND', deadLink)
      if (page.kind !== 'reset' && input.name === undefined) throw fail('BAD_REQUEST', 'Write your name.')
      if (page.kind === 'first' && input.email === undefined) throw fail('BAD_REQUEST', 'Write your e-mail address.')
      const done = await accounts.redeem({ ...input, name: input.name ?? '', email: input.email ?? '' }, ctx.headers)
      if (!done.ok) {
        switch (done.why) {
          case 'dead-link':
            throw fail('NOT_FOUND', deadLink)
          case 'deactivated':
            throw fail('FORBIDDEN', 'This account is deactivated. Ask an admin.')
          case 'address-taken':
            throw fail('CONFLICT', 'Somebody has an account with this address already. Sign in with it.')
        }
      }
      for (const cookie of done.cookies) ctx.setCookie(cookie)
      return { userId: done.userId }
    }),
})
