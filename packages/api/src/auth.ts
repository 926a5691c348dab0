import { createHmac } from 'node:crypto'
import { type Handle, schema, userById, workspaceSettings } from '@baton/db'
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { APIError } from 'better-auth/api'
import type { CurrentUser } from './context.ts'
import { createRateLimit } from './rate-limit.ts'
import { role } from './roles.ts'

/** The shortest password taken. */
export const PASSWORD_MIN = 10
export const PASSWORD_MAX = 128

export interface AuthSettings {
  db: Handle
  /** The public address of the server, e.g. `http://localhost:3000`. */
  baseUrl: string
  /** Origins whose pages may sign people in. */
  trustedOrigins: readonly string[]
  /** The header in which the server puts the caller's network address; never one that a client can set. */
  clientAddressHeader: string
  /** Where the library's own errors go: a fixed sentence, no values. */
  onError(message: string): void
}

/** The auth library behind the three things that the rest of Baton asks of it. */
export interface Auth {
  /** Answers everything under /api/auth. */
  handler(request: Request): Promise<Response>
  /** Who sends these headers; `cookies` prolong the session and belong into the answer. A deactivated user is nobody. */
  whoIs(headers: Headers): Promise<{ user: CurrentUser | null; cookies: readonly string[] }>
  /** Signs in with a password. @returns the cookies for the answer */
  signIn(credentials: { email: string; password: string }, headers: Headers): Promise<readonly string[]>
  hashPassword(password: string): Promise<string>
  /**
   * Changes the password of whoever sends these headers; all their other sessions end.
   * @returns the cookies for the answer; undefined where `current` is not their password
   */
  changePassword(passwords: { current: string; next: string }, headers: Headers): Promise<readonly string[] | undefined>
}

/**
 * Signing key of session cookies. The oldest link secret stays when links get a new one, so rotation signs nobody out.
 * @param linkSecrets newest first
 */
function sessionSecret(linkSecrets: readonly string[]): string {
  const oldest = linkSecrets.at(-1)
  if (oldest === undefined) throw new Error('The workspace has no secret: migrate() makes one.')
  return createHmac('sha256', oldest).update('baton session').digest('base64url')
}

/**
 * E-mail and password by better-auth: sessions in the database behind an HttpOnly, SameSite=Lax cookie, rate limits per address,
 * telemetry off. Nobody signs up: people come by a link (see accounts).
 */
export async function createAuth(settings: AuthSettings): Promise<Auth> {
  const { db, baseUrl, trustedOrigins, clientAddressHeader, onError } = settings
  const { linkSecrets } = await workspaceSettings(db)
  const auth = betterAuth({
    appName: 'Baton',
    baseURL: baseUrl,
    basePath: '/api/auth',
    trustedOrigins: [...trustedOrigins],
    secret: sessionSecret(linkSecrets),
    database: drizzleAdapter(db.db, { provider: 'pg', schema: { ...schema } }),
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_level, message) => onError(message) },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: PASSWORD_MIN, maxPasswordLength: PASSWORD_MAX },
    user: {
      additionalFields: {
        role: { type: 'string', input: false, required: true },
        active: { type: 'boolean', input: false, required: true },
      },
    },
    // A whole office may share one address: as many tries a minute as the library's default, but not in one burst of three.
    rateLimit: { enabled: true, customStorage: createRateLimit(), customRules: { '/sign-in/email': { window: 60, max: 20 } } },
    advanced: {
      cookiePrefix: 'baton',
      useSecureCookies: baseUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    databaseHooks: {
      session: {
        create: {
          async before(session) {
            const user = await userById(db, session.userId)
            if (!user?.active) throw new APIError('FORBIDDEN', { message: 'This account is deactivated. Ask an admin.' })
          },
        },
      },
    },
  })
  return {
    async handler(request) {
      const answer = await auth.handler(request)
      // The library hides why it failed. Where that is the database, asking it throws what the server has words for.
      if (answer.status >= 500) await db.query('select 1')
      return answer
    },
    async whoIs(headers) {
      const found = await auth.api.getSession({ headers, returnHeaders: true })
      const cookies = found.headers?.getSetCookie() ?? []
      const user = found.response?.user
      const may = role.safeParse(user?.role)
      if (!user?.active || !may.success) return { user: null, cookies }
      return { user: { id: user.id, name: user.name, email: user.email, role: may.data }, cookies }
    },
    async signIn(credentials, headers) {
      const answer = await auth.api.signInEmail({ body: credentials, headers, asResponse: true })
      if (!answer.ok) throw new Error(`Signing in after setting the password failed with status ${answer.status}.`)
      return answer.headers.getSetCookie()
    },
    async changePassword({ current, next }, headers) {
      const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true }
      const answer = await auth.api.changePassword({ body, headers, asResponse: true })
      if (answer.ok) return answer.headers.getSetCookie()
      if (answer.status === 400) return undefined
      throw new Error(`Changing a password failed with status ${answer.status}.`)
    },
    async hashPassword(password) {
      const context = await auth.$context
      return context.password.hash(password)
    },
  }
}
