import type { Answers, Inputs } from '../../shell/api.ts'

export type Form = Answers['forms']['get']
export type Choices = Answers['forms']['choices']
export type Content = Inputs['forms']['create']
export type FormField = Content['fields'][number]
export type FormTopic = Content['topics'][number]

export const askFor = (key: string, required = false): FormField => ({ key, label: '', required, placeholder: '' })

/** What a new form begins with: enough to be used as it is. */
export const FRESH: Content = {
  name: '',
  title: 'Stay in touch',
  intro: '',
  button: 'Sign up',
  fields: [askFor('email', true), askFor('first_name')],
  topics: [{ topic: 'marketing', label: 'Yes, send me news and offers by mail. I can stop that at any time.' }],
  confirm: true,
  mayUpdate: false,
  thanks: { kind: 'text', text: 'You will hear from us.' },
  origins: [],
}

/** What an author decides, of a form as the server tells it. */
export const contentOf = ({ name, title, intro, button, fields, topics, confirm, mayUpdate, thanks, origins }: Form): Content => ({
  ...{ name, title, intro, button, fields, topics, confirm, mayUpdate, thanks, origins },
})

/** One place up (-1) or down (1); at the end of the list nothing moves. */
export function moved<T>(list: readonly T[], from: number, step: 1 | -1): T[] {
  const next = [...list]
  const [one] = next.splice(from, 1)
  if (one !== undefined) next.splice(Math.max(0, from + step), 0, one)
  return next
}

/** The lines that put a form into a page. */
export const embedSnippet = (address: string): string => `<script async src="${address}.js"></script>`
