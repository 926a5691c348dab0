import {
  createFlow,
  flowById,
  listVersions,
  pauseChoice,
  reasonsOf,
  renameFlow,
  saveDraft,
  unnamedFlow,
  versionGraph,
  waitingLaunch,
} from '@baton/db'
import { checkFlow, collapseSubFlows, type FlowGraph } from '@baton/engine'
import { z } from 'zod'
import { exportBundle } from '../bundle/export.ts'
import { inspect, takeIn } from '../bundle/take-in.ts'
import { fail } from '../errors.ts'
import { catalogToCheck } from '../flows/beside.ts'
import { currentCatalog } from '../flows/catalog.ts'
import { contained } from '../flows/contained.ts'
import { copyOf } from '../flows/copy.ts'
import { mustDraw } from '../flows/editing.ts'
import { type FlowFile, fileInput, graphInput } from '../flows/graph.ts'
import { callOff, planAt, publishChoice, publishNow, reason } from '../flows/launch.ts'
import { flowLines } from '../flows/list.ts'
import { archive, pause, publishPreview, resume, rollOut, stop, unarchive } from '../flows/publish.ts'
import { acknowledge } from '../flows/warnings.ts'
import { evidenceOfVersion } from '../simulations/evidence.ts'
import { procedureFor, router } from '../trpc.ts'

const author = procedureFor('admin', 'marketer')
const reader = procedureFor('admin', 'marketer', 'reviewer', 'sales_manager')

const id = z.string().min(1).max(64)
const one = z.object({ id })
const share = z.number().min(0).max(1)
const name = z.string().trim().min(1, 'Write a name for the flow.').max(120, 'A name has at most 120 letters. Shorten it.')

const key = z.string().min(1).max(100)

const draftInput = z.object({ id, rev: z.number().int().min(0), graph: graphInput, tab: z.string().max(64).optional() })

const GONE = 'This flow is not there any more. Go back to the list.'
const empty: FlowGraph = {
  format: 1,
  nodes: [],
  edges: [],
  settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
}

