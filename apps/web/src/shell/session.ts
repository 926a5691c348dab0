import { queryOptions } from '@tanstack/react-query'
import { createAuthClient } from 'better-auth/client'

/** Talks to the server's sign-in routes under /api/auth. */
export const auth = createAuthClient({ baseURL: window.location.origin, basePath: '/api/auth' })

/** The roles of a workspace. */
export const roles = ['admin', 'marketer', 'manager', 'rep', 'reviewer'] as const
export type Role = (typeof roles)[number]

/** How roles read on screen. */
export const roleWords: Readonly<Record<Role, string>> = {
  admin: 'Admin',
  marketer: 'Marketer',
  manager: 'Sales manager',
  rep: 'Sales rep',
  reviewer: 'Reviewer',
}

/** Who looks at the page. */
export type Person = { id: string; name: string; email: string; role: Role }

const isRole = (value: unknown): value is Role => roles.some((role) => role === value)

/** Asks the server who is signed in; null when nobody is. @throws when the server cannot be reached. */
async function whoIsThere(): Promise<Person | null> {
  const { data, error } = await auth.getSession()
  if (error) throw new Error('The server did not answer who is signed in.', { cause: error })
  if (!data) return null
  const role: unknown = Reflect.get(data.user, 'role')
  if (!isRole(role)) return null
  return { id: data.user.id, name: data.user.name, email: data.user.email, role }
}

export const sessionQuery = queryOptions({ queryKey: ['session'], queryFn: whoIsThere, staleTime: 60_000 })
