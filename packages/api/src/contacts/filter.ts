import { type ContactFilter, countAt, countContacts, scopeOf } from '@baton/db'
import type { Condition } from '@baton/engine'
import type { BulkTargetInput, ContactFilterInput } from '../bulk.ts'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { currentCatalog } from '../flows/catalog.ts'

/** What came in as a filter, with the caller's scope: which contacts a query may reach at all. */
export async function filterOf(ctx: Pick<SignedIn, 'db' | 'clock' | 'user'>, input: ContactFilterInput): Promise<ContactFilter> {
  const parts: Condition['rules'] = [
    ...(input.condition ? [input.condition] : []),
    ...(input.segmentId === undefined ? [] : [{ subject: { kind: 'segment' as const, segmentId: input.segmentId }, op: 'is' as const }]),
  ]
  return {
    scope: scopeOf(ctx.user),
    now: ctx.clock.now(),
    search: input.search,
    condition: parts.length === 0 ? undefined : { of: { combinator: 'and', rules: parts }, catalog: await currentCatalog(ctx.db) },
  }
}

/** How many a bulk action is for; exact, or a good estimate in large workspaces. */
export async function sizeOf(ctx: SignedIn, target: BulkTargetInput): Promise<number> {
  if ('ids' in target) return target.ids.length
  if ('at' in target) return countAt(ctx.db, target.at)
  const counted = await countContacts(ctx.db, await filterOf(ctx, target.filter))
  if ('issues' in counted) throw fail('BAD_REQUEST', counted.issues[0]?.say ?? 'The filter is not complete.')
  return counted.n
}
