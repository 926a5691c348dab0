import { addField, appendAudit, changeField, type FieldRow, listFields, removeField, type Sql, type Uses, usesOfField } from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { procedureFor, procedureForAll, router } from '../trpc.ts'
import { mustBeUnused } from '../uses.ts'

const marketer = procedureFor('admin', 'marketer')

const label = z.string().trim().min(1, 'Write a name for the field.').max(100, 'The name is longer than 100 letters. Shorten it.')
const options = z
  .array(z.string().trim().min(1, 'An option needs a name.').max(200))
  .max(200, 'A list has at most 200 options.')
  .refine((list) => new Set(list.map((it) => it.toLowerCase())).size === list.length, 'An option stands there twice. Remove one.')
const type = z.enum(['text', 'number', 'boolean', 'date', 'datetime', 'choice', 'tags'])
const key = z.string().min(1).max(64)

const plural = (n: number, one: string, many: string) => `${n >= 1000 ? 'more than 1,000' : n} ${n === 1 ? one : many}`

/** "2 segments (Anglers, Bakers), 1 flow (Webinar) and 12 people" — empty when nothing uses it. */
function usesWords({ segments, flows, contacts }: Uses): string {
  const named = (list: readonly { name: string }[]) => ` (${list.map((it) => it.name).join(', ')})`
  const parts = [
    segments.length > 0 ? `${plural(segments.length, 'segment', 'segments')}${named(segments)}` : '',
    flows.length > 0 ? `${plural(flows.length, 'flow', 'flows')}${named(flows)}` : '',
    contacts > 0 ? plural(contacts, 'person has a value', 'people have a value') : '',
  ].filter((it) => it !== '')
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

async function ownField(tx: Sql, wanted: string): Promise<FieldRow> {
  const field = (await listFields(tx)).find((it) => it.key === wanted)
  if (!field) throw fail('NOT_FOUND', 'This field was removed meanwhile. Reload the page.')
  if (field.system) throw fail('CONFLICT', `${field.label} is a field of every workspace. It stays as it is.`)
  return field
}

/** Fields of contacts. */
export const fieldsRouter = router({
  list: procedureForAll.query(({ ctx }) => listFields(ctx.db)),

  /** Where a field is used: what has to go before it can be removed or get another type. */
  uses: marketer.input(z.object({ key })).query(({ ctx, input }) => usesOfField(ctx.db, input.key)),

  create: marketer
    .input(z.object({ label, type, options: options.optional(), afterOutcome: z.boolean().default(false) }))
    .mutation(async ({ ctx, input }) => {
      if (input.type === 'choice' && (input.options ?? []).length === 0)
        throw fail('BAD_REQUEST', 'Write at least one option for the list.')
      const at = ctx.clock.now()
      const added = await ctx.db.transaction(async (tx) => {
        const made = await addField(tx, input, at)
        if (made === 'taken') throw fail('CONFLICT', `There is a field like “${input.label}” already. Use it, or choose another name.`)
        await appendAudit(tx, { at, actor: ctx.user, action: 'field.made', subject: { kind: 'field', id: made.key }, detail: { ...input } })
        return made
      })
      ctx.services.nudge()
      return added
    }),

  /** A type stays once the field is used; an option stays while people have it or conditions may ask for it. */
  change: marketer
    .input(z.object({ key, label, type, options: options.nullable().default(null), afterOutcome: z.boolean() }))
    .mutation(async ({ ctx, input }) => {
      await ctx.db.transaction(async (tx) => {
        const field = await ownField(tx, input.key)
        if ((await listFields(tx)).some((it) => it.key !== input.key && it.label.toLowerCase() === input.label.toLowerCase()))
          throw fail('CONFLICT', `Another field is called “${input.label}”. Choose another name.`)
        if (input.type === 'choice' && (input.options ?? []).length === 0)
          throw fail('BAD_REQUEST', 'Write at least one option for the list.')
        const gone = (field.options ?? []).filter((it) => !input.options?.includes(it))
        if (input.type !== field.type || gone.length > 0) {
          const used = usesWords(await usesOfField(tx, input.key))
          const what = input.type !== field.type ? `The type of ${field.label} stays` : `The option “${gone[0]}” stays`
          if (used !== '') throw fail('CONFLICT', `${what}: it is used by ${used}. Make a new field instead.`)
        }
        await changeField(tx, input.key, input)
        const { key: id, ...detail } = input
        await appendAudit(tx, { at: ctx.clock.now(), actor: ctx.user, action: 'field.changed', subject: { kind: 'field', id }, detail })
      })
      ctx.services.nudge()
    }),

  remove: marketer.input(z.object({ key })).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction(async (tx) => {
      const field = await ownField(tx, input.key)
      const used = usesWords(await usesOfField(tx, input.key))
      if (used !== '') throw fail('CONFLICT', `${field.label} stays: it is used by ${used}.`)
      await mustBeUnused(tx, { kind: 'field', id: input.key, name: field.label })
      await removeField(tx, input.key)
      const subject = { kind: 'field', id: input.key }
      await appendAudit(tx, {
        at: ctx.clock.now(),
        actor: ctx.user,
        action: 'field.removed',
        subject,
        detail: { label: field.label, type: field.type },
      })
    })
    ctx.services.nudge()
  }),
})
