import type { Catalog } from '@baton/engine'
import { Select } from '../ui/fields.tsx'

const isDate = ({ type }: Catalog['fields'][number]) => type === 'date' || type === 'datetime'

/** Whether the field holds a time of day of its own. */
export const isTimed = (catalog: Catalog, field: string | null): boolean =>
  catalog.fields.some((it) => it.key === field && it.type === 'datetime')

type FieldProps = {
  catalog: Catalog
  value: string | null
  readOnly: boolean
  error: string | undefined
  onChange: (field: string | null) => void
}

/** A field of the person that holds a date. */
export function DateField({ catalog, value, readOnly, error, onChange }: FieldProps) {
  const dates = catalog.fields.filter(isDate)
  const none = dates.length === 0
  return (
    <Select
      label="Their date"
      placeholder={none ? 'No field holds a date yet' : 'Choose a field'}
      description={none ? 'Make one under Settings, Fields of contacts.' : undefined}
      searchable
      nothingFoundMessage="No field with a date is called so."
      disabled={readOnly}
      data={dates.map(({ key, label }) => ({ value: key, label }))}
      value={value}
      onChange={onChange}
      error={error}
    />
  )
}

type Side = 'before' | 'after'
type SideProps = {
  label: string
  timed: boolean
  /** 0: at the date itself. */
  amount: number
  side: Side
  readOnly: boolean
  onChange: (to: { amount: number; side?: Side }) => void
}

/** At a date, before it or after it; how far is asked elsewhere. */
export const SideOfDate = ({ label, timed, amount, side, readOnly, onChange }: SideProps) => (
  <Select
    label={label}
    allowDeselect={false}
    disabled={readOnly}
    data={[
      { value: 'on', label: timed ? 'at that time' : 'on that day' },
      { value: 'before', label: 'before it' },
      { value: 'after', label: 'after it' },
    ]}
    value={amount === 0 ? 'on' : side}
    onChange={(to) => onChange(to === 'on' ? { amount: 0 } : { amount: amount || 1, side: to === 'after' ? 'after' : 'before' })}
  />
)
