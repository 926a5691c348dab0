import type { Handle } from '@baton/db'
import type { Role } from './roles.ts'
import type { Services } from './services.ts'

/** The time as an input: milliseconds since 1970 UTC. */
export interface Clock {
  now(): number
}

/** The person who calls. */
export interface CurrentUser {
  id: string
  name: string
  email: string
  role: Role
}

/** What every procedure is given. Nothing else is reachable from a router. */
export interface Context {
  user: CurrentUser | null
  db: Handle
  clock: Clock
  services: Services
  /** The id of the request in the server's log. */
  requestId: string
  /** What the caller sent beside the input: cookies and the network address for the auth library. */
  headers: Headers
  /** Puts a cookie into the answer: a whole Set-Cookie value. */
  setCookie(value: string): void
}

/** The context behind `procedureFor`. */
export interface SignedIn extends Context {
  user: CurrentUser
}
