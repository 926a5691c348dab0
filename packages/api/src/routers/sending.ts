import {
  appendAudit,
  breakerOf,
  flowById,
  flowRates,
  paceOf,
  peakArrivals,
  scanSpeed,
  sendingOf,
  setBreaker,
  updateWorkspace,
  workspaceSettings,
} from '@baton/db'
import { parseTimeOfDay } from '@baton/leads'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { currentCatalog } from '../flows/catalog.ts'
import { landmarks } from '../flows/graph.ts'
import { mailsEach } from '../sending/reach.ts'
import { procedureFor, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'sales_manager', 'reviewer')
const author = procedureFor('admin', 'marketer')
const admin = procedureFor('admin')

const id = z.string().min(1).max(64)
const time = z.string().refine((it) => parseTimeOfDay(it) !== undefined, 'Give the time of day, such as 21:00.')
const share = z.number().min(0, 'A share is from 0 to 100 per cent.').max(100, 'A share is from 0 to 100 per cent.').nullable()

const limits = z.object({
  mailsPerHour: z.int('A whole number of mails.').min(1, 'At least 1 mail an hour, or empty for no limit.').max(10_000_000).nullable(),
  bounces: share,
  complaints: share,
  unsubscribes: share,
  minimum: z.int('A whole number of mails.').min(1, 'At least 1 mail.').max(1_000_000),
})

const cap = z.object({
  count: z.int('A whole number of mails.').min(1, 'At least 1 mail.').max(1_000),
  hours: z.int('A whole number of hours.').min(1, 'At least 1 hour.').max(720, 'At most 30 days.'),
})

const perMinute = z.int('A whole number of mails.').min(1, 'At least 1 mail a minute, or empty for no limit.').max(100_000).nullable()
const atOnce = z.int('A whole number of mails.').min(1, 'At least 1 mail at a time.').max(100, 'At most 100 mails at a time.')
const each = z.object({ connections: atOnce, perMinute })

const pace = z.object({
  connections: atOnce,
  each,
  domains: z
    .array(
      each.extend({
        domain: z
          .string()
          .trim()
          .toLowerCase()
          .regex(/^(?=.{1,253}$)[^\s@./]+(\.[^\s@./]+)+$/, 'Write a domain such as example.com.'),
      }),
    )
    .max(200, 'At most 200 domains.')
    .refine((list) => new Set(list.map((it) => it.domain)).size === list.length, 'A domain stands here twice. Remove one.'),
})

const settings = z.object({
  caps: z.array(cap).max(5, 'At most five limits.'),
  quiet: z
    .object({ from: time, to: time })
    .refine((it) => it.from !== it.to, { message: 'Quiet hours begin and end at different times.', path: ['to'] })
    .nullable(),
  breaker: limits,
  unknown: z.enum(['keep', 'repeat']),
  pace,
})

const GONE = 'This flow is not there any more. Go back to the list.'
const DAY = 86_400_000

/** The rules for mail: of the workspace, and the limits of single flows. */
export const sendingRouter = router({
  settings: reader.query(async ({ ctx }) => {
    const settings = await workspaceSettings(ctx.db)
    return { ...sendingOf(settings), pace: paceOf(settings) }
  }),

  change: admin.input(settings.partial()).mutation(async ({ ctx, input }) => {
    const change = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
    await ctx.db.transaction(async (tx) => {
      const before = sendingOf(await workspaceSettings(tx))
      await updateWorkspace(tx, { sending: { ...before, ...change } })
      const subject = { kind: 'workspace', id: '1' }
      await appendAudit(tx, { at: ctx.clock.now(), actor: ctx.user, action: 'sending.changed', subject, detail: change })
    })
    ctx.services.nudge()
  }),

  /** How the mails of a flow fare, its limits, and why it was paused by itself. */
  flow: reader.input(z.object({ flowId: id })).query(async ({ ctx, input }) => {
    const found = await breakerOf(ctx.db, input.flowId)
    if (!found) throw fail('NOT_FOUND', GONE)
    const house = sendingOf(await workspaceSettings(ctx.db)).breaker
    const [rates] = await flowRates(ctx.db, { flowId: input.flowId, now: ctx.clock.now() })
    const { lastHour, mails, bounced, complained, unsubscribed } = rates ?? NO_MAILS
    return {
      rates: { lastHour, mails, bounced, complained, unsubscribed },
      limits: found.breaker ?? house,
      own: found.breaker,
      house,
      tripped: found.status === 'paused' ? found.tripped : null,
    }
  }),

  /** Gives a flow limits of its own; null: those of the workspace. */
  setLimits: author.input(z.object({ flowId: id, limits: limits.nullable() })).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction(async (tx) => {
      if (!(await setBreaker(tx, { id: input.flowId, breaker: input.limits }))) throw fail('NOT_FOUND', GONE)
      const subject = { kind: 'flow', id: input.flowId }
      await appendAudit(tx, { at: ctx.clock.now(), actor: ctx.user, action: 'flow.limits', subject, detail: { limits: input.limits } })
    })
  }),

  /** What a draft may send within an hour at most: mails for each person, people who come in, and how fast. */
  reach: reader.input(z.object({ flowId: id })).query(async ({ ctx, input }) => {
    const flow = await flowById(ctx.db, input.flowId)
    if (!flow) throw fail('NOT_FOUND', GONE)
    const catalog = await currentCatalog(ctx.db)
    const purpose = new Map(catalog.templates.map((it) => [it.id, it.purpose]))
    const { entries } = landmarks(flow.draft)
    const from = ctx.clock.now() - 7 * DAY
    const found = await breakerOf(ctx.db, input.flowId)
    const house = sendingOf(await workspaceSettings(ctx.db)).breaker
    return {
      mailsEach: mailsEach(flow.draft, (it) => purpose.get(it) ?? 'marketing', catalog.sending),
      /** People who came in within the busiest hour of the last week. */
      arrivals: await peakArrivals(ctx.db, { flowId: input.flowId, nodes: [...entries], from }),
      /** People a pass lets in within an hour, as measured; null while none was long enough to tell. */
      speed: await scanSpeed(ctx.db),
      limit: (found?.breaker ?? house).mailsPerHour,
    }
  }),
})

const NO_MAILS = { lastHour: 0, mails: 0, bounced: 0, complained: 0, unsubscribed: 0 }
