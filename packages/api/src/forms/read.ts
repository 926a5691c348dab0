import { mailAddress } from '@baton/db'
import { type FieldValue, readFieldValue } from '@baton/engine'
import type { FormView, ViewField } from './view.ts'

/** What came in, by the names of the inputs: `f.<field>`, `t.<topic>`, and our own. */
export type RawAnswer = Readonly<Record<string, unknown>>

/** Nobody sees this input; what fills it is a program. Its name must not look like anything that browsers fill in by themselves. */
export const TRAP = 'leave_empty'

/** An answer that can be taken in. */
export interface ReadAnswer {
  email: string
  values: Record<string, FieldValue>
  topics: string[]
}

const missing = ({ label, type }: ViewField): string =>
  type === 'boolean' ? 'Tick this box to go on.' : type === 'choice' ? `Choose one: ${label}.` : `Fill this in: ${label}.`

/**
 * Reads what somebody wrote into a form. Only what the form asks for is looked at; a box that is not ticked says nothing.
 * @returns the answer, or what to do about each field, by its key
 */
export function readAnswer(view: FormView, raw: RawAnswer): { ok: ReadAnswer } | { errors: Record<string, string> } {
  const values: Record<string, FieldValue> = {}
  const errors: Record<string, string> = {}
  let email = ''
  for (const field of view.fields) {
    const written = raw[`f.${field.key}`]
    if (field.key === 'email') {
      const address = mailAddress(written)
      if (address !== undefined) email = address
      else
        errors.email =
          written === undefined || written === '' ? missing(field) : 'This is no e-mail address. Write it like name@example.com.'
      continue
    }
    const read = readFieldValue(field, written)
    if ('error' in read) errors[field.key] = read.error
    else if (read.value !== null && !(field.type === 'boolean' && read.value === false)) values[field.key] = read.value
    else if (field.required) errors[field.key] = missing(field)
  }
  if (Object.keys(errors).length > 0) return { errors }
  const topics = view.topics.filter(({ topic }) => raw[`t.${topic}`] !== undefined).map(({ topic }) => topic)
  return { ok: { email, values, topics } }
}
