import {
  addBulk,
  appendAudit,
  type BulkAction,
  bulkJob,
  type ContactFilter,
  contactLog,
  contactProfile,
  countContacts,
  endBulk,
  flowById,
  type GradedBy,
  type Handle,
  listContacts,
  listRow,
  listTopics,
  listUsers,
  liveScoreModel,
  pendingAsks,
  refusedOf,
  runningBulk,
  type SortBy,
  type Sql,
  scopeOf,
  snapshot,
  versionGraph,
  workspaceSettings,
} from '@baton/db'
import { kindOf, readFieldValue } from '@baton/engine'
import { z } from 'zod'
import { bulkAction, bulkTarget, contactFilter } from '../bulk.ts'
import { filterOf, sizeOf } from '../contacts/filter.ts'
import { lifeOf } from '../contacts/life.ts'
import { enterFlow, leaveFlow, moveTo, retryStep } from '../contacts/passage.ts'
import { storyOf } from '../contacts/story.ts'
import { changeContact, createContact } from '../contacts/write.ts'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { explainPerson } from '../explain/person.ts'
import { currentCatalog } from '../flows/catalog.ts'
import { procedureFor, procedureForAll, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'sales_manager', 'reviewer')
const marketer = procedureFor('admin', 'marketer')

const id = z.int().positive()
const jobId = z.string().min(1).max(64)
const cursor = z.object({ value: z.union([z.string(), z.number(), z.boolean(), z.null()]), id })
const sort = z.object({ by: z.string().min(1).max(64), descending: z.boolean() })
const scalar = z.union([z.string().max(2000), z.number(), z.boolean()]).nullable()
const flowId = z.string().min(1).max(64)
const passage = z.object({ id, flowId, key: z.string().max(200) })
const node = z.string().min(1).max(400)
/** By hand: for one business object, carrying values, where given. */
const entry = z.object({
  id,
  flowId,
  node,
  key: z.string().trim().max(200).default(''),
  data: z.record(z.string().min(1).max(100), z.union([z.string().max(1000), z.number(), z.boolean()])).optional(),
})
const edits = z.object({ fields: z.record(z.string().max(64), scalar).default({}), consent: z.boolean().optional() })

const PAGE = 50
/** The latest times at which somebody was not let into a flow. */
const REFUSED_SHOWN = 20

/** No key of a field begins like that. */
const BY_GRADE = ':grade'

async function gradedBy(db: Handle): Promise<GradedBy | undefined> {
  const model = (await liveScoreModel(db))?.model.grade
  return model ? { model, dimensions: (await workspaceSettings(db)).dimensions } : undefined
}

/** `created`, `key` and `:grade`, or the key of a field. */
async function sortBy(db: Handle, by: string, graded: GradedBy | undefined): Promise<SortBy> {
  if (by === 'created' || by === 'key') return { by }
  if (by === BY_GRADE) {
    if (!graded) throw fail('BAD_REQUEST', 'The list is sorted by a grade, and the score model has none any more. Choose another column.')
    return { by: 'grade', graded }
  }
  const field = (await currentCatalog(db)).fields.find((it) => it.key === by)
  if (!field) throw fail('BAD_REQUEST', 'The list is sorted by a field that was removed. Choose another column.')
  return { by: 'field', field }
}

const issue = (issues: readonly { say: string }[]) => fail('BAD_REQUEST', issues[0]?.say ?? 'The filter is not complete.')

/** People enter a flow that runs, at one of its starts. */
async function mustLetIn(db: Handle, { flowId, node }: { flowId: string; node: string }): Promise<void> {
  const flow = await flowById(db, flowId)
  if (!flow || flow.liveVersion === null || !['live', 'paused'].includes(flow.status))
    throw fail('CONFLICT', 'Nobody can enter this flow now. Publish it first.')
  const graph = await versionGraph(db, flowId, flow.liveVersion)
  const start = graph?.nodes.find((it) => it.id === node)
  if (!start || kindOf(start.type)?.category !== 'trigger')
    throw fail('CONFLICT', 'This start is not part of the live version. Choose another.')
}

/** People are moved to a step of the live version; whoever is on an older one without it stays where they are. */
async function mustHave(db: Handle, { flowId, node }: { flowId: string; node: string }): Promise<void> {
  const flow = await flowById(db, flowId)
  const step = flow?.liveGraph?.nodes.find((it) => it.id === node)
  if (!step || kindOf(step.type)?.category === 'trigger') throw fail('CONFLICT', 'The live version has no such step. Choose another.')
}

/** Checks what a bulk action refers to before anything is stored. */
async function settle(db: Handle, action: z.infer<typeof bulkAction>): Promise<BulkAction> {
  if (action.do === 'enrol') await mustLetIn(db, action)
  if (action.do === 'consent' && !(await listTopics(db)).some((it) => it.id === action.topic))
    throw fail('BAD_REQUEST', 'This topic was put away. Choose another.')
  if (action.do === 'move') await mustHave(db, action)
  if (action.do === 'list' && !(await listRow(db, action.segmentId))) throw fail('CONFLICT', 'This list was removed. Choose another.')
  if (action.do !== 'set-field') return action
  const field = (await currentCatalog(db)).fields.find((it) => it.key === action.key)
  if (!field) throw fail('BAD_REQUEST', 'This field was removed. Choose another.')
  if (field.key === 'email') throw fail('BAD_REQUEST', 'An e-mail address belongs to one person. Change it on the page of the contact.')
  const read = readFieldValue(field, action.value)
  if ('error' in read) throw fail('BAD_REQUEST', read.error)
  return { do: 'set-field', key: field.key, value: read.value }
}

