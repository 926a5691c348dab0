import { createHash, randomBytes } from 'node:crypto'
import { type Filled, type FormView, type RawAnswer, readAnswer, TRAP } from '@baton/api'
import { type FormRow, type Ids, listFields, offeredTopics, takeFormAnswer } from '@baton/db'
import { isFoldedType } from '@baton/engine'
import type { FormParts } from './parts.ts'

/** What became of an answer: to be looked at again, or taken. */
export type Outcome = { again: Filled } | { asked: boolean }

interface Sent {
  form: FormRow
  view: FormView
  raw: RawAnswer
  page: string
}

const short = (value: unknown, most: number): string | null =>
  typeof value === 'string' && value !== '' && value.length <= most ? value : null

/** A second press of the button sends the same once more; after a change it is another answer. */
function eventIdOf({ form, raw }: Sent): string {
  const mark = short(raw.mark, 64)
  if (mark === null) return `form/${randomBytes(12).toString('base64url')}`
  const same = JSON.stringify(Object.entries(raw).sort(([a], [b]) => (a < b ? -1 : 1)))
  return `form/${createHash('sha256').update(`${form.id} ${same}`).digest('base64url').slice(0, 22)}`
}

/** What was written, to be shown once more. */
function filledOf({ view, raw }: Sent, errors: Readonly<Record<string, string>>): Filled {
  const values: Record<string, string> = {}
  for (const { key } of view.fields) {
    const written = raw[`f.${key}`]
    if (typeof written === 'string') values[key] = written.slice(0, 2000)
  }
  return { values, errors, ticked: new Set(view.topics.filter(({ topic }) => raw[`t.${topic}`] !== undefined).map(({ topic }) => topic)) }
}

/** Reads an answer and takes it in. Whoever falls into the trap is thanked like everybody, and nothing is stored. */
export async function takeAnswer({ db, clock, nudge }: FormParts, ids: Ids, sent: Sent): Promise<Outcome> {
  const { form, view, raw, page } = sent
  if (raw[TRAP] !== undefined && raw[TRAP] !== '') return { asked: false }
  const read = readAnswer(view, raw)
  if ('errors' in read) return { again: filledOf(sent, read.errors) }
  const text = (await listFields(db)).filter(({ type }) => isFoldedType(type)).map(({ key }) => key)
  const { email, values, topics } = read.ok
  const anonymousId = short(raw.visitor, 255)
  const answer = { form, email, values, topics, page, anonymousId, eventId: eventIdOf(sent), at: clock.now() }
  if (await takeFormAnswer(db, ids, answer, { text })) nudge()
  // Whether a mail goes out tells whether this address agreed before: so what is said depends on what was ticked alone.
  const strict = new Set((await offeredTopics(db)).filter(({ doubleOptIn }) => doubleOptIn).map(({ id }) => id))
  return { asked: topics.some((topic) => form.confirm || strict.has(topic)) }
}
