import { PROPERTY_OPERATORS, type PropertyRule, type RelatedKind } from '@baton/engine'
import { Pick } from './pick.tsx'
import { ValueTokens } from './value.tsx'

type Of = 'event' | RelatedKind
type Props = {
  /** Whose property it is; of an event where absent. */
  of?: Of | undefined
  rule: PropertyRule
  onChange: (rule: PropertyRule) => void
  onRemove: () => void
  readOnly?: boolean | undefined
}

/** Properties that they often have. Others are typed; `machine` tells scanners from people. */
const OFTEN: Readonly<Record<Of, readonly string[]>> = {
  event: ['url', 'title', 'path', 'plan', 'amount', 'product', 'source', 'machine'],
  company: ['name', 'domain', 'country', 'industry', 'employees'],
  opportunity: ['name', 'stage', 'amount', 'currency', 'close_date', 'won'],
  purchase: ['name', 'product', 'amount', 'currency', 'quantity'],
}

type PropertyProps = {
  of: Of
  chosen: string
  onPick: (key: string) => void
  onRemove?: (() => void) | undefined
  readOnly?: boolean | undefined
}

/** The name of a property: one that is often there, or any other. */
export const PropertyPick = ({ of, chosen, onPick, onRemove, readOnly = false }: PropertyProps) => (
  <Pick
    label={`Property: ${chosen}`}
    className="tok"
    choices={OFTEN[of].map((it) => ({ value: it, label: it }))}
    chosen={chosen}
    onPick={onPick}
    free={(text) => (text.trim() === '' ? undefined : { value: text.trim().slice(0, 100), label: `property “${text.trim()}”` })}
    onRemove={onRemove}
    readOnly={readOnly}
  >
    {chosen}
  </Pick>
)

/** Their value is a date. */
const DATED: ReadonlySet<string> = new Set(['before', 'after'])

/** A comparison of one property of an event or of a related record. Backspace on the property takes the comparison away. */
export function WhereTokens({ of = 'event', rule, onChange, onRemove, readOnly = false }: Props) {
  const choice = PROPERTY_OPERATORS.find((it) => it.op === rule.op) ?? PROPERTY_OPERATORS[0]
  if (!choice) return null
  return (
    <>
      <PropertyPick of={of} chosen={rule.key} onPick={(key) => onChange({ ...rule, key })} onRemove={onRemove} readOnly={readOnly} />{' '}
      <Pick
        label={`Comparison: ${choice.label}`}
        className="tok op"
        choices={PROPERTY_OPERATORS.map((it) => ({ value: it.op, label: it.label }))}
        chosen={rule.op}
        onPick={(picked) => {
          const next = PROPERTY_OPERATORS.find((it) => it.op === picked)
          if (next)
            onChange({
              key: rule.key,
              op: next.op,
              ...(next.value === choice.value && !DATED.has(next.op) && !DATED.has(choice.op) ? { value: rule.value } : {}),
            })
        }}
        readOnly={readOnly}
      >
        {choice.label}
      </Pick>{' '}
      <ValueTokens
        choice={choice}
        type={DATED.has(choice.op) ? 'date' : 'any'}
        value={rule.value}
        onChange={(value) => onChange({ ...rule, value })}
        onRemove={onRemove}
        readOnly={readOnly}
      />
    </>
  )
}
