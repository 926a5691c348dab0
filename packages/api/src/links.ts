import { createHash, randomBytes } from 'node:crypto'
import {
  addInvitation,
  addSignInLink,
  appendAudit,
  createUser,
  endSessions,
  findLink,
  type Handle,
  hasUsers,
  type LinkPurpose,
  type Sql,
  setPassword,
  sqlState,
  takeLink,
  type UserRow,
  userByEmail,
  userById,
} from '@baton/db'
import type { Accounts, Actor, LinkPage, Redemption, SignInLink } from './accounts.ts'
import type { Auth } from './auth.ts'
import type { Clock } from './context.ts'
import { createRateLimit } from './rate-limit.ts'

const MINUTE = 60_000
const SIGN_IN_FOR = 15 * MINUTE
const INVITED_FOR = 7 * 24 * 60 * MINUTE

/** So often may a link be asked for with one address, and a password be tried by somebody signed in: `window` in seconds. */
const FORGOT = { window: 15 * 60, max: 3 }
const TRIED = { window: 5 * 60, max: 10 }

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** Ends a transaction without an error of its own: what it did so far must not happen. */
class Refused extends Error {
  readonly why: 'dead-link' | 'address-taken' | 'deactivated'
  constructor(why: Refused['why']) {
    super(why)
    this.why = why
  }
}

async function act(tx: Sql, purpose: LinkPurpose, { name, email }: Redemption, passwordHash: string, at: number): Promise<UserRow> {
  if (purpose.kind === 'reset') {
    const user = await userById(tx, purpose.userId)
    if (!user?.active) throw new Refused('deactivated')
    await setPassword(tx, { userId: user.id, passwordHash, at })
    await endSessions(tx, user.id)
    return user
  }
  if (purpose.kind === 'first' && (await hasUsers(tx))) throw new Refused('dead-link')
  const fresh = purpose.kind === 'first' ? { email, role: 'admin' as const } : { email: purpose.email, role: purpose.role }
  return createUser(tx, { name, ...fresh, passwordHash, at })
}

/**
 * Links that sign in: made here, shown once, kept as hashes, used up in the same transaction as what they allow.
 * The code stands behind the # of the address, so that no server, proxy or log sees it when the page is opened; opening the page
 * uses nothing up (mail scanners open links), sending its form does.
 */
export function createAccounts({ db, clock, auth, baseUrl }: { db: Handle; clock: Clock; auth: Auth; baseUrl: string }): Accounts {
  function fresh(lifetime: number): { link: SignInLink; tokenHash: string; createdAt: number; expiresAt: number } {
    const token = randomBytes(32).toString('base64url')
    const createdAt = clock.now()
    const expiresAt = createdAt + lifetime
    return { link: { url: `${baseUrl}/link#${token}`, expiresAt }, tokenHash: hashOf(token), createdAt, expiresAt }
  }

  const asked = createRateLimit(clock.now)

  async function resetLink(userId: string, by: Actor): Promise<SignInLink> {
    const { link, ...stored } = fresh(SIGN_IN_FOR)
    await db.transaction(async (tx) => {
      await addSignInLink(tx, { ...stored, userId })
      await appendAudit(tx, { at: stored.createdAt, actor: by, action: 'user.link-made', subject: { kind: 'user', id: userId } })
    })
    return link
  }

  return {
    async firstLink() {
      if (await hasUsers(db)) return null
      const { link, ...stored } = fresh(SIGN_IN_FOR)
      await addSignInLink(db, { ...stored, userId: null })
      return link
    },

    async invite({ email, role, by }) {
      const { link, ...stored } = fresh(INVITED_FOR)
      await db.transaction(async (tx) => {
        if (await userByEmail(tx, email)) throw new RangeError('taken')
        const made = await addInvitation(tx, { ...stored, email, role, invitedBy: by.id })
        await appendAudit(tx, {
          at: stored.createdAt,
          actor: by,
          action: 'user.invited',
          subject: { kind: 'invitation', id: made.id },
          detail: { role },
        })
      })
      return link
    },

    resetLink,

    async forgot(email) {
      if (!(await asked.consume(`forgot ${email}`, FORGOT)).allowed) return undefined
      const user = await userByEmail(db, email)
      if (!user?.active) return undefined
      const by = { id: null, name: 'Sign-in page' }
      return { link: await resetLink(user.id, by), by, user: { id: user.id, name: user.name, email: user.email } }
    },

    async changePassword(person, passwords, headers) {
      if (!(await asked.consume(`change ${person.id}`, TRIED)).allowed) return { ok: false, why: 'too-often' }
      const cookies = await auth.changePassword(passwords, headers)
      if (!cookies) return { ok: false, why: 'wrong' }
      const subject = { kind: 'user', id: person.id }
      await appendAudit(db, { at: clock.now(), actor: person, action: 'user.password-set', subject, detail: { by: 'settings' } })
      return { ok: true, cookies }
    },

    async inspect(token): Promise<LinkPage> {
      const purpose = await findLink(db, { tokenHash: hashOf(token), now: clock.now() })
      if (!purpose) return null
      if (purpose.kind === 'first') return (await hasUsers(db)) ? null : { kind: 'first' }
      if (purpose.kind === 'invitation') return { kind: 'invitation', email: purpose.email, role: purpose.role }
      const user = await userById(db, purpose.userId)
      return user?.active ? { kind: 'reset', email: user.email, name: user.name } : null
    },

    async redeem(redemption, headers) {
      const tokenHash = hashOf(redemption.token)
      const at = clock.now()
      // Hashing takes a noticeable part of a second: not for codes that are worth nothing, and not inside the transaction.
      if (!(await findLink(db, { tokenHash, now: at }))) return { ok: false, why: 'dead-link' }
      const passwordHash = await auth.hashPassword(redemption.password)
      try {
        const user = await db.transaction(async (tx) => {
          const purpose = await takeLink(tx, { tokenHash, now: at })
          if (!purpose) throw new Refused('dead-link')
          const one = await act(tx, purpose, redemption, passwordHash, at)
          await appendAudit(tx, {
            at,
            actor: { id: one.id, name: one.name },
            action: purpose.kind === 'reset' ? 'user.password-set' : 'user.joined',
            subject: { kind: 'user', id: one.id },
            detail: { by: purpose.kind, role: one.role },
          })
          return one
        })
        return { ok: true, userId: user.id, cookies: await auth.signIn({ email: user.email, password: redemption.password }, headers) }
      } catch (error) {
        if (error instanceof Refused) return { ok: false, why: error.why }
        if (sqlState(error) === '23505') return { ok: false, why: 'address-taken' }
        throw error
      }
    },
  }
}
