import { NumberInput, Select } from '../../ui/fields.tsx'
import { wrongAt } from '../screen.ts'
import { Clock, Length, meaning, type PartProps, type UntilOf, Weekdays } from './parts.tsx'

/** A length of time. */
export function ForATime({ until, set, readOnly, issues }: PartProps<'duration'>) {
  return (
    <>
      <Length label="How long" path="until.amount" {...until} readOnly={readOnly} issues={issues} onChange={set} />
      <p className="small muted">{meaning[until.unit]}</p>
    </>
  )
}

const lateChoices: readonly { value: UntilOf<'time'>['late']['do']; label: string }[] = [
  { value: 'next', label: 'waits for the next valid day' },
  { value: 'grace', label: 'goes on at once if only a little late' },
  { value: 'skip', label: 'goes on at once' },
]

/** A time of day on weekdays. */
export function UntilATime({ until, set, readOnly, issues }: PartProps<'time'>) {
  const setLate = (to: string | null) =>
    set({ late: to === 'grace' ? { do: 'grace', minutes: 30 } : to === 'skip' ? { do: 'skip' } : { do: 'next' } })
  return (
    <>
      <Clock
        label="Time of day"
        hint="Where they live."
        value={until.time}
        readOnly={readOnly}
        error={wrongAt(issues, 'until.time')}
        onChange={(time) => set({ time })}
      />
      <Weekdays value={until.weekdays} readOnly={readOnly} onChange={(weekdays) => set({ weekdays })} />
      <Select
        label="Who arrives after that time"
        allowDeselect={false}
        disabled={readOnly}
        data={[...lateChoices]}
        value={until.late.do}
        onChange={setLate}
      />
      {until.late.do === 'grace' && (
        <NumberInput
          label="Minutes late at most"
          min={1}
          max={1439}
          allowDecimal={false}
          disabled={readOnly}
          value={until.late.minutes ?? ''}
          onChange={(minutes) => set({ late: { do: 'grace', minutes: typeof minutes === 'number' ? minutes : null } })}
          error={wrongAt(issues, 'until.late.minutes')}
        />
      )}
    </>
  )
}
