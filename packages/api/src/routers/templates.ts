import {
  appendAudit,
  archiveTemplate,
  carriedNames,
  createTemplate,
  findPeople,
  listFields,
  listTemplates,
  saveTemplate,
  type TemplateText,
  templateById,
} from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { procedureFor, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'sales_manager', 'reviewer')
const marketer = procedureFor('admin', 'marketer')

const id = z.string().min(1).max(64)
const contactId = z.number().int().positive().max(Number.MAX_SAFE_INTEGER).nullable()
const name = z.string().trim().min(1, 'Write a name for the message.').max(100, 'The name is longer than 100 letters. Shorten it.')

/** The same limits as the template compiler's: sizes are checked before anything is made of a text. */
const text = z.object({
  subject: z.string().max(500, 'The subject is longer than 500 letters. Shorten it.'),
  preheader: z.string().max(500, 'The preview line is longer than 500 letters. Shorten it.'),
  body: z.string().max(500_000, 'The body is longer than 500,000 letters. Shorten it.'),
  text: z.string().max(200_000, 'The text part is longer than 200,000 letters. Shorten it.'),
  purpose: z.enum(['marketing', 'transactional']),
})

const PEOPLE = 8
const EMPTY =
  '<mjml>\n  <mj-body>\n    <mj-section>\n      <mj-column>\n        <mj-text></mj-text>\n      </mj-column>\n    </mj-section>\n    <mj-raw>{{ footer }}</mj-raw>\n  </mj-body>\n</mjml>\n'

/** Mails as their authors write them. */
export const templatesRouter = router({
  list: reader
    .input(z.object({ archived: z.boolean().default(false) }).prefault({}))
    .query(({ ctx, input }) => listTemplates(ctx.db, input)),

  get: reader.input(z.object({ id })).query(async ({ ctx, input }) => {
    const row = await templateById(ctx.db, input.id)
    if (!row) throw fail('NOT_FOUND', 'There is no such message any more. Go back to the list.')
    return row
  }),

  /** What a mail can show of a person, of what their passage carries and of us, for the menu of the editor. */
  variables: reader.query(async ({ ctx }) => [
    ...(await listFields(ctx.db)).map(({ key, label }) => ({ group: 'Person' as const, label, variable: `contact.${key}` })),
    ...(await carriedNames(ctx.db)).map((it) => ({ group: 'Carried' as const, label: it, variable: `carried.${it}` })),
    { group: 'Us' as const, label: 'Workspace name', variable: 'workspace.name' },
    { group: 'Us' as const, label: 'Postal address', variable: 'workspace.postalAddress' },
    { group: 'Us' as const, label: 'Unsubscribe address', variable: 'unsubscribe_url' },
    { group: 'Us' as const, label: 'Footer', variable: 'footer' },
  ]),

  starters: reader.query(({ ctx }) => ctx.services.mail.starters()),

  /** Makes a message: from a layout, as a copy of another, or nearly empty. */
  create: marketer
    .input(
      z.object({
        name,
        from: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('starter'), id }),
          z.object({ kind: z.literal('copy'), id }),
          z.object({ kind: z.literal('empty') }),
        ]),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const textOf = async (): Promise<TemplateText> => {
        const { from } = input
        if (from.kind === 'empty') return { subject: '', preheader: '', body: EMPTY, text: '', purpose: 'marketing' }
        if (from.kind === 'starter') {
          const starter = (await ctx.services.mail.starters()).find((one) => one.id === from.id)
          if (!starter) throw fail('NOT_FOUND', 'There is no such layout. Reload the page.')
          return starter.source
        }
        const copied = await templateById(ctx.db, from.id)
        if (!copied) throw fail('NOT_FOUND', 'The message to copy was removed. Reload the list.')
        return copied
      }
      const made = await textOf()
      const at = ctx.clock.now()
      const madeId = await ctx.db.transaction(async (tx) => {
        const newId = await createTemplate(tx, { name: input.name, text: made, by: ctx.user.id, at })
        const detail = { name: input.name, from: input.from }
        await appendAudit(tx, { at, actor: ctx.user, action: 'template.made', subject: { kind: 'template', id: newId }, detail })
        return newId
      })
      ctx.services.nudge()
      return { id: madeId }
    }),

  /**
   * Saves a new version. A text with mistakes is not saved: they are the answer, each with its place. What flows send from now on is the
   * new version, since mails are made when they go out.
   */
  save: marketer.input(z.object({ id, name, text, from: z.number().int().min(1) })).mutation(async ({ ctx, input }) => {
    const { problems } = await ctx.services.mail.check(input.text)
    if (problems.length > 0) return { saved: false as const, problems }
    const at = ctx.clock.now()
    const version = await ctx.db.transaction(async (tx) => {
      const done = await saveTemplate(tx, { ...input, by: ctx.user.id, at })
      if (done === 'unknown') throw fail('NOT_FOUND', 'This message was put away meanwhile. Copy your text, and go back to the list.')
      if ('conflict' in done) {
        const who = done.conflict.by ?? 'Somebody'
        throw fail('CONFLICT', `${who} saved this message meanwhile. Copy what you changed, reload, and put it in again.`)
      }
      const detail = { name: input.name, version: done.version }
      await appendAudit(tx, { at, actor: ctx.user, action: 'template.saved', subject: { kind: 'template', id: input.id }, detail })
      return done.version
    })
    ctx.services.nudge()
    return { saved: true as const, version }
  }),

  /** A text as a person would get it, saved or not. A mutation, since texts do not fit into an address. */
  preview: reader.input(z.object({ text, contactId })).mutation(({ ctx, input }) => ctx.services.mail.preview(input.text, input.contactId)),

  /** People to preview with: the newest, or those whose address begins with what was typed. */
  people: reader.input(z.object({ text: z.string().trim().max(254) })).query(({ ctx, input }) => findPeople(ctx.db, input.text, PEOPLE)),

  /** Sends the text to whoever asks, filled with somebody's data. */
  test: marketer.input(z.object({ text, templateId: id.nullable(), contactId })).mutation(async ({ ctx, input }) => {
    const done = await ctx.services.mail.sendTest({ ...input, to: ctx.user })
    if (done.result === 'refused') throw fail('BAD_REQUEST', done.why)
    return done
  }),

  /** Puts a message away, unless a flow that runs sends it. */
  archive: marketer.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      const row = await templateById(tx, input.id)
      if (!row) throw fail('NOT_FOUND', 'There is no such message any more. Reload the list.')
      const [live] = row.uses.filter((use) => use.live)
      if (live)
        throw fail('CONFLICT', `The flow ${live.name} sends this message. Take it out of the flow and publish, or stop the flow, first.`)
      if (!(await archiveTemplate(tx, { id: input.id, by: ctx.user.id, at, archived: true }))) return
      const subject = { kind: 'template', id: input.id }
      await appendAudit(tx, { at, actor: ctx.user, action: 'template.archived', subject, detail: { name: row.name } })
    })
  }),

  restore: marketer.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      if (!(await archiveTemplate(tx, { id: input.id, by: ctx.user.id, at, archived: false }))) return
      await appendAudit(tx, { at, actor: ctx.user, action: 'template.restored', subject: { kind: 'template', id: input.id } })
    })
  }),
})
