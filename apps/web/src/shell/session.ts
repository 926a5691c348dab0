import { type Answers, api } from './api.ts'

/** Who looks at the page, which workspace it is, and whether nobody has ever signed in. */
export type Session = Answers['session']['me']
export type Person = NonNullable<Session['user']>
export type Role = Person['role']

/** How roles read on screen, of one person. */
export const roleWords: Readonly<Record<Role, string>> = {
  admin: 'Admin',
  marketer: 'Marketer',
  sales_manager: 'Sales manager',
  sales_rep: 'Sales rep',
  reviewer: 'Reviewer',
}

/** Fresh for a minute: a change of role or a deactivation reaches the page with the next look, and the server's refusal at once. */
export const sessionQuery = api.session.me.queryOptions(undefined, { staleTime: 60_000 })
