import type { ConfigOf } from '@baton/engine'
import { Autocomplete, NumberInput, Select } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'
import { useCarried } from '../use-carried.ts'
import { ValueInput } from './value-input.tsx'

type Config = ConfigOf<'update-field'>
type Action = Config['action']

const fresh: Record<Action['do'], Action> = {
  set: { do: 'set', value: null },
  clear: { do: 'clear' },
  copy: { do: 'copy', from: null },
  carried: { do: 'carried', key: null },
  add: { do: 'add', amount: 1 },
  now: { do: 'now' },
}

const DEEDS: readonly { value: Action['do']; label: string }[] = [
  { value: 'set', label: 'a value' },
  { value: 'copy', label: 'what another field has' },
  { value: 'carried', label: 'a value kept on the way' },
  { value: 'add', label: 'what it is, plus a number' },
  { value: 'now', label: 'the date it is then' },
  { value: 'clear', label: 'nothing: empty it' },
]

export function Form({ config, catalog, readOnly, issues, onChange }: FormProps<Config>) {
  const { field: key, action } = config
  const carried = useCarried()
  const field = catalog.fields.find((it) => it.key === key)
  const set = (next: Action) => onChange({ ...config, action: next })
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
        onChange={(next) => onChange({ ...config, field: next, action: action.do === 'set' ? fresh.set : action })}
        error={wrongAt(issues, 'field') ?? issues.find((it) => it.code === 'missing-field')?.say}
      />
      <Select
        label="Becomes"
        allowDeselect={false}
        disabled={readOnly}
        data={[...DEEDS]}
        value={action.do}
        onChange={(to) => set(fresh[DEEDS.find((it) => it.value === to)?.value ?? 'set'])}
      />
      {action.do === 'set' && field && (
        <ValueInput
          field={field}
          value={action.value}
          disabled={readOnly}
          error={wrongAt(issues, 'action.value')}
          onChange={(value) => set({ do: 'set', value })}
        />
      )}
      {action.do === 'copy' && (
        <Select
          label="From"
          description="Where it is empty, or does not fit, the field stays as it is."
          placeholder="Choose a field"
          searchable
          disabled={readOnly}
          data={catalog.fields.filter((it) => it.key !== key).map(({ key: value, label }) => ({ value, label }))}
          value={action.from}
          onChange={(from) => set({ do: 'copy', from })}
          error={wrongAt(issues, 'action.from')}
        />
      )}
      {action.do === 'carried' && (
        <Autocomplete
          label="Kept value"
          description="A property kept at the start, or what a web address answered. Where it is missing, the field stays as it is."
          placeholder="order_total"
          disabled={readOnly}
          data={carried}
          value={action.key ?? ''}
          onChange={(to) => set({ do: 'carried', key: to === '' ? null : to.slice(0, 64) })}
          error={wrongAt(issues, 'action.key')}
        />
      )}
      {action.do === 'add' && (
        <NumberInput
          label="Plus"
          description="A negative number takes away. Empty counts as 0."
          disabled={readOnly}
          value={action.amount ?? ''}
          onChange={(amount) => set({ do: 'add', amount: typeof amount === 'number' ? amount : null })}
          error={wrongAt(issues, 'action.amount')}
        />
      )}
      {action.do === 'now' && <p className="small muted">The day it is where the person lives; with a time, the moment itself.</p>}
    </div>
  )
}
