import type { ConfigOf } from '@baton/engine'
import { NumberInput, Select } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'

const UNITS = ['minute', 'hour', 'day'] as const

export function Form({ config, readOnly, issues, onChange }: FormProps<ConfigOf<'throttle'>>) {
  return (
    <div className="pair">
      <NumberInput
        label="At most"
        min={1}
        max={1_000_000}
        allowDecimal={false}
        thousandSeparator=","
        disabled={readOnly}
        value={config.count ?? ''}
        onChange={(count) => onChange({ ...config, count: typeof count === 'number' ? count : null })}
        error={wrongAt(issues, 'count')}
      />
      <Select
        label="People in each"
        allowDeselect={false}
        disabled={readOnly}
        data={[...UNITS]}
        value={config.per}
        onChange={(to) => onChange({ ...config, per: UNITS.find((it) => it === to) ?? 'hour' })}
      />
      <p className="small muted">First come, first served, over everybody in this flow. A day is one of the workspace’s.</p>
    </div>
  )
}
