import type { Answers } from '../../shell/api.ts'

export type Field = Answers['fields']['list'][number]

/** Types of fields as people call them. */
export const TYPES: Readonly<Record<Field['type'], string>> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Yes or no',
  date: 'Date',
  datetime: 'Date and time',
  choice: 'One of a list',
  tags: 'Tags',
}

const types: readonly Field['type'][] = ['text', 'number', 'boolean', 'date', 'datetime', 'choice', 'tags']

/** For a select. */
export const typeChoices = types.map((value) => ({ value, label: TYPES[value] }))
export const isType = (value: string | null): value is Field['type'] => types.some((it) => it === value)
