import type { Accounts } from './accounts.ts'

/**
 * What the routers need of the process around them. The server implements each part; a router never reaches for mail, files or the
 * runner itself. An area adds its own interface here as one more part.
 */
export interface Services {
  /** Links, passwords and sessions, kept by the auth library. */
  accounts: Accounts
  /** Wakes the runner in this process now, so that what was just written does not wait for its next look. */
  nudge(): void
  /** What the System page tells of this process. */
  system(): SystemFacts
}

export interface SystemFacts {
  version: string
  /** When this process started, ms. */
  startedAt: number
  database: 'PostgreSQL' | 'embedded'
  /** Where mail goes: the host of SMTP_URL without its password, or the Outbox page. */
  mail: { to: 'smtp'; host: string } | { to: 'outbox' }
  baseUrl: string
}
