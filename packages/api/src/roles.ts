import { roles as ROLES, type Role } from '@baton/db'
import { z } from 'zod'

export { ROLES, type Role }

/** Everything a person of the workspace can be: one of the five, as it comes in. */
export const role = z.enum(ROLES)

/** What a role is called in a sentence, in the plural: "Only admins and marketers may do this." */
export const roleNames: Readonly<Record<Role, string>> = {
  admin: 'admins',
  marketer: 'marketers',
  sales_manager: 'sales managers',
  sales_rep: 'sales reps',
  reviewer: 'reviewers',
}

/** "admins, marketers and reviewers" */
export function listRoles(roles: readonly Role[]): string {
  const names = roles.map((one) => roleNames[one])
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
