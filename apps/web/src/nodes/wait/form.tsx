import type { ConfigOf } from '@baton/engine'
import { NumberInput, Select } from '../../ui/fields.tsx'
import { TextField } from '../../ui/form-field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { type FormProps, wrongAt } from '../screen.ts'

type Config = ConfigOf<'wait'>
type Until = Config['until']
type Duration = Extract<Until, { kind: 'duration' }>
type Time = Extract<Until, { kind: 'time' }>
type Late = Time['late']

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const EVERY = [1, 2, 3, 4, 5, 6, 7]
const UNITS: readonly Duration['unit'][] = ['minutes', 'hours', 'days', 'weeks']
const fresh: Record<Until['kind'], Until> = {
  duration: { kind: 'duration', amount: 1, unit: 'days' },
  time: { kind: 'time', time: '09:00', weekdays: [1, 2, 3, 4, 5], late: { do: 'next' } },
}

/** What the unit means: "1 day" and "24 hours" are different words. */
const meaning: Record<Duration['unit'], string> = {
  minutes: 'Elapsed time, day and night.',
  hours: 'Elapsed time, day and night: 24 hours are 24 hours also when the clocks change.',
  days: 'At the same time of day where they live.',
  weeks: 'On the same weekday, at the same time of day where they live.',
}

export function Form(props: FormProps<Config>) {
  const { config, readOnly, onChange } = props
  return (
    <div className="stack">
      <Segmented
        label="How to wait"
        size="small"
        value={config.until.kind}
        onChange={(kind) => kind !== config.until.kind && onChange({ ...config, until: fresh[kind] })}
        options={[
          { value: 'duration', label: 'For a time', disabled: readOnly },
          { value: 'time', label: 'Until a time of day', disabled: readOnly },
        ]}
      />
      {config.until.kind === 'duration' ? <ForATime {...props} until={config.until} /> : <UntilATime {...props} until={config.until} />}
    </div>
  )
}

function ForATime({ config, until, readOnly, issues, onChange }: FormProps<Config> & { until: Duration }) {
  const set = (part: Partial<Duration>) => onChange({ ...config, until: { ...until, ...part } })
  return (
    <div className="pair">
      <NumberInput
        label="How long"
        min={1}
        allowDecimal={false}
        disabled={readOnly}
        value={until.amount ?? ''}
        onChange={(amount) => set({ amount: typeof amount === 'number' ? amount : null })}
        error={wrongAt(issues, 'until.amount')}
      />
      <Select
        label="Unit"
        allowDeselect={false}
        disabled={readOnly}
        data={[...UNITS]}
        value={until.unit}
        onChange={(unit) => set({ unit: UNITS.find((it) => it === unit) ?? until.unit })}
      />
      <p className="small muted">{meaning[until.unit]}</p>
    </div>
  )
}

const lateChoices: readonly { value: Late['do']; label: string }[] = [
  { value: 'next', label: 'waits for the next valid day' },
  { value: 'grace', label: 'goes on at once if only a little late' },
  { value: 'skip', label: 'goes on at once' },
]

function UntilATime({ config, until, readOnly, issues, onChange }: FormProps<Config> & { until: Time }) {
  const set = (part: Partial<Time>) => onChange({ ...config, until: { ...until, ...part } })
  // No day named means every day; the last one named cannot be taken away.
  const days = until.weekdays.length === 0 ? EVERY : until.weekdays
  const turn = (day: number) => {
    const next = days.includes(day) ? days.filter((it) => it !== day) : [...days, day].sort((a, b) => a - b)
    if (next.length > 0) set({ weekdays: next.length === EVERY.length ? [] : next })
  }
  const setLate = (to: string | null) =>
    set({ late: to === 'grace' ? { do: 'grace', minutes: 30 } : to === 'skip' ? { do: 'skip' } : { do: 'next' } })
  return (
    <>
      <TextField
        label="Time of day"
        hint="In their own time zone."
        type="time"
        disabled={readOnly}
        value={until.time ?? ''}
        onChange={(event) => set({ time: event.currentTarget.value === '' ? null : event.currentTarget.value })}
        error={wrongAt(issues, 'until.time')}
      />
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
        {until.weekdays.length === 0 && <p className="hint">Every day.</p>}
      </fieldset>
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
