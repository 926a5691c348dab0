import type { ConfigOf } from '@baton/engine'
import { ConditionBuilder } from '../../condition/index.tsx'
import { Select } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { type FormProps, wrongAt } from '../screen.ts'

export function Form({ config, catalog, readOnly, issues, onChange }: FormProps<ConfigOf<'goal'>>) {
  const { when, reached, ifNotYet } = config
  const empty = wrongAt(issues, 'when')
  return (
    <div className="stack">
      <div className="field">
        <span className="label">Reached once</span>
        <ConditionBuilder value={when} catalog={catalog} readOnly={readOnly} onChange={(next) => onChange({ ...config, when: next })} />
        {empty && <p className="wrong">{empty}</p>}
      </div>
      <div className="field">
        <span className="label">Then they</span>
        <Segmented
          label="What happens to whoever reaches it"
          size="small"
          value={reached}
          onChange={(to) => onChange({ ...config, reached: to })}
          options={[
            { value: 'leave', label: 'leave the flow', disabled: readOnly },
            { value: 'jump', label: 'come here', disabled: readOnly },
          ]}
        />
        <p className="hint">
          {reached === 'leave'
            ? 'From any step, as reached. Mail that has not gone out is taken back.'
            : 'From any step, once, and go on by Reached. Mail that has not gone out is taken back.'}
        </p>
      </div>
      <Select
        label="Who comes here by a way before that"
        allowDeselect={false}
        disabled={readOnly}
        data={[
          { value: 'go-on', label: 'goes on by Not reached' },
          { value: 'wait', label: 'waits until it is reached' },
        ]}
        value={ifNotYet}
        onChange={(to) => onChange({ ...config, ifNotYet: to === 'wait' ? 'wait' : 'go-on' })}
        description={wrongAt(issues, 'ifNotYet') ?? 'Only if a way leads here. A goal may also stand by itself.'}
      />
    </div>
  )
}
