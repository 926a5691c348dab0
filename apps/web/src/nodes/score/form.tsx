import type { ConfigOf } from '@baton/engine'
import { NumberInput, Select } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'

type Config = ConfigOf<'score'>

export function Form({ config, catalog, readOnly, issues, onChange }: FormProps<Config>) {
  return (
    <div className="pair">
      <NumberInput
        label="Points"
        decimalScale={2}
        disabled={readOnly}
        value={config.points ?? ''}
        onChange={(points) => onChange({ ...config, points: typeof points === 'number' ? points : null })}
        error={wrongAt(issues, 'points')}
      />
      <Select
        label="Score"
        placeholder="Choose a score"
        disabled={readOnly}
        data={catalog.dimensions.map(({ id, name }) => ({ value: id, label: name }))}
        value={catalog.dimensions.some((it) => it.id === config.dimension) ? config.dimension : null}
        onChange={(dimension) => onChange({ ...config, dimension })}
        error={wrongAt(issues, 'dimension') ?? issues.find((it) => it.code === 'missing-dimension')?.say}
      />
      <p className="small muted">Negative points take away.</p>
    </div>
  )
}
