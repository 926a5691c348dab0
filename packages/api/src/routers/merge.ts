import {
  appendAudit,
  contactProfile,
  createIds,
  listFields,
  listTopics,
  type MergeOrder,
  mergeContacts,
  prepareMerge,
  previewMerge,
  scopeOf,
} from '@baton/db'
import type { Actor, FieldValue, Person } from '@baton/engine'
import { z } from 'zod'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { procedureFor, router } from '../trpc.ts'

const marketer = procedureFor('admin', 'marketer')

const id = z.int().positive()
const pair = z.object({ survivor: id, loser: id, fields: z.array(z.string().min(1).max(64)).max(500).default([]) })

const GONE = 'One of the two is not there any more. Go back to the list.'

/** @throws TRPCError when the caller may not see one of them, or they are one already */
async function orderOf(ctx: SignedIn, input: z.infer<typeof pair>): Promise<MergeOrder> {
  if (input.survivor === input.loser) throw fail('BAD_REQUEST', 'These are the same person. Choose another one.')
  for (const contactId of [input.survivor, input.loser]) {
    if (!(await contactProfile(ctx.db, { id: contactId, scope: scopeOf(ctx.user) }))) throw fail('NOT_FOUND', GONE)
  }
  const by: Actor = { kind: 'user', id: ctx.user.id, name: ctx.user.name }
  return { ...input, by, at: ctx.clock.now() }
}

const nameOf = ({ fields, key }: Person): string =>
  [fields.first_name, fields.last_name].filter((part) => typeof part === 'string' && part !== '').join(' ') || key

/** Two contacts that turn out to be one. */
export const mergeRouter = router({
  /** What would be kept of whom, before it is done. */
  preview: marketer.input(pair).query(async ({ ctx, input }) => {
    const found = await previewMerge(ctx.db, await orderOf(ctx, input))
    if (!found) throw fail('NOT_FOUND', GONE)
    const { merged, mine, theirs, flows } = found
    const consent = new Map(Object.entries(mine.consent))
    for (const item of merged.items) if (item.kind === 'consent') consent.set(item.topic, item.given)
    const fields = (await listFields(ctx.db)).flatMap(
      ({ key, label }): { key: string; label: string; mine: FieldValue | null; theirs: FieldValue }[] => {
        const value = theirs.fields[key]
        return value === undefined || value === mine.fields[key] ? [] : [{ key, label, mine: mine.fields[key] ?? null, theirs: value }]
      },
    )
    return {
      survivor: { id: input.survivor, name: nameOf(mine), key: mine.key },
      loser: { id: input.loser, name: nameOf(theirs), key: theirs.key },
      fields,
      consent: (await listTopics(ctx.db)).map(({ id: topic, name }) => ({ topic, name, given: consent.get(topic) ?? null })),
      stopped: mine.suppressed ?? merged.items.flatMap((item) => (item.kind === 'suppress' ? [item.reason] : []))[0] ?? null,
      passages: merged.passages.map(({ of, before, closing }) => ({
        flow: flows.get(before.flowId) ?? before.flowId,
        of,
        closes: closing !== null,
      })),
      joins: merged.joined.length,
    }
  }),

  /** Makes one of them. It cannot be taken back. */
  run: marketer.input(pair).mutation(async ({ ctx, input }) => {
    const order = await orderOf(ctx, input)
    await prepareMerge(ctx.db, order.at)
    await ctx.db.transaction(async (tx) => {
      const outcome = await mergeContacts(tx, createIds(tx), order)
      if (outcome === 'gone') throw fail('NOT_FOUND', GONE)
      if (outcome === 'busy') throw fail('CONFLICT', 'Something is on its way to this person at this moment. Try again in a minute.')
      const subject = { kind: 'contact', id: String(input.survivor) }
      const detail = { loser: input.loser, fields: input.fields }
      await appendAudit(tx, { at: order.at, actor: ctx.user, action: 'contact.merged', subject, detail })
    })
    ctx.services.nudge()
    return { id: input.survivor }
  }),
})
