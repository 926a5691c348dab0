import { type FieldRow, type FormContent, listFields, offeredTopics, type Sql } from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { siteOrigin } from '../origin.ts'

const unique = <T>(list: readonly T[], of: (one: T) => string) => new Set(list.map(of)).size === list.length
const short = (what: string, most: number) => z.string().trim().max(most, `${what} is longer than ${most} letters. Shorten it.`)

const target = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol), {
    message: 'Write the whole address of the page, like https://www.example.com/thanks.',
  })

/** What an author decides about a form, as it comes in. */
export const formContent = z.object({
  name: z.string().trim().min(1, 'Write a name for the form.').max(100, 'The name is longer than 100 letters. Shorten it.'),
  title: short('The title', 200),
  intro: short('The text', 2000),
  button: short('The button', 60),
  fields: z
    .array(
      z.object({
        key: z.string().min(1).max(64),
        label: short('A label', 200),
        required: z.boolean(),
        placeholder: short('An example', 200),
      }),
    )
    .max(40, 'A form asks for at most 40 fields.')
    .refine((list) => unique(list, (it) => it.key), 'A field stands there twice. Remove one.'),
  topics: z
    .array(
      z.object({
        topic: z.string().min(1).max(64),
        label: z.string().trim().min(1, 'Write what people agree to beside each box.').max(500),
      }),
    )
    .max(20)
    .refine((list) => unique(list, (it) => it.topic), 'A topic stands there twice. Remove one.'),
  confirm: z.boolean(),
  mayUpdate: z.boolean(),
  thanks: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string().trim().min(1, 'Write what people read once they have sent it.').max(2000) }),
    z.object({ kind: z.literal('redirect'), url: target }),
  ]),
  origins: z.array(siteOrigin).max(50, 'A form stands on at most 50 sites.'),
})

const text = (most: number) => z.string().max(most)

/** As much of a form as its page shows, while it is still being written. */
export const draftContent = z.object({
  name: text(100),
  title: text(200),
  intro: text(2000),
  button: text(60),
  fields: z.array(z.object({ key: text(64), label: text(200), required: z.boolean(), placeholder: text(200) })).max(40),
  topics: z.array(z.object({ topic: text(64), label: text(500) })).max(20),
  thanks: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: text(2000) }),
    z.object({ kind: z.literal('redirect'), url: text(2000) }),
  ]),
})

const ASKED: ReadonlySet<string> = new Set(['text', 'number', 'boolean', 'date', 'datetime', 'choice', 'tags'])

/** Whether a form can ask for a field: one value, written or chosen. */
export const mayAsk = (field: Pick<FieldRow, 'type'>): boolean => ASKED.has(field.type)

/** @throws TRPCError naming the first thing that does not fit, and what to do about it */
export async function mustFit(sql: Sql, content: FormContent): Promise<void> {
  const fields = new Map((await listFields(sql)).map((it) => [it.key, it]))
  for (const { key } of content.fields) {
    const field = fields.get(key)
    if (!field) throw fail('BAD_REQUEST', 'The form asks for a field that was removed. Take it out.')
    if (!mayAsk(field)) throw fail('BAD_REQUEST', `${field.label} is a list and cannot be asked for. Take it out.`)
  }
  const email = content.fields.find((it) => it.key === 'email')
  if (!email?.required) throw fail('BAD_REQUEST', 'A form needs the e-mail address, and it must be filled in: it says who this is.')
  const topics = new Set((await offeredTopics(sql)).map((it) => it.id))
  if (content.topics.some((it) => !topics.has(it.topic)))
    throw fail('BAD_REQUEST', 'The form offers a topic that was removed. Take it out.')
}
