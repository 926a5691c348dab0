import type { ConfigOf } from '@baton/engine'
import { Autocomplete, Select, TagsInput } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'
import { useCarried } from '../use-carried.ts'

type Config = ConfigOf<'start-flow'>

const fresh: Record<Config['key']['from'], Config['key']> = {
  none: { from: 'none' },
  same: { from: 'same' },
  contact: { from: 'contact', key: null },
  carried: { from: 'carried', key: null },
}

const CHOICES: readonly { value: Config['key']['from']; label: string }[] = [
  { value: 'none', label: 'per person' },
  { value: 'same', label: 'per what this passage is about' },
  { value: 'contact', label: 'per value of a field' },
  { value: 'carried', label: 'per value kept on the way' },
]

export function Form({ config, catalog, readOnly, issues, onChange }: FormProps<Config>) {
  const { key } = config
  const carried = useCarried()
  const known = catalog.flows.some((it) => it.id === config.flowId)
  return (
    <div className="stack">
      <Select
        label="Flow"
        description="It begins at that flow’s start “from another flow”."
        placeholder="Choose a flow"
        searchable
        nothingFoundMessage="No flow is called so."
        disabled={readOnly}
        data={catalog.flows.map(({ id, name, startable }) => ({ value: id, label: startable ? name : `${name}, not ready for it` }))}
        value={known ? config.flowId : null}
        onChange={(flowId) => onChange({ ...config, flowId })}
        error={wrongAt(issues, 'flowId') ?? issues.find((it) => it.code === 'missing-flow')?.say}
      />
      <Select
        label="One passage there"
        allowDeselect={false}
        disabled={readOnly}
        data={[...CHOICES]}
        value={key.from}
        onChange={(to) => onChange({ ...config, key: fresh[CHOICES.find((it) => it.value === to)?.value ?? 'none'] })}
      />
      {key.from === 'contact' && (
        <Select
          label="Field"
          placeholder="Choose a field"
          searchable
          disabled={readOnly}
          data={catalog.fields.map((it) => ({ value: it.key, label: it.label }))}
          value={key.key}
          onChange={(to) => onChange({ ...config, key: { from: 'contact', key: to } })}
          error={wrongAt(issues, 'key.key')}
        />
      )}
      {key.from === 'carried' && (
        <Autocomplete
          label="Kept value"
          placeholder="order_id"
          disabled={readOnly}
          data={carried}
          value={key.key ?? ''}
          onChange={(to) => onChange({ ...config, key: { from: 'carried', key: to === '' ? null : to.slice(0, 64) } })}
          error={wrongAt(issues, 'key.key')}
        />
      )}
      <TagsInput
        label="Kept values that go along"
        description="Properties kept at the start, and what a web address answered."
        placeholder={config.pass.length === 0 ? 'None' : ''}
        disabled={readOnly}
        data={carried}
        value={config.pass}
        onChange={(pass) => onChange({ ...config, pass: pass.map((it) => it.slice(0, 64)) })}
      />
    </div>
  )
}
