import type { ConfigOf } from '@baton/engine'
import { Switch, TextInput } from '../../ui/fields.tsx'
import type { FormProps } from '../screen.ts'

export function Form({ config, readOnly, onChange }: FormProps<ConfigOf<'exit'>>) {
  return (
    <div className="stack">
      <TextInput
        label="What this end is called"
        placeholder="Done"
        maxLength={80}
        disabled={readOnly}
        value={config.label}
        onChange={(event) => onChange({ ...config, label: event.currentTarget.value })}
      />
      <Switch
        label="Counts as finished"
        description="Otherwise they left on the way."
        disabled={readOnly}
        checked={config.finished}
        onChange={(event) => onChange({ ...config, finished: event.currentTarget.checked })}
      />
    </div>
  )
}
