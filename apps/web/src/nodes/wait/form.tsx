import './wait.css'
import { Select } from '../../ui/fields.tsx'
import type { FormProps } from '../screen.ts'
import { fresh } from './card.tsx'
import { ForTheirDate, UntilADate } from './dates.tsx'
import { NextTimes } from './next-times.tsx'
import type { Config, Until, UntilOf } from './parts.tsx'
import { ForSomething } from './something.tsx'
import { ForATime, UntilATime } from './times.tsx'
import { UntilOpen } from './window.tsx'

const kinds: readonly { value: Until['kind']; label: string }[] = [
  { value: 'duration', label: 'For a time' },
  { value: 'time', label: 'Until a time of day' },
  { value: 'date', label: 'Until a date' },
  { value: 'date-field', label: 'For a date of theirs' },
  { value: 'window', label: 'Until opening hours' },
  { value: 'event', label: 'For something' },
]

const slots: readonly { value: `${Config['slot']}`; label: string }[] = [
  { value: '1', label: 'to the full minute' },
  { value: '5', label: 'to the next 5 minutes' },
  { value: '15', label: 'to the next quarter of an hour' },
  { value: '60', label: 'to the next full hour' },
]
const SLOTS: readonly Config['slot'][] = [1, 5, 15, 60]

export function Form(props: FormProps<Config>) {
  const { config, readOnly, onChange, catalog } = props
  return (
    <div className="stack">
      <Select
        label="Wait"
        allowDeselect={false}
        disabled={readOnly}
        data={[...kinds]}
        value={config.until.kind}
        onChange={(to) => {
          const kind = kinds.find((it) => it.value === to)?.value
          if (kind !== undefined && kind !== config.until.kind) onChange({ ...config, until: fresh[kind] })
        }}
      />
      <Part {...props} />
      <NextTimes config={config} catalog={catalog} />
      <Select
        label="Wake-ups are rounded up"
        description="Wider lets thousands go on together. Never earlier than asked for."
        allowDeselect={false}
        disabled={readOnly}
        data={[...slots]}
        value={String(config.slot)}
        onChange={(to) => onChange({ ...config, slot: SLOTS.find((it) => String(it) === to) ?? config.slot })}
      />
    </div>
  )
}

/** The form of the kind of wait that is chosen. */
function Part(props: FormProps<Config>) {
  const { config, onChange } = props
  const { until } = config
  const setOf =
    <K extends Until['kind']>(now: UntilOf<K>) =>
    (part: Partial<UntilOf<K>>) =>
      onChange({ ...config, until: { ...now, ...part } })
  switch (until.kind) {
    case 'duration':
      return <ForATime {...props} until={until} set={setOf<'duration'>(until)} />
    case 'time':
      return <UntilATime {...props} until={until} set={setOf<'time'>(until)} />
    case 'date':
      return <UntilADate {...props} until={until} set={setOf<'date'>(until)} />
    case 'date-field':
      return <ForTheirDate {...props} until={until} set={setOf<'date-field'>(until)} />
    case 'window':
      return <UntilOpen {...props} until={until} set={setOf<'window'>(until)} />
    case 'event':
      return <ForSomething {...props} until={until} set={setOf<'event'>(until)} />
  }
}
