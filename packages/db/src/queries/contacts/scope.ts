import { type SQL, sql } from 'drizzle-orm'
import type { Role } from '../../schema/auth.ts'

/** Which contacts somebody may see: an argument of every query (SECURITY). A rep sees whom sales has now and he has to work. */
export type Scope = { all: true } | { repId: string }

/** The scope of a user by role. */
export const scopeOf = (user: { id: string; role: Role }): Scope => (user.role === 'sales_rep' ? { repId: user.id } : { all: true })

/** The scope as a condition over `contact c`. Access ends with the hand-off. */
export function inScope(scope: Scope): SQL {
  if ('all' in scope) return sql`true`
  return sql`exists (select 1 from handoff h where h.bucket = c.bucket and h.contact_id = c.id and h.rep_id = ${scope.repId}::text
    and h.state in ('assigned', 'accepted', 'sleeping'))`
}

/** Contacts that are there: neither removed nor merged into another. */
export const present: SQL = sql`c.deleted_at is null and c.merged_into is null`
