import type { ConfigOf, FieldDefinition } from '@baton/engine'
import { NumberInput, Select, TextInput } from '../../ui/fields.tsx'
import { TextField } from '../../ui/form-field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { type FormProps, wrongAt } from '../screen.ts'

type Config = ConfigOf<'update-field'>
type Value = string | number | boolean | null

export function Form({ config, catalog, readOnly, issues, onChange }: FormProps<Config>) {
  const { field: key, action } = config
  const field = catalog.fields.find((it) => it.key === key)
  const setValue = (value: Value) => onChange({ ...config, action: { do: 'set', value } })
  return (
    <div className="stack">
      <Select
        label="Field"
        placeholder="Choose a field"
        searchable
        nothingFoundMessage="No field is called so."
        disabled={readOnly}
        data={catalog.fields.filter((it) => it.key !== 'email').map(({ key: value, label }) => ({ value, label }))}
        value={field ? key : null}
        onChange={(next) => onChange({ ...config, field: next, action: action.do === 'set' ? { do: 'set', value: null } : action })}
        error={wrongAt(issues, 'field') ?? issues.find((it) => it.code === 'missing-field')?.say}
      />
      <Segmented
        label="What to do with the field"
        size="small"
        value={action.do}
        onChange={(to) => onChange({ ...config, action: to === 'set' ? { do: 'set', value: null } : { do: 'clear' } })}
        options={[
          { value: 'set', label: 'Set', disabled: readOnly },
          { value: 'clear', label: 'Empty', disabled: readOnly },
        ]}
      />
      {action.do === 'set' && field && (
        <ValueInput field={field} value={action.value} disabled={readOnly} error={wrongAt(issues, 'action.value')} onChange={setValue} />
      )}
    </div>
  )
}

type InputProps = { field: FieldDefinition; value: Value; disabled: boolean; error: string | undefined; onChange: (value: Value) => void }

function ValueInput({ field, value, disabled, error, onChange }: InputProps) {
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
    case 'text':
      return <TextInput {...common} value={text} onChange={(event) => onChange(event.currentTarget.value || null)} />
  }
}
