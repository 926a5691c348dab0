import type { FieldValue } from '@baton/engine'
import { NumberInput, Select, TagsInput, TextInput } from '../../ui/fields.tsx'
import { Chip } from '../../ui/marks.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import type { Field } from './people.ts'

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const moment = new Intl.DateTimeFormat('en-GB', {
  ...{ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' },
})

/** A value as it reads: numbers with thousands apart, yes and no, dates in words. */
export function fieldWords(value: FieldValue | null | undefined, type?: Field['type']): string {
  if (value === null || value === undefined || value === '') return ''
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'number') return fullNumber(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (type === 'date') return day.format(Date.parse(value))
  return type === 'datetime' ? `${moment.format(Date.parse(value))} UTC` : value
}

/** A value on a page: tags as chips, everything else in words. */
export function FieldValueShown({ value, words }: { value: FieldValue | undefined; words: string }) {
  if (!Array.isArray(value)) return words
  return (
    <span className="tags">
      {value.map((it) => (
        <Chip key={it}>{it}</Chip>
      ))}
    </span>
  )
}

type Props = {
  field: Field
  /** As typed; empty text is no value. */
  value: string | number | boolean
  onChange: (value: string | number | boolean) => void
  label?: string | undefined
  error?: string | undefined
  autoFocus?: boolean | undefined
}

const html = { date: 'date', datetime: 'datetime-local', text: 'text', choice: 'text' } as const

/** The control that fits the type of a field. */
export function ValueInput({ field, value, onChange, label, error, autoFocus = false }: Props) {
  const shared = {
    label,
    error,
    'aria-label': label === undefined ? field.label : undefined,
    'data-autofocus': autoFocus || undefined,
    autoFocus,
  }
  switch (field.type) {
    case 'number':
      return <NumberInput {...shared} value={typeof value === 'boolean' ? '' : value} onChange={onChange} hideControls />
    case 'boolean':
      return (
        <Select
          {...shared}
          data={[
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]}
          value={value === '' ? null : String(value)}
          onChange={(next) => onChange(next === null ? '' : next === 'true')}
          clearable
          placeholder="Not known"
        />
      )
    case 'choice':
      return (
        <Select
          {...shared}
          data={[...(field.options ?? [])]}
          value={value === '' ? null : String(value)}
          onChange={(next) => onChange(next ?? '')}
          clearable
          searchable={(field.options?.length ?? 0) > 8}
          placeholder="Not known"
        />
      )
    case 'tags':
      return (
        <TagsInput
          {...shared}
          value={tagsIn(value)}
          onChange={(tags) => onChange(tags.join(', '))}
          splitChars={[',', ';']}
          placeholder={value === '' ? 'Write one and press Enter' : undefined}
        />
      )
    case 'text':
    case 'date':
    case 'datetime':
      return (
        <TextInput
          {...shared}
          type={field.key === 'email' ? 'email' : html[field.type]}
          step={field.type === 'datetime' ? 60 : undefined}
          value={field.type === 'datetime' ? String(value).slice(0, 16) : String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
  }
}

/** Tags as they stand in one text. */
const tagsIn = (value: string | number | boolean) =>
  String(value)
    .split(/[,;]/)
    .map((it) => it.trim())
    .filter((it) => it !== '')

/** What was typed as the server takes it; empty text empties the field. */
export const typed = (value: string | number | boolean): string | number | boolean | null =>
  typeof value === 'string' && value.trim() === '' ? null : value
