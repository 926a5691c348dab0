import {
  addSegment,
  appendAudit,
  archiveSegment,
  changeSegment,
  countCases,
  countVerdicts,
  estimateVerdicts,
  type Handle,
  listContacts,
  listSegments,
  scopeOf,
  segmentRow,
  usedBy,
} from '@baton/db'
import { type Catalog, type Condition, condition, conditionSentence, resolveCondition } from '@baton/engine'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { currentCatalog } from '../flows/catalog.ts'
import { mustNotCircle } from '../segments/circle.ts'
import { explainFor } from '../segments/explain.ts'
import { procedureFor, router } from '../trpc.ts'
import { mustBeUnused } from '../uses.ts'

const reader = procedureFor('admin', 'marketer', 'sales_manager', 'reviewer')
const marketer = procedureFor('admin', 'marketer')

const id = z.string().min(1).max(64)
const name = z.string().trim().min(1, 'Write a name for the segment.').max(100, 'The name is longer than 100 letters. Shorten it.')

/** @throws TRPCError naming the first problem of a condition and what to do about it */
function mustFit(source: Condition, catalog: Catalog): void {
  const resolved = resolveCondition(source, catalog, 'segment')
  if ('issues' in resolved) throw fail('BAD_REQUEST', resolved.issues[0]?.say ?? 'The condition is not complete.')
}

/** How long one portion of an exact count may hold up a database with one connection, in ms. */
const PORTION = 200

const fitted = async (db: Handle, of: Condition) => ({ of, catalog: await currentCatalog(db) })

/** Who is on a list, where a segment says by which conditions. */
const listWords: ReturnType<typeof conditionSentence> = [{ kind: 'plain', text: 'Put on the list by hand, by a file or by a flow' }]

/** Groups of people by a condition, and lists. */
export const segmentsRouter = router({
  list: reader.query(async ({ ctx }) => {
    const catalog = await currentCatalog(ctx.db)
    return (await listSegments(ctx.db)).map((it) => ({
      ...it,
      sentence: it.kind === 'list' ? listWords : conditionSentence(it.condition, catalog),
    }))
  }),

  get: reader.input(z.object({ id })).query(async ({ ctx, input }) => {
    const segment = await segmentRow(ctx.db, input.id)
    if (!segment) throw fail('NOT_FOUND', 'This segment was removed. Reload the list.')
    return { ...segment, uses: await usedBy(ctx.db, { kind: 'segment', id: input.id }) }
  }),

  /** About how many match now, do not, or cannot be told for want of a value; within a third of a second, with its error. */
  estimate: reader.input(z.object({ condition })).query(async ({ ctx, input }) => {
    const asked = { scope: scopeOf(ctx.user), condition: await fitted(ctx.db, input.condition), now: ctx.clock.now() }
    const counted = await estimateVerdicts(ctx.db, asked)
    return 'issues' in counted ? { issues: counted.issues } : { counts: counted }
  }),

  /** The same counted one by one, a portion at a time: `next` is where to go on, null at the end. */
  count: reader.input(z.object({ condition, from: z.int().min(0).max(1023).default(0) })).query(async ({ ctx, input }) => {
    const asked = { scope: scopeOf(ctx.user), condition: await fitted(ctx.db, input.condition), now: ctx.clock.now() }
    const counted = await countVerdicts(ctx.db, asked, { from: input.from, ms: PORTION })
    return 'issues' in counted ? { issues: counted.issues } : { counts: counted }
  }),

  /**
   * Which way of a branch people would go now: each by the first case that is true. A portion at a time: `next` is where to go on, null at the
   * end; what was counted before is a uniform sample. `among`: also how many of each are members of this segment.
   */
  cases: reader
    .input(z.object({ cases: z.array(condition).min(1).max(50), among: id.nullable(), from: z.int().min(0).max(1023).default(0) }))
    .query(async ({ ctx, input: { from, ...asked } }) => {
      const about = { scope: scopeOf(ctx.user), catalog: await currentCatalog(ctx.db), now: ctx.clock.now() }
      return countCases(ctx.db, { ...about, ...asked }, { from, ms: PORTION })
    }),

  /** Why one person matches or does not: each rule with what was seen. */
  explain: reader.input(z.object({ condition, contactId: z.int().min(0) })).query(async ({ ctx, input }) => {
    const catalog = await currentCatalog(ctx.db)
    const explained = await explainFor(ctx.db, input.contactId, { condition: input.condition, catalog, now: ctx.clock.now() })
    if (!explained) throw fail('NOT_FOUND', 'This person was removed. Reload the list.')
    return explained
  }),

  /** A few of those who match, the newest first. */
  preview: reader.input(z.object({ condition })).query(async ({ ctx, input }) => {
    const catalog = await currentCatalog(ctx.db)
    const filter = { scope: scopeOf(ctx.user), condition: { of: input.condition, catalog }, now: ctx.clock.now() }
    const page = await listContacts(ctx.db, filter, { sort: { by: 'created' }, descending: true, after: null, limit: 10 })
    return 'issues' in page ? { issues: page.issues } : { rows: page.rows }
  }),

  create: marketer.input(z.object({ name, condition })).mutation(async ({ ctx, input }) => {
    mustFit(input.condition, await currentCatalog(ctx.db))
    const at = ctx.clock.now()
    const made = await ctx.db.transaction(async (tx) => {
      const segmentId = await addSegment(tx, { ...input, by: ctx.user, at })
      const subject = { kind: 'segment', id: segmentId }
      await appendAudit(tx, { at, actor: ctx.user, action: 'segment.made', subject, detail: { ...input } })
      return segmentId
    })
    ctx.services.nudge()
    return { id: made }
  }),

  /** `rev` is the one the caller saw: nobody's change is lost unseen. */
  change: marketer.input(z.object({ id, rev: z.int(), name, condition })).mutation(async ({ ctx, input }) => {
    mustFit(input.condition, await currentCatalog(ctx.db))
    const was = await segmentRow(ctx.db, input.id)
    await mustNotCircle(ctx.db, { kind: 'segment', id: input.id, name: was?.name ?? input.name }, input.condition)
    const at = ctx.clock.now()
    const { id: segmentId, rev, ...change } = input
    await ctx.db.transaction(async (tx) => {
      const done = await changeSegment(tx, segmentId, rev, { ...change, by: ctx.user, at })
      if (!done) throw fail('CONFLICT', 'Somebody changed this segment meanwhile. Reload it, then change it again.')
      const subject = { kind: 'segment', id: segmentId }
      await appendAudit(tx, { at, actor: ctx.user, action: 'segment.changed', subject, detail: change })
    })
    ctx.services.nudge()
  }),

  remove: marketer.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      const segment = await segmentRow(tx, input.id)
      if (!segment) throw fail('NOT_FOUND', 'This segment was removed already. Reload the list.')
      await mustBeUnused(tx, { kind: 'segment', id: input.id, name: segment.name })
      await archiveSegment(tx, input.id, at)
      const subject = { kind: 'segment', id: input.id }
      await appendAudit(tx, { at, actor: ctx.user, action: 'segment.removed', subject, detail: { name: segment.name } })
    })
    ctx.services.nudge()
  }),
})
