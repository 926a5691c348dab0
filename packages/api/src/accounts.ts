import type { Role } from './roles.ts'

/** A link that lets its bearer set a password and sign in, once. Whoever is shown it passes it on. */
export interface SignInLink {
  url: string
  /** When it stops working, ms. */
  expiresAt: number
}

/** What the users pages need of the auth library. */
export interface Accounts {
  /**
   * A link for somebody new, good for seven days; an earlier one to the same address stops working.
   * @param email lower-cased
   */
  invite(invitation: { email: string; role: Role; invitedBy: string }): Promise<SignInLink>
  /** A link for an existing user to choose a new password, good for 15 minutes. */
  resetLink(userId: string): Promise<SignInLink>
  /** Ends every session of the user now. */
  signOutEverywhere(userId: string): Promise<void>
}
