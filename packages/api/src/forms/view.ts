import type { FieldRow, FormContent, FormTopic } from '@baton/db'
import type { FieldType } from '@baton/engine'
import { mayAsk } from './content.ts'

/** A field as the form shows it. */
export interface ViewField {
  key: string
  label: string
  type: FieldType
  options: readonly string[]
  required: boolean
  placeholder: string
}

/** A form with everything its page shows. */
export interface FormView {
  title: string
  intro: string
  button: string
  fields: readonly ViewField[]
  topics: readonly FormTopic[]
  /** Whose form it is. */
  from: string
}

type Shown = Pick<FormContent, 'name' | 'title' | 'intro' | 'button' | 'fields' | 'topics'>

/** Puts a form together with the fields of today: one that was removed since is left out. */
export function viewOf(form: Shown, fields: readonly FieldRow[], from: string): FormView {
  const known = new Map(fields.filter(mayAsk).map((it) => [it.key, it]))
  return {
    title: form.title || form.name,
    intro: form.intro,
    button: form.button || 'Send',
    fields: form.fields.flatMap(({ key, label, required, placeholder }) => {
      const field = known.get(key)
      if (!field) return []
      return [{ key, label: label || field.label, type: field.type, options: field.options ?? [], required, placeholder }]
    }),
    topics: form.topics,
    from,
  }
}
