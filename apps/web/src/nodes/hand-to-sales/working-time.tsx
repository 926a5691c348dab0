import { useState } from 'react'
import { NumberInput, Select } from '../../ui/fields.tsx'

interface Props {
  label: string
  description?: string | undefined
  minutes: number | null
  readOnly: boolean
  error?: string | undefined
  onChange: (minutes: number | null) => void
}

type Unit = 'minutes' | 'hours'
const UNITS: readonly { value: Unit; label: string }[] = [
  { value: 'minutes', label: 'working minutes' },
  { value: 'hours', label: 'working hours' },
]
/** So many working minutes at most: some eight years. */
const MOST = 1_000_000
const of = (unit: Unit) => (unit === 'hours' ? 60 : 1)

/** A length of working time: in hours where it is whole hours. */
export function WorkingTime({ label, description, minutes, readOnly, error, onChange }: Props) {
  const [picked, setPicked] = useState<Unit | null>(null)
  const whole = minutes === null || minutes % 60 === 0
  const unit = picked === 'hours' && !whole ? 'minutes' : (picked ?? (whole ? 'hours' : 'minutes'))
  return (
    <div className="pair">
      <NumberInput
        label={label}
        min={1}
        max={Math.floor(MOST / of(unit))}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        disabled={readOnly}
        value={minutes === null || minutes === 0 ? '' : minutes / of(unit)}
        onChange={(it) => onChange(typeof it === 'number' ? it * of(unit) : null)}
        error={error}
      />
      <Select
        label="Unit"
        allowDeselect={false}
        disabled={readOnly}
        data={[...UNITS]}
        value={unit}
        onChange={(to) => {
          const next = to === 'minutes' ? 'minutes' : 'hours'
          setPicked(next)
          if (minutes !== null) onChange((minutes / of(unit)) * of(next))
        }}
      />
      {description !== undefined && <p className="small muted">{description}</p>}
    </div>
  )
}
