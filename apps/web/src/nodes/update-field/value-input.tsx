import type { FieldDefinition } from '@baton/engine'
import { NumberInput, Select, TextInput } from '../../ui/fields.tsx'
import { TextField } from '../../ui/form-field.tsx'

type Value = string | number | boolean | null
type InputProps = { field: FieldDefinition; value: Value; disabled: boolean; error: string | undefined; onChange: (value: Value) => void }

/** A value of a field, by the field's type. */
export function ValueInput({ field, value, disabled, error, onChange }: InputProps) {
  const text = typeof value === 'string' ? value : ''
  const common = { label: 'Value', disabled, error }
  switch (field.type) {
    case 'number':
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' ? value : ''}
          onChange={(it) => onChange(typeof it === 'number' ? it : null)}
        />
      )
    case 'boolean':
      return (
        <Select
          {...common}
          placeholder="Choose"
          data={['yes', 'no']}
          value={typeof value === 'boolean' ? (value ? 'yes' : 'no') : null}
          onChange={(it) => onChange(it === null ? null : it === 'yes')}
        />
      )
    case 'choice':
      return (
        <Select
          {...common}
          placeholder="Choose"
          searchable
          data={[...(field.options ?? [])]}
          value={text === '' ? null : text}
          onChange={onChange}
        />
      )
    case 'date':
      return <TextField {...common} type="date" value={text} onChange={(event) => onChange(event.currentTarget.value || null)} />
    case 'datetime':
      return (
        <TextField
          {...common}
          hint="UTC"
          type="datetime-local"
          value={text.slice(0, 16)}
          onChange={(event) => onChange(event.currentTarget.value === '' ? null : `${event.currentTarget.value.slice(0, 16)}:00.000Z`)}
        />
      )
    case 'tags':
      return <p className="small muted">Tags have a step of their own: Add tags.</p>
    case 'text':
      return <TextInput {...common} value={text} onChange={(event) => onChange(event.currentTarget.value || null)} />
  }
}
