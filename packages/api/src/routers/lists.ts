import { addList, appendAudit, appendItems, contactsByAddress, listRow, renameList, type Sql } from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { addressesIn } from '../sending/addresses.ts'
import { procedureFor, router } from '../trpc.ts'

const marketer = procedureFor('admin', 'marketer')

const id = z.string().min(1).max(64)
const name = z.string().trim().min(1, 'Write a name for the list.').max(100, 'The name is longer than 100 letters. Shorten it.')

/** People told in one go: what a transaction holds without keeping others waiting. */
const MOST = 5000
/** Addresses that nobody has, shown as examples. */
const SHOWN = 5

/** @throws TRPCError where there is no such list */
async function mustBeList(db: Sql, listId: string) {
  const list = await listRow(db, listId)
  if (!list) throw fail('NOT_FOUND', 'This list was removed. Reload the page.')
  return list
}

/** Lists on which people are put by hand, by a file or by a flow. They are shown and removed among the segments. */
export const listsRouter = router({
  create: marketer.input(z.object({ name })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    const made = await ctx.db.transaction(async (tx) => {
      const listId = await addList(tx, { ...input, by: ctx.user, at })
      const subject = { kind: 'segment', id: listId }
      await appendAudit(tx, { at, actor: ctx.user, action: 'list.made', subject, detail: { ...input } })
      return listId
    })
    ctx.services.nudge()
    return { id: made }
  }),

  rename: marketer.input(z.object({ id, rev: z.int(), name })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      const done = await renameList(tx, input.id, input.rev, { name: input.name, by: ctx.user, at })
      if (!done) throw fail('CONFLICT', 'Somebody changed this list meanwhile. Reload it, then change it again.')
      const subject = { kind: 'segment', id: input.id }
      await appendAudit(tx, { at, actor: ctx.user, action: 'list.renamed', subject, detail: { name: input.name } })
    })
    ctx.services.nudge()
  }),

  /** Puts those people on the list whose addresses are in a text: one a line, or a column of a file. */
  add: marketer
    .input(z.object({ id, text: z.string().min(1, 'Write or paste addresses.').max(1_000_000, 'The text is longer than 1 MB. Split it.') }))
    .mutation(async ({ ctx, input }) => {
      const { addresses, without } = addressesIn(input.text)
      if (addresses.length === 0) throw fail('BAD_REQUEST', 'There is no e-mail address in it. Write one a line, such as ada@example.com.')
      if (addresses.length > MOST)
        throw fail('BAD_REQUEST', `At most ${MOST.toLocaleString('en')} addresses at once. Import a file for more.`)
      const at = ctx.clock.now()
      const source = { kind: 'user' as const, id: ctx.user.id, name: ctx.user.name }
      const found = await ctx.db.transaction(async (tx) => {
        const list = await mustBeList(tx, input.id)
        const known = await contactsByAddress(tx, addresses)
        const ids = [...new Set(known.map((it) => it.contactId))]
        await appendItems(
          tx,
          ids.map((contactId) => ({ contactId, item: { kind: 'list', at, segmentId: list.id, on: true, source } })),
        )
        const subject = { kind: 'segment', id: list.id }
        await appendAudit(tx, { at, actor: ctx.user, action: 'list.added', subject, detail: { people: ids.length } })
        return { added: ids.length, known: new Set(known.map((it) => it.address)) }
      })
      ctx.services.nudge()
      const unknown = addresses.filter((it) => !found.known.has(it))
      return { added: found.added, unknown: unknown.length, examples: unknown.slice(0, SHOWN), without }
    }),

  /** Takes people off the list. */
  takeOff: marketer
    .input(z.object({ id, contactIds: z.array(z.int().positive()).min(1, 'Choose somebody first.').max(MOST) }))
    .mutation(async ({ ctx, input }) => {
      const at = ctx.clock.now()
      const source = { kind: 'user' as const, id: ctx.user.id, name: ctx.user.name }
      await ctx.db.transaction(async (tx) => {
        const list = await mustBeList(tx, input.id)
        await appendItems(
          tx,
          input.contactIds.map((contactId) => ({ contactId, item: { kind: 'list', at, segmentId: list.id, on: false, source } })),
        )
        const subject = { kind: 'segment', id: list.id }
        await appendAudit(tx, { at, actor: ctx.user, action: 'list.taken-off', subject, detail: { people: input.contactIds.length } })
      })
      ctx.services.nudge()
    }),
})