async function profile(ctx: SignedIn, contactId: number, sql: Sql = ctx.db) {
  const found = await contactProfile(sql, { id: contactId, scope: scopeOf(ctx.user) })
  if (!found) throw fail('NOT_FOUND', 'There is no such contact, or it is not with you. Go back to the list.')
  return found
}

/** People: the list, one of them, and what is done to many. A sales rep sees whom he has to work. */
export const contactsRouter = router({
  list: procedureForAll
    .input(
      z.object({
        filter: contactFilter.default({}),
        sort: sort.default({ by: 'created', descending: true }),
        after: cursor.nullable().default(null),
      }),
    )
    .query(async ({ ctx, input }) => {
      const filter: ContactFilter = await filterOf(ctx, input.filter)
      const graded = await gradedBy(ctx.db)
      const sort = await sortBy(ctx.db, input.sort.by, graded)
      const order = { sort, descending: input.sort.descending, after: input.after, limit: PAGE, graded }
      const page = await listContacts(ctx.db, filter, order)
      if ('issues' in page) throw issue(page.issues)
      return page
    }),

  /** How many the filter shows; an estimate in large workspaces. */
  count: procedureForAll.input(z.object({ filter: contactFilter.default({}) })).query(async ({ ctx, input }) => {
    const counted = await countContacts(ctx.db, await filterOf(ctx, input.filter))
    if ('issues' in counted) throw issue(counted.issues)
    return counted
  }),

  /** Everything known of one person, as of one instant. */
  get: procedureForAll.input(z.object({ id })).query(({ ctx, input }) =>
    snapshot(ctx.db, async (tx) => {
      const now = ctx.clock.now()
      const person = await profile(ctx, input.id, tx)
      const asks = await pendingAsks(tx, { contactId: person.id, now })
      const notLetIn = await refusedOf(tx, { contactId: person.id, limit: REFUSED_SHOWN })
      return { ...person, asks, notLetIn, ...(await storyOf(tx, person, now)) }
    }),
  ),

  create: marketer.input(edits).mutation(async ({ ctx, input }) => createContact(ctx, input)),

  change: marketer.input(edits.extend({ id })).mutation(async ({ ctx, input }) => {
    await changeContact(ctx, await profile(ctx, input.id), input)
  }),

  /** Puts one person into a flow that runs. Whether they come in is up to the flow: how often, and whether they are inside. */
  enter: marketer.input(entry).mutation(async ({ ctx, input }) => {
    await mustLetIn(ctx.db, input)
    await enterFlow(ctx, await profile(ctx, input.id), input)
  }),

  /** Puts one person at another step of the version they are on; what it does happens again if they were there before. */
  move: marketer.input(passage.extend({ node })).mutation(async ({ ctx, input }) => moveTo(ctx, await profile(ctx, input.id), input)),

  /** What would happen to one person in a flow from now on: by which start, and which way. Nothing is written. */
  explain: reader
    .input(z.object({ id, flowId, which: z.enum(['draft', 'live']), node: node.optional() }))
    .query(async ({ ctx, input }) => explainPerson(ctx, await profile(ctx, input.id), input)),

  /** Takes one person out of a flow; its mail that has not gone out is taken back. */
  leave: marketer.input(passage).mutation(async ({ ctx, input }) => leaveFlow(ctx, await profile(ctx, input.id), input)),

  /** Tries the step again at which one person stands still with an error. */
  retry: marketer.input(passage).mutation(async ({ ctx, input }) => retryStep(ctx, await profile(ctx, input.id), input)),

  /** Does something to many in the background: progress by `job`, stopped by `cancel`. */
  bulk: marketer.input(z.object({ target: bulkTarget, action: bulkAction })).mutation(async ({ ctx, input }) => {
    const action = await settle(ctx.db, input.action)
    const total = await sizeOf(ctx, input.target)
    const at = ctx.clock.now()
    const made = await ctx.db.transaction(async (tx) => {
      const bulkId = await addBulk(tx, { action, target: input.target, total, by: ctx.user, at })
      const subject = { kind: 'bulk', id: bulkId }
      await appendAudit(tx, { at, actor: ctx.user, action: `contacts.${action.do}`, subject, detail: { ...action, total } })
      return bulkId
    })
    ctx.services.bulk.run(made)
    return { id: made, total }
  }),

  /** How a person came to stand where they stand: stage, side and owner at every moment, the last change first. */
  life: reader.input(z.object({ id })).query(async ({ ctx, input }) => {
    const found = await contactProfile(ctx.db, { id: input.id, scope: scopeOf(ctx.user) })
    if (!found) throw fail('NOT_FOUND', 'There is no such contact. Go back to the list.')
    const { stage, ownerSide, ownerId, createdAt } = found
    const users = new Map((await listUsers(ctx.db)).map((it) => [it.id, it.name]))
    const steps = lifeOf(await contactLog(ctx.db, found.id), { stage, ownerSide, ownerId }, createdAt)
    return steps.map((it) => ({ ...it, ownerName: it.ownerId === null ? null : (users.get(it.ownerId) ?? null) })).reverse()
  }),

  job: reader.input(z.object({ id: jobId })).query(async ({ ctx, input }) => {
    const job = await bulkJob(ctx.db, input.id)
    if (!job) throw fail('NOT_FOUND', 'This job is not known any more.')
    const { path, target: _, ...shown } = job
    return { ...shown, file: path !== null }
  }),

  jobs: reader.query(async ({ ctx }) => (await runningBulk(ctx.db)).map(({ path: _, target: __, ...job }) => job)),

  /** What was done stays. */
  cancel: marketer.input(z.object({ id: jobId })).mutation(async ({ ctx, input }) => {
    const done = await endBulk(ctx.db, { id: input.id, status: 'cancelled', at: ctx.clock.now() })
    if (!done) throw fail('CONFLICT', 'This job is over already.')
  }),
})
