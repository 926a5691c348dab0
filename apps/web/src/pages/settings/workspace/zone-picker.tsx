import { useMemo } from 'react'
import { useNow } from '../../../ui/date-text.tsx'
import { clockWords } from '../../../ui/date-words.ts'
import { Select } from '../../../ui/fields.tsx'

/** Every zone this browser knows; the chosen one is there even if it does not. */
function zones(chosen: string): string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), chosen])].sort()
}

type Props = { value: string; onChange: (zone: string) => void; disabled?: boolean | undefined; error?: string | undefined }

/** A time zone, found by typing a part of its name; says what time it is there. */
export function ZonePicker({ value, onChange, disabled = false, error }: Props) {
  const now = useNow()
  const data = useMemo(() => zones(value), [value])
  return (
    <Select
      label="Time zone"
      data={data}
      value={value}
      onChange={(zone) => zone !== null && onChange(zone)}
      searchable
      limit={60}
      allowDeselect={false}
      disabled={disabled}
      error={error}
      nothingFoundMessage="No zone has this name. Try the next big city."
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      description={`It is ${clockWords(now, value)} there. It is used for people whose own zone and country are not known.`}
    />
  )
}
