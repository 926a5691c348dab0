import { PROPERTY_OPERATORS, type PropertyRule } from '@baton/engine'
import { Pick } from './pick.tsx'
import { ValueTokens } from './value.tsx'

type Props = { rule: PropertyRule; onChange: (rule: PropertyRule) => void; onRemove: () => void; readOnly?: boolean | undefined }

/** Properties that events often have. Others are typed; `machine` tells scanners from people. */
const OFTEN = ['url', 'title', 'path', 'plan', 'amount', 'product', 'source', 'machine']

/** A comparison of one property of an event. Backspace on the property takes the comparison away. */
export function WhereTokens({ rule, onChange, onRemove, readOnly = false }: Props) {
  const choice = PROPERTY_OPERATORS.find((it) => it.op === rule.op) ?? PROPERTY_OPERATORS[0]
  if (!choice) return null
  return (
    <>
      <Pick
        label={`Property: ${rule.key}`}
        className="tok"
        choices={OFTEN.map((it) => ({ value: it, label: it }))}
        chosen={rule.key}
        onPick={(key) => onChange({ ...rule, key })}
        free={(text) => (text.trim() === '' ? undefined : { value: text.trim().slice(0, 100), label: `property “${text.trim()}”` })}
        onRemove={onRemove}
        readOnly={readOnly}
      >
        {rule.key}
      </Pick>{' '}
      <Pick
        label={`Comparison: ${choice.label}`}
        className="tok op"
        choices={PROPERTY_OPERATORS.map((it) => ({ value: it.op, label: it.label }))}
        chosen={rule.op}
        onPick={(picked) => {
          const next = PROPERTY_OPERATORS.find((it) => it.op === picked)
          if (next) onChange({ key: rule.key, op: next.op, ...(next.value === choice.value ? { value: rule.value } : {}) })
        }}
        readOnly={readOnly}
      >
        {choice.label}
      </Pick>{' '}
      <ValueTokens
        choice={choice}
        type="any"
        value={rule.value}
        onChange={(value) => onChange({ ...rule, value })}
        onRemove={onRemove}
        readOnly={readOnly}
      />
    </>
  )
}
