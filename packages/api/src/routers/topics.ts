import {
  appendAudit,
  appendItems,
  archiveTopic,
  consentHistory,
  consentsOf,
  listTopics,
  messagesOfTopic,
  saveTopic,
  setTemplateTopic,
  topicUses,
} from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { procedureFor, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'sales_manager', 'reviewer')
const marketer = procedureFor('admin', 'marketer')

const id = z.string().min(1).max(64)
const contactId = z.int().positive()

const topic = z.object({
  id: id.optional(),
  name: z.string().trim().min(1, 'Write a name for the topic.').max(80, 'The name is longer than 80 letters. Shorten it.'),
  description: z.string().trim().max(200, 'The line for readers is longer than 200 letters. Shorten it.').default(''),
  doubleOptIn: z.boolean().default(false),
})

/** What people agree to get mail about, and who agreed to what. */
export const topicsRouter = router({
  list: reader.input(z.object({ archived: z.boolean().default(false) }).prefault({})).query(({ ctx, input }) => listTopics(ctx.db, input)),

  /** With how many messages and people each has; counts everybody, so only the page of topics asks. */
  uses: reader.query(({ ctx }) => topicUses(ctx.db)),

  /** Makes a topic, or changes one. */
  save: marketer.input(topic).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    return ctx.db.transaction(async (tx) => {
      const saved = await saveTopic(tx, { ...input, at })
      if (saved === 'taken') throw fail('CONFLICT', `There is a topic called “${input.name}” already. Choose another name.`)
      if (saved === 'unknown') throw fail('NOT_FOUND', 'This topic is not there any more. Reload the page.')
      const action = input.id === undefined ? 'topic.made' : 'topic.changed'
      const { name, description, doubleOptIn } = input
      await appendAudit(tx, {
        ...{ at, actor: ctx.user, action },
        subject: { kind: 'topic', id: saved },
        detail: { name, description, doubleOptIn },
      })
      return { id: saved }
    })
  }),

  /** Puts a topic away: nobody is asked about it any more. Refused while messages go out under it. */
  archive: marketer.input(z.object({ id, archived: z.boolean() })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      const [first, ...more] = input.archived ? await messagesOfTopic(tx, input.id) : []
      if (first) {
        const others = more.length === 0 ? '' : ` and ${more.length} more`
        throw fail('CONFLICT', `The message ${first.name}${others} goes out under this topic. Give it another topic first.`)
      }
      if (!(await archiveTopic(tx, { ...input, at })))
        throw fail('CONFLICT', 'The general topic stays, or this was done already. Reload the page.')
      const action = input.archived ? 'topic.archived' : 'topic.restored'
      await appendAudit(tx, { at, actor: ctx.user, action, subject: { kind: 'topic', id: input.id } })
    })
  }),

  /** Under which topic a message goes out; null: the general one. */
  ofMessage: marketer.input(z.object({ templateId: id, topicId: id.nullable() })).mutation(async ({ ctx, input }) => {
    const { templateId } = input
    // The general topic is what a message without one goes out under.
    const topicId = input.topicId === 'marketing' ? null : input.topicId
    await ctx.db.transaction(async (tx) => {
      if (topicId !== null && !(await listTopics(tx)).some((it) => it.id === topicId))
        throw fail('BAD_REQUEST', 'This topic was put away. Choose another.')
      if (!(await setTemplateTopic(tx, { templateId, topicId })))
        throw fail('NOT_FOUND', 'There is no such message any more. Reload the page.')
      const subject = { kind: 'template', id: templateId }
      await appendAudit(tx, { at: ctx.clock.now(), actor: ctx.user, action: 'template.topic', subject, detail: { topicId } })
    })
    ctx.services.nudge()
  }),

  /** What somebody agreed to, topic by topic, and everything they said, the newest first. */
  ofContact: reader.input(z.object({ contactId })).query(async ({ ctx, input }) => {
    const consents = await consentsOf(ctx.db, input.contactId)
    if (!consents) throw fail('NOT_FOUND', 'There is no such person any more. Go back to the list.')
    const topics = await listTopics(ctx.db, { archived: true })
    return {
      topics: topics
        .filter((it) => !it.archived || consents.has(it.id))
        .map(({ id: topicId, name, archived }) => ({ id: topicId, name, archived, given: consents.get(topicId) ?? null })),
      history: await consentHistory(ctx.db, input.contactId),
    }
  }),

  /** Records what somebody said to us, with who recorded it and from where it is known. */
  record: marketer
    .input(z.object({ contactId, topic: id, given: z.boolean(), note: z.string().trim().max(200).default('') }))
    .mutation(async ({ ctx, input }) => {
      const at = ctx.clock.now()
      const name = input.note === '' ? ctx.user.name : `${ctx.user.name}: ${input.note}`
      await ctx.db.transaction(async (tx) => {
        if (!(await consentsOf(tx, input.contactId))) throw fail('NOT_FOUND', 'There is no such person any more. Go back to the list.')
        if (!(await listTopics(tx, { archived: true })).some((it) => it.id === input.topic))
          throw fail('BAD_REQUEST', 'There is no such topic. Reload the page.')
        const source = { kind: 'user' as const, id: ctx.user.id, name }
        await appendItems(tx, [
          { contactId: input.contactId, item: { kind: 'consent', at, topic: input.topic, given: input.given, source } },
        ])
        const action = input.given ? 'consent.given' : 'consent.withdrawn'
        const subject = { kind: 'contact', id: String(input.contactId) }
        await appendAudit(tx, { at, actor: ctx.user, action, subject, detail: { topic: input.topic } })
      })
      ctx.services.nudge()
    }),
})
