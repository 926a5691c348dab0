import {
  appendAudit,
  arrivalsByDay,
  cancelScan,
  countWays,
  flowById,
  listScans,
  nodeCounts,
  parkedAt,
  peopleAt,
  refusedAt,
  resumeScan,
  runnerLag,
  standStill,
} from '@baton/db'
import { UNDECIDED } from '@baton/engine'
import { experimentResult } from '@baton/leads'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { currentCatalog } from '../flows/catalog.ts'
import { comparisonAt, landmarks } from '../flows/graph.ts'
import { procedureFor, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'reviewer', 'sales_manager')
const author = procedureFor('admin', 'marketer')
const flow = z.object({ flowId: z.string().min(1).max(64) })

const PAGE = 50
const SCAN = 10_000
const DAY = 86_400_000
/** Days for which the live view tells who was not let in. */
const REFUSED_SHOWN = 7

/** What happens inside a flow now. */
export const liveRouter = router({
  /** Per node: who came, who left by which port, who is here, for whom a case could not be decided; entered in the last 24 hours; how far the runner is behind. */
  counts: reader.input(flow).query(async ({ ctx, input }) => {
    const now = ctx.clock.now()
    const found = await flowById(ctx.db, input.flowId)
    if (!found) throw fail('NOT_FOUND', 'This flow is not there any more. Go back to the list.')
    const nodes: Record<string, { passed: number; here: number; undecided: number; ports: Record<string, number> }> = {}
    for (const { node, port, n } of await nodeCounts(ctx.db, input.flowId)) {
      const count = nodes[node] ?? { passed: 0, here: 0, undecided: 0, ports: {} }
      nodes[node] = count
      if (port === '') {
        count.passed += n
        count.here += n
      } else if (port === UNDECIDED) count.undecided += n
      else {
        count.here -= n
        count.ports[port] = n
      }
    }
    const { entries } = landmarks(found.liveGraph ?? found.draft)
    const arrivals = await arrivalsByDay(ctx.db, { flowId: input.flowId, from: now - DAY })
    const enteredToday = arrivals.filter(({ node }) => entries.has(node)).reduce((sum, { n }) => sum + n, 0)
    const inside = Object.values(nodes).reduce((sum, { here }) => sum + here, 0)
    return { at: now, nodes, inside, enteredToday, lagMs: await runnerLag(ctx.db, now) }
  }),

  /** Who stands still with an error, per node. */
  parked: reader.input(flow).query(async ({ ctx, input }) => {
    const rows = await parkedAt(ctx.db, input.flowId)
    return Object.fromEntries(rows.map(({ node, n }) => [node, n]))
  }),

  /** People at a node, fifty at a time; `next` is what to ask for after these, null at the end. */
  people: reader
    .input(
      flow.extend({
        node: z.string().min(1).max(400),
        who: z.enum(['here', 'parked', 'passed']).default('here'),
        cursor: z.object({ bucket: z.number().int(), id: z.number().int() }).nullish(),
      }),
    )
    .query(async ({ ctx, input }) => {
      const rows = await peopleAt(ctx.db, { ...input, after: input.cursor ?? undefined, limit: PAGE })
      const last = rows.at(-1)
      const next = rows.length === PAGE && last ? { bucket: last.enrolmentId % 1024, id: last.enrolmentId } : null
      return { rows, next }
    }),

  /** Who was at the door in the last days and was not let in: how many, by reason, and the latest of them. */
  notLetIn: reader.input(flow).query(({ ctx, input }) => {
    const since = ctx.clock.now() - REFUSED_SHOWN * DAY
    return refusedAt(ctx.db, { flowId: input.flowId, since, limit: PAGE })
  }),

  /** Everybody who stands still with an error, at whatever step: ten thousand passages are looked through at a time. */
  standStill: reader
    .input(flow.extend({ cursor: z.object({ bucket: z.number().int(), id: z.number().int() }).nullish() }))
    .query(({ ctx, input }) => standStill(ctx.db, { flowId: input.flowId, after: input.cursor ?? undefined, scan: SCAN })),

  /** What became of the people whom chance sent different ways at a step: per way, against the hold-out or the first. */
  comparison: reader.input(flow.extend({ node: z.string().min(1).max(400) })).query(async ({ ctx, input }) => {
    const found = await flowById(ctx.db, input.flowId)
    const compared = found && comparisonAt(found.liveGraph ?? found.draft, input.node)
    if (!compared) throw fail('NOT_FOUND', 'This step is not part of the live version any more. Reload the flow.')
    const counts = await countWays(ctx.db, { ...input, goal: compared.goal, catalog: await currentCatalog(ctx.db), now: ctx.clock.now() })
    const of = new Map(counts.map((it) => [it.way, it]))
    const tallies = compared.ways.map((way) => ({ ...way, people: of.get(way.id)?.people ?? 0, converted: of.get(way.id)?.converted ?? 0 }))
    const names = new Map(compared.ways.map((it) => [it.id, it.name]))
    return {
      goal: compared.goal && { type: compared.goal.type, days: compared.goal.days },
      ways: experimentResult(tallies).map((it) => ({ ...it, name: names.get(it.id) ?? '', open: of.get(it.id)?.open ?? 0 })),
    }
  }),

  /** Passes over many people: entering at publish, resuming, leaving at a stop. The newest first. */
  scans: reader.input(flow).query(({ ctx, input }) => listScans(ctx.db, { flowId: input.flowId })),

  /** Stops such a pass where it is; what it did stays. */
  cancelScan: author.input(z.object({ id: z.string().min(1).max(64) })).mutation(async ({ ctx, input }) => {
    const now = ctx.clock.now()
    const stopped = await ctx.db.transaction(async (tx) => {
      const scan = await cancelScan(tx, input.id, now)
      const subject = scan?.flowId ? { kind: 'flow', id: scan.flowId } : { kind: 'segment', id: scan?.segmentId ?? '' }
      const detail = { kind: scan?.kind, people: scan?.done }
      if (scan) await appendAudit(tx, { at: now, actor: ctx.user, action: 'flow.pass-stopped', subject, detail })
      return scan
    })
    if (!stopped) throw fail('CONFLICT', 'This was over already.')
  }),

  /** Goes on with letting people in where it was stopped. */
  resumeScan: author.input(z.object({ id: z.string().min(1).max(64) })).mutation(async ({ ctx, input }) => {
    const flowId = await ctx.db.transaction(async (tx) => {
      const id = await resumeScan(tx, input.id)
      const at = ctx.clock.now()
      if (id !== undefined) await appendAudit(tx, { at, actor: ctx.user, action: 'flow.pass-resumed', subject: { kind: 'flow', id } })
      return id
    })
    if (flowId === undefined) throw fail('CONFLICT', 'There is nothing to go on with: it runs, is over, or was begun anew since.')
    ctx.services.nudge()
  }),
})
