import { type FieldDefinition, operatorsFor } from '@baton/engine'
import { Pick } from '../../condition/pick.tsx'
import { ValueTokens } from '../../condition/value.tsx'
import { NumberInput, Select } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { wrongAt } from '../screen.ts'
import type { OnOf, PartProps } from './parts.tsx'

type Rule = OnOf<'field'>['to']

/** A field gets another value. */
export function ByField({ on, set, catalog, readOnly, issues }: PartProps<'field'>) {
  const field = catalog.fields.find((it) => it.key === on.field)
  return (
    <>
      <Select
        label="Field"
        placeholder="Choose a field"
        searchable
        nothingFoundMessage="No field is called so."
        disabled={readOnly}
        data={catalog.fields.map(({ key, label }) => ({ value: key, label }))}
        value={on.field}
        onChange={(key) => set({ field: key, from: null, to: null })}
        error={wrongAt(issues, 'on.field')}
      />
      {field && (
        <>
          <Value
            label="The new value"
            any="may be any"
            field={field}
            rule={on.to}
            at="on.to"
            {...{ readOnly, issues, catalog }}
            onChange={(to) => set({ to })}
          />
          <Value
            label="The value before"
            any="may be any"
            field={field}
            rule={on.from}
            at="on.from"
            {...{ readOnly, issues, catalog }}
            onChange={(from) => set({ from })}
          />
        </>
      )}
    </>
  )
}

type ValueProps = Pick2 & { label: string; any: string; field: FieldDefinition; rule: Rule; at: string; onChange: (rule: Rule) => void }
type Pick2 = { readOnly: boolean; issues: PartProps<'field'>['issues']; catalog: PartProps<'field'>['catalog'] }

const ANY = 'any'

/** A rule for one value, as tokens; "may be any" takes it away. */
function Value({ label, any, field, rule, at, readOnly, issues, catalog, onChange }: ValueProps) {
  const choices = operatorsFor({ kind: 'field', key: field.key }, catalog)
  const choice = choices.find((it) => it.op === rule?.op)
  const wrong = issues.find((it) => it.path?.startsWith(at))
  return (
    <div className="field">
      <span className="label">{label}</span>
      <div className="cond">
        <div>
          <Pick
            label={`${label}: ${choice?.label ?? any}`}
            className="tok op"
            choices={[{ value: ANY, label: any }, ...choices.map((it) => ({ value: it.op, label: it.label }))]}
            chosen={rule?.op ?? ANY}
            onPick={(picked) => {
              const next = choices.find((it) => it.op === picked)
              onChange(next ? { op: next.op, ...(next.value === choice?.value ? { value: rule?.value } : {}) } : null)
            }}
            readOnly={readOnly}
          >
            {choice?.label ?? any}
          </Pick>{' '}
          {rule && choice && (
            <ValueTokens
              choice={choice}
              type={field.type}
              options={field.options ?? []}
              value={rule.value}
              onChange={(value) => onChange({ ...rule, value })}
              onRemove={() => onChange(null)}
              readOnly={readOnly}
            />
          )}
        </div>
      </div>
      {wrong && <p className="wrong">{wrong.say}</p>}
    </div>
  )
}

/** A score comes to a threshold. */
export function ByScore({ on, set, catalog, readOnly, issues }: PartProps<'score'>) {
  return (
    <>
      <Select
        label="Score"
        placeholder="Choose a score"
        disabled={readOnly}
        data={catalog.dimensions.map(({ id, name }) => ({ value: id, label: name }))}
        value={on.dimension}
        onChange={(dimension) => set({ dimension })}
        error={wrongAt(issues, 'on.dimension')}
      />
      <Segmented
        label="Which way"
        size="small"
        value={on.way}
        onChange={(way) => set({ way })}
        options={[
          { value: 'up', label: 'Rises to', disabled: readOnly },
          { value: 'down', label: 'Falls below', disabled: readOnly },
        ]}
      />
      <NumberInput
        label="Points"
        description={
          on.way === 'up' ? 'From below. Whoever has as many already comes in the next time.' : 'By points taken away, or points that age.'
        }
        decimalScale={2}
        disabled={readOnly}
        value={on.points ?? ''}
        onChange={(points) => set({ points: typeof points === 'number' ? points : null })}
        error={wrongAt(issues, 'on.points')}
      />
    </>
  )
}
