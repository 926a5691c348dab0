import {
  addForm,
  appendAudit,
  archiveForm,
  changeForm,
  countFormAnswers,
  type FormRow,
  formById,
  listFields,
  listForms,
  offeredTopics,
  recentFormAnswers,
  restoreForm,
  type Sql,
  usedBy,
  workspaceSettings,
} from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { draftContent, formContent, mayAsk, mustFit } from '../forms/content.ts'
import { EMPTY, formHtml, pageHtml, sayHtml } from '../forms/html.ts'
import { viewOf } from '../forms/view.ts'
import { procedureFor, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'sales_manager', 'reviewer')
const marketer = procedureFor('admin', 'marketer')

const id = z.string().min(1).max(64)
const RECENT = 50

async function ownForm(sql: Sql, wanted: string): Promise<FormRow> {
  const form = await formById(sql, wanted)
  if (!form) throw fail('NOT_FOUND', 'There is no such form. Go back to the list.')
  return form
}

/** Forms on pages of our own and of sites: by which people tell who they are. */
export const formsRouter = router({
  list: reader
    .input(z.object({ archived: z.boolean().default(false) }).default({ archived: false }))
    .query(({ ctx, input }) => listForms(ctx.db, input)),

  /** A form, where it stands in the web, how often it was sent, and which flows begin with it. */
  get: reader.input(z.object({ id })).query(async ({ ctx, input }) => {
    const form = await ownForm(ctx.db, input.id)
    const [answers, uses] = await Promise.all([countFormAnswers(ctx.db, form.id), usedBy(ctx.db, { kind: 'form', id: form.id })])
    const address = `${ctx.services.system().baseUrl}/f/${form.id}`
    return { ...form, answers, uses, address }
  }),

  /** Who sent it last, with what they wrote. */
  recent: reader.input(z.object({ id })).query(({ ctx, input }) => recentFormAnswers(ctx.db, input.id, RECENT)),

  /** What a form can ask for: fields of contacts, and topics to agree to. */
  choices: reader.query(async ({ ctx }) => ({
    fields: (await listFields(ctx.db)).filter(mayAsk),
    topics: await offeredTopics(ctx.db),
  })),

  /** The page of a form that may not be saved yet, and what stands there once it was sent. */
  preview: reader.input(draftContent).mutation(async ({ ctx, input }) => {
    const { senderName, name } = await workspaceSettings(ctx.db)
    const from = senderName || name
    const view = viewOf(input, await listFields(ctx.db), from)
    const { thanks } = input
    return {
      form: pageHtml(view.title, formHtml(view, { action: '', mark: '', filled: EMPTY })),
      thanks: thanks.kind === 'text' ? pageHtml(view.title, sayHtml('Thank you', thanks.text, from)) : null,
    }
  }),

  create: marketer.input(formContent).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    const made = await ctx.db.transaction(async (tx) => {
      await mustFit(tx, input)
      const formId = await addForm(tx, { ...input, by: ctx.user.id, at })
      await appendAudit(tx, { at, actor: ctx.user, action: 'form.made', subject: { kind: 'form', id: formId }, detail: { ...input } })
      return formId
    })
    return { id: made }
  }),

  /** `rev` is the one the caller saw: nobody's change is lost unseen. */
  change: marketer.input(formContent.extend({ id, rev: z.int() })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    const { id: formId, rev, ...content } = input
    await ctx.db.transaction(async (tx) => {
      await mustFit(tx, content)
      const done = await changeForm(tx, formId, rev, { ...content, by: ctx.user.id, at })
      if (!done) throw fail('CONFLICT', 'Somebody changed this form meanwhile. Reload it, then change it again.')
      await appendAudit(tx, { at, actor: ctx.user, action: 'form.changed', subject: { kind: 'form', id: formId }, detail: content })
    })
  }),

  /** Puts a form away: its page takes no answers any more. One that flows begin with stays. */
  remove: marketer.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      const { name } = await ownForm(tx, input.id)
      const users = await usedBy(tx, { kind: 'form', id: input.id })
      if (users.length > 0) throw fail('CONFLICT', `${name} stays: it is used by ${users.map((it) => it.name).join(', ')}.`)
      if (!(await archiveForm(tx, input.id, at))) throw fail('CONFLICT', 'This form was put away already. Reload the list.')
      await appendAudit(tx, { at, actor: ctx.user, action: 'form.removed', subject: { kind: 'form', id: input.id }, detail: { name } })
    })
  }),

  restore: marketer.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      const { name } = await ownForm(tx, input.id)
      if (!(await restoreForm(tx, input.id))) throw fail('CONFLICT', 'This form is in use. Reload the list.')
      await appendAudit(tx, { at, actor: ctx.user, action: 'form.restored', subject: { kind: 'form', id: input.id }, detail: { name } })
    })
  }),
})
