import type { ConfigOf } from '@baton/engine'
import { Select } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { type FormProps, wrongAt } from '../screen.ts'

export function Form({ config, catalog, readOnly, issues, onChange }: FormProps<ConfigOf<'list'>>) {
  const lists = catalog.segments.filter((it) => it.list === true)
  const chosen = catalog.segments.find((it) => it.id === config.segmentId)
  return (
    <div className="stack">
      <Segmented
        label="What to do"
        size="small"
        value={config.action}
        onChange={(action) => onChange({ ...config, action })}
        options={[
          { value: 'put-on', label: 'Put on', disabled: readOnly },
          { value: 'take-off', label: 'Take off', disabled: readOnly },
        ]}
      />
      <Select
        label="List"
        description={lists.length === 0 ? 'There is no list yet. Make one under Segments.' : undefined}
        placeholder="Choose a list"
        searchable
        nothingFoundMessage="No list is called so. Make one under Segments."
        disabled={readOnly}
        data={(chosen && chosen.list !== true ? [...lists, chosen] : lists).map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen ? config.segmentId : null}
        onChange={(segmentId) => onChange({ ...config, segmentId })}
        error={wrongAt(issues, 'segmentId') ?? issues.find((it) => it.code === 'missing-segment')?.say}
      />
    </div>
  )
}