/** Flows: drawing, publishing, standing still, stopping. What happens inside them is in `live`. */
export const flowsRouter = router({
  /** Every flow with its state, its problems and how busy it is; archived ones too. */
  list: reader.query(({ ctx }) => flowLines(ctx.db, ctx.clock.now())),

  /** What a step may refer to. */
  catalog: reader.query(({ ctx }) => catalogToCheck(ctx.db)),

  get: reader.input(one).query(async ({ ctx, input }) => {
    const flow = await flowById(ctx.db, input.id)
    if (!flow) throw fail('NOT_FOUND', GONE)
    const launch = await waitingLaunch(ctx.db, input.id)
    return { ...flow, launch: launch ? { dueAt: launch.dueAt, byName: launch.byName } : null }
  }),

  /** A published version as another flow may contain it. */
  contained: reader
    .input(z.object({ id, version: z.number().int().min(1) }))
    .query(async ({ ctx, input }) => contained(ctx.db, input, await currentCatalog(ctx.db))),

  /** Without a name it gets one that tells it apart from other unnamed ones. */
  create: author.input(z.object({ name: name.optional(), graph: graphInput.optional() })).mutation(async ({ ctx, input }) => {
    const graph = input.graph === undefined ? empty : copyOf(input.graph)
    const called = input.name ?? (await unnamedFlow(ctx.db))
    return { id: await createFlow(ctx.db, { name: called, graph, by: ctx.user, at: ctx.clock.now() }) }
  }),

  duplicate: author.input(one).mutation(async ({ ctx, input }) => {
    const flow = await flowById(ctx.db, input.id)
    if (!flow) throw fail('NOT_FOUND', GONE)
    const copy = `${flow.name.slice(0, 113)} (copy)`
    return { id: await createFlow(ctx.db, { name: copy, graph: copyOf(flow.draft), by: ctx.user, at: ctx.clock.now() }), name: copy }
  }),

  rename: author.input(z.object({ id, name })).mutation(async ({ ctx, input }) => {
    if (!(await renameFlow(ctx.db, { ...input, by: ctx.user, at: ctx.clock.now() }))) throw fail('NOT_FOUND', GONE)
  }),

  archive: author.input(one).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction((tx) => archive(tx, input.id, { user: ctx.user, now: ctx.clock.now() }))
  }),

  unarchive: author.input(one).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction((tx) => unarchive(tx, input.id, { user: ctx.user, now: ctx.clock.now() }))
  }),

  /**
   * Stores the draft if it is still the one of `rev`. Nothing is overwritten unseen.
   * `tab`: the page that draws, of `editing`.
   * @throws CONFLICT with who saved meanwhile, PRECONDITION_FAILED while somebody else draws; both are kept, and the editor asks
   */
  saveDraft: author.input(draftInput).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    const saved = await ctx.db.transaction(async (tx) => {
      await mustDraw(tx, { flowId: input.id, tab: input.tab, user: ctx.user, now: at })
      return saveDraft(tx, { ...input, by: ctx.user, at })
    })
    if (saved === 'unknown') throw fail('NOT_FOUND', GONE)
    if ('rev' in saved) return { rev: saved.rev, savedAt: at }
    const { by, rev } = saved.conflict
    if (rev === input.rev) throw fail('FORBIDDEN', 'This flow is archived. Take it out of the archive to change it.')
    throw fail('CONFLICT', `${by ?? 'Somebody'} changed this flow meanwhile. Your changes are kept here.`)
  }),

  /** Problems of a graph as the server sees them now. */
  check: reader
    .input(z.object({ graph: graphInput, id: id.optional() }))
    .query(async ({ ctx, input }) => checkFlow(input.graph, await catalogToCheck(ctx.db), { flowId: input.id, now: ctx.clock.now() })),

  /** What publishing would do: problems, changes, and how many people match now. */
  publishPreview: reader.input(one).query(async ({ ctx, input }) => {
    const flow = await flowById(ctx.db, input.id)
    if (!flow) throw fail('NOT_FOUND', GONE)
    return publishPreview(ctx.db, flow, await catalogToCheck(ctx.db), ctx.clock.now())
  }),

  /** Why warnings of the draft may stand, by the keys of the warnings. */
  reasons: reader.input(one).query(async ({ ctx, input }) => (await reasonsOf(ctx.db, input.id)) ?? {}),

  /** Says why a warning of the draft may stand; null takes it back. It holds as long as the warning is the same. */
  acknowledge: author.input(one.extend({ key, reason: reason.nullable() })).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction((tx) => acknowledge(tx, input, { user: ctx.user, now: ctx.clock.now() }))
  }),

  /** The published versions, the newest first: who, when, which warnings stood and why, and the simulation that was kept of each. */
  versions: reader.input(one).query(async ({ ctx, input }) => {
    const versions = await listVersions(ctx.db, input.id)
    return Promise.all(versions.map(async (it) => ({ ...it, simulation: await evidenceOfVersion(ctx.db, input.id, it.hash) })))
  }),

  /** A published version as it was drawn: to be looked at, compared, or taken back as a draft. */
  version: reader.input(z.object({ id, version: z.number().int().min(1) })).query(async ({ ctx, input }): Promise<{ graph: FlowGraph }> => {
    const graph = await versionGraph(ctx.db, input.id, input.version)
    if (!graph) throw fail('NOT_FOUND', 'This version is not there any more. Go back to the list.')
    return { graph: collapseSubFlows(graph) }
  }),

  /**
   * Needs the approvals that the workspace asks for. Every warning needs a reason: one of those that come along, or one that was given
   * before. `people`: what becomes of those on older versions, as `migration.plan` shows it; without it they stay on those.
   */
  publish: author.input(publishChoice).mutation(async ({ ctx, input }) => {
    const done = await publishNow(ctx.db, input, { user: ctx.user, now: ctx.clock.now() })
    ctx.services.nudge()
    return done
  }),

  /** The same at an instant, by the server: checks and approvals have to hold then. Another change of the draft stops it. */
  publishAt: author.input(publishChoice.extend({ dueAt: z.int().min(0).max(8.64e15) })).mutation(async ({ ctx, input }) => {
    await planAt(ctx.db, input, { user: ctx.user, now: ctx.clock.now() })
  }),

  /** Calls off a launch that waits for its instant. */
  callOff: author.input(one).mutation(({ ctx, input }) => callOff(ctx.db, input.id, { user: ctx.user, now: ctx.clock.now() })),

  /** Staged roll-out: the share of people that triggers let in. Whoever is inside stays. */
  setShare: author.input(z.object({ id, share })).mutation(async ({ ctx, input }) => {
    const catalog = await currentCatalog(ctx.db)
    await ctx.db.transaction((tx) => rollOut(tx, input, catalog, { user: ctx.user, now: ctx.clock.now() }))
    ctx.services.nudge()
  }),

  /** `choice`: what becomes of those who wait meanwhile. */
  pause: author.input(one.extend({ choice: z.enum(pauseChoice).default('freeze') })).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction((tx) => pause(tx, input.id, input.choice, { user: ctx.user, now: ctx.clock.now() }))
    ctx.services.nudge()
  }),

  resume: author.input(one).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction((tx) => resume(tx, input.id, { user: ctx.user, now: ctx.clock.now() }))
    ctx.services.nudge()
  }),

  /** `drain`: those inside go on to the end. `leave`: everybody leaves now, and unsent mail is taken back. */
  stop: author.input(z.object({ id, how: z.enum(['drain', 'leave']) })).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction((tx) => stop(tx, input.id, input.how, { user: ctx.user, now: ctx.clock.now() }))
    ctx.services.nudge()
  }),

  /** The draft as a file for another installation. */
  export: reader.input(one).query(async ({ ctx, input }): Promise<FlowFile> => {
    const flow = await flowById(ctx.db, input.id)
    if (!flow) throw fail('NOT_FOUND', GONE)
    return { baton: 'flow', name: flow.name, graph: flow.draft }
  }),

  /** The draft with everything it names, in one file. */
  bundle: reader.input(one).query(async ({ ctx, input }) => {
    const bundle = await exportBundle(ctx.db, input.id)
    if (!bundle) throw fail('NOT_FOUND', GONE)
    return bundle
  }),

  /** What a bundle would bring and where its flows would reach; nothing is done. */
  inspectBundle: author.input(z.object({ file: z.unknown() })).mutation(({ ctx, input }) => inspect(ctx, input.file)),

  /** Takes a bundle in: its flows arrive as drafts, what they name is made where it is missing. All or nothing. */
  importBundle: author.input(z.object({ file: z.unknown() })).mutation(({ ctx, input }) => takeIn(ctx, input.file)),

  /** Makes a draft of an exported flow, or of a bare graph. Faults are told with their path. */
  import: author.input(z.object({ name: name.optional(), file: fileInput })).mutation(async ({ ctx, input }) => {
    const title = input.name ?? input.file.name ?? 'Imported flow'
    const made = { name: title, graph: copyOf(input.file.graph), by: ctx.user, at: ctx.clock.now() }
    return { id: await createFlow(ctx.db, made), name: title }
  }),
})
