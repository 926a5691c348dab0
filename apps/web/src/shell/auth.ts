import { createAuthClient } from 'better-auth/client'

/** Signing in with a password and signing out, under /api/auth. Loaded by the pages that do it, not with the first screen. */
export const auth = createAuthClient({ baseURL: window.location.origin, basePath: '/api/auth' })
