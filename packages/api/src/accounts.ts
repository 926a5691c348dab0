import type { Role } from './roles.ts'

/** A link that lets its bearer set a password and sign in, once. Whoever is shown it passes it on. */
export interface SignInLink {
  url: string
  /** When it stops working, ms. */
  expiresAt: number
}

/** Who sets something: a user, or the command line (id null). */
export interface Actor {
  id: string | null
  name: string
}

/** What the page behind a link shows and asks for. `null`: the link is unknown, used or too old. */
export type LinkPage =
  | { kind: 'first' }
  | { kind: 'invitation'; email: string; role: Role }
  | { kind: 'reset'; email: string; name: string }
  | null

export interface Redemption {
  token: string
  /** Asked for by first links and invitations. */
  name: string
  /** Asked for by first links only: the other kinds know it. */
  email: string
  password: string
}

export type RedemptionResult =
  /** Signed in; the cookies belong into the answer. */
  { ok: true; userId: string; cookies: readonly string[] } | { ok: false; why: 'dead-link' | 'address-taken' | 'deactivated' }

/** Links, passwords and sessions. The auth library keeps the latter two; the links are ours. */
export interface Accounts {
  /** A link for the first admin, good for 15 minutes; null once anybody exists. Print it, never log it. */
  firstLink(): Promise<SignInLink | null>
  /**
   * A link for somebody new, good for seven days; an earlier one to the same address stops working.
   * @throws RangeError when the address has an account already
   */
  invite(invitation: { email: string; role: Role; by: { id: string; name: string } }): Promise<SignInLink>
  /** A link for an existing user to choose a new password, good for 15 minutes. */
  resetLink(userId: string, by: Actor): Promise<SignInLink>
  /** Changes one's own password, told the one it was; all other sessions of that person end. */
  changePassword(
    person: { id: string; name: string },
    passwords: { current: string; next: string },
    headers: Headers,
  ): Promise<{ ok: true; cookies: readonly string[] } | { ok: false; why: 'wrong' | 'too-often' }>
  /**
   * For somebody who says that they forgot their password: a link to be mailed to that address, and to nobody else. Undefined where nobody
   * active has the address, or it was asked for too often: whoever asks must not learn which.
   */
  forgot(email: string): Promise<{ link: SignInLink; by: Actor; user: { id: string; name: string; email: string } } | undefined>
  /** What a link is for; uses nothing up. */
  inspect(token: string): Promise<LinkPage>
  /** Does what the link is for, once, and signs in. */
  redeem(redemption: Redemption, headers: Headers): Promise<RedemptionResult>
}
