import type { ConfigOf } from '@baton/engine'
import { ClockInput } from '../../ui/clock-input.tsx'
import { NumberInput, Select } from '../../ui/fields.tsx'
import { FormField } from '../../ui/form-field.tsx'
import { type FormProps, wrongAt } from '../screen.ts'

export type Config = ConfigOf<'wait'>
export type Until = Config['until']
export type UntilOf<K extends Until['kind']> = Extract<Until, { kind: K }>
export type Unit = UntilOf<'duration'>['unit']

/** A form of one kind of wait: what it holds, and how to change a part of it. */
export type PartProps<K extends Until['kind']> = FormProps<Config> & { until: UntilOf<K>; set: (part: Partial<UntilOf<K>>) => void }

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const EVERY = [1, 2, 3, 4, 5, 6, 7]
export const UNITS: readonly Unit[] = ['minutes', 'hours', 'days', 'weeks', 'months']

/** What the unit means: "1 day" and "24 hours" are different words. */
export const meaning: Readonly<Record<Unit, string>> = {
  minutes: 'Elapsed time, day and night.',
  hours: 'Elapsed time, day and night: 24 hours are 24 hours also when the clocks change.',
  days: 'At the same time of day where they live.',
  weeks: 'On the same weekday, at the same time of day where they live.',
  months: 'On the same day of the month, at the same time of day where they live; the 31st of a short month is its last day.',
}

type LengthProps = Pick<FormProps<Config>, 'readOnly' | 'issues'> & {
  label: string
  amount: number | null
  unit: Unit
  path: string
  onChange: (length: { amount: number | null; unit: Unit }) => void
}

/** A number and a unit of time. */
export function Length({ label, amount, unit, path, readOnly, issues, onChange }: LengthProps) {
  return (
    <div className="pair">
      <NumberInput
        label={label}
        min={1}
        allowDecimal={false}
        disabled={readOnly}
        value={amount ?? ''}
        onChange={(next) => onChange({ unit, amount: typeof next === 'number' ? next : null })}
        error={wrongAt(issues, path)}
      />
      <Select
        label="Unit"
        allowDeselect={false}
        disabled={readOnly}
        data={[...UNITS]}
        value={unit}
        onChange={(next) => onChange({ amount, unit: UNITS.find((it) => it === next) ?? unit })}
      />
    </div>
  )
}

type ClockProps = {
  label: string
  hint?: string | undefined
  value: string | null
  readOnly: boolean
  error?: string | undefined
  onChange: (time: string | null) => void
}

/** A time of day. */
export const Clock = ({ label, hint, value, readOnly, error, onChange }: ClockProps) => (
  <FormField label={label} hint={hint} error={error}>
    {(ids) => <ClockInput {...ids} disabled={readOnly} value={value} onChange={onChange} />}
  </FormField>
)

/** Weekdays to turn on and off. No day named means every day; the last one named cannot be taken away. */
export function Weekdays({
  value,
  readOnly,
  onChange,
}: {
  value: readonly number[]
  readOnly: boolean
  onChange: (days: number[]) => void
}) {
  const days = value.length === 0 ? EVERY : value
  const turn = (day: number) => {
    const next = days.includes(day) ? days.filter((it) => it !== day) : [...days, day].sort((a, b) => a - b)
    if (next.length > 0) onChange(next.length === EVERY.length ? [] : next)
  }
  return (
    <fieldset className="field days">
      <legend className="label">On</legend>
      <div className="row">
        {DAYS.map((words, at) => (
          <button
            key={words}
            type="button"
            className="day"
            aria-pressed={days.includes(at + 1)}
            disabled={readOnly}
            onClick={() => turn(at + 1)}
          >
            {words}
          </button>
        ))}
      </div>
      {value.length === 0 && <p className="hint">Every day.</p>}
    </fieldset>
  )
}

const pasts: readonly { value: UntilOf<'date'>['past']; label: string }[] = [
  { value: 'go-on', label: 'goes on at once' },
  { value: 'too-late', label: 'goes another way: Too late' },
  { value: 'exit', label: 'leaves the flow' },
]

/** What those do who come after the date. */
export const Past = ({
  value,
  readOnly,
  onChange,
}: {
  value: UntilOf<'date'>['past']
  readOnly: boolean
  onChange: (past: UntilOf<'date'>['past']) => void
}) => (
  <Select
    label="Who comes after it"
    allowDeselect={false}
    disabled={readOnly}
    data={[...pasts]}
    value={value}
    onChange={(to) => onChange(pasts.find((it) => it.value === to)?.value ?? value)}
  />
)
