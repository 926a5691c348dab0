import type { ConfigOf } from '@baton/engine'
import { NumberInput, Select, TextInput } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'
import { Body } from './body.tsx'
import { Headers } from './headers.tsx'
import { Save } from './save.tsx'

type Config = ConfigOf<'webhook'>

export function Form(props: FormProps<Config>) {
  const { config, catalog, readOnly, issues, onChange } = props
  const warning = issues.find((it) => it.code === 'webhook.reach')?.say
  const wrong = issues.find((it) => it.path === 'url' && it.severity === 'error')?.say
  return (
    <div className="stack">
      <TextInput
        label="Web address"
        placeholder="https://example.com/hook"
        inputMode="url"
        maxLength={2000}
        disabled={readOnly}
        value={config.url}
        onChange={(event) => onChange({ ...config, url: event.currentTarget.value })}
        error={wrong}
        description={wrong === undefined ? warning : undefined}
      />
      <div className="pair">
        <Select
          label="Method"
          allowDeselect={false}
          disabled={readOnly}
          data={['POST', 'PUT']}
          value={config.method}
          onChange={(to) => onChange({ ...config, method: to === 'PUT' ? 'PUT' : 'POST' })}
        />
        <Select
          label="Signed with"
          placeholder="Not signed"
          clearable
          nothingFoundMessage="No secret yet. Add one in the settings."
          disabled={readOnly}
          data={[...catalog.secrets]}
          value={config.sign}
          onChange={(sign) => onChange({ ...config, sign })}
          error={issues.find((it) => it.code === 'missing-secret')?.say}
        />
      </div>
      <Body {...props} />
      <Headers {...props} />
      <Save {...props} />
      <div className="pair">
        <NumberInput
          label="Give up after"
          min={1}
          allowDecimal={false}
          disabled={readOnly}
          value={config.giveUpAfter.amount ?? ''}
          onChange={(it) => onChange({ ...config, giveUpAfter: { ...config.giveUpAfter, amount: typeof it === 'number' ? it : null } })}
          error={wrongAt(issues, 'giveUpAfter.amount')}
        />
        <Select
          label="Unit"
          allowDeselect={false}
          disabled={readOnly}
          data={['minutes', 'hours']}
          value={config.giveUpAfter.unit}
          onChange={(to) => onChange({ ...config, giveUpAfter: { ...config.giveUpAfter, unit: to === 'minutes' ? 'minutes' : 'hours' } })}
        />
        <p className="small muted">Until then it is tried again, ever more slowly. People wait here, then leave by Failed.</p>
      </div>
    </div>
  )
}
