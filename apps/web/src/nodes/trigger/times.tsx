import type { Recurrence } from '@baton/leads'
import { NumberInput, Select, Switch, TextInput } from '../../ui/fields.tsx'
import { DateField, isTimed, SideOfDate } from '../date-parts.tsx'
import { wrongAt } from '../screen.ts'
import { Clock, type PartProps } from './parts.tsx'

const UNITS = ['hours', 'days', 'weeks', 'months'] as const

/** So far from a date of theirs. */
export function ByDate({ on, set, catalog, readOnly, issues }: PartProps<'date'>) {
  const timed = isTimed(catalog, on.field)
  return (
    <>
      <DateField
        catalog={catalog}
        value={on.field}
        readOnly={readOnly}
        error={wrongAt(issues, 'on.field')}
        onChange={(field) => set({ field })}
      />
      <SideOfDate label="They come in" timed={timed} amount={on.amount} side={on.side} readOnly={readOnly} onChange={set} />
      {on.amount > 0 && (
        <div className="pair">
          <NumberInput
            label="How far"
            min={1}
            max={3650}
            allowDecimal={false}
            clampBehavior="strict"
            disabled={readOnly}
            value={on.amount}
            onChange={(amount) => typeof amount === 'number' && amount >= 1 && set({ amount })}
          />
          <Select
            label="Unit"
            allowDeselect={false}
            disabled={readOnly}
            data={[...UNITS]}
            value={on.unit}
            onChange={(unit) => set({ unit: UNITS.find((it) => it === unit) ?? on.unit })}
          />
        </div>
      )}
      {!timed && (
        <Clock
          hint={on.unit === 'hours' && on.amount > 0 ? 'Counted from this time of that day, where they live.' : 'Where they live.'}
          value={on.time}
          readOnly={readOnly}
          onChange={(time) => set({ time })}
        />
      )}
      <Switch
        label="Every year, as for a birthday"
        description={on.yearly ? '29 February is the 28th in other years.' : undefined}
        disabled={readOnly}
        checked={on.yearly}
        onChange={(event) => set({ yearly: event.currentTarget.checked })}
      />
    </>
  )
}

const rhythms: readonly { value: Recurrence['every']; label: string }[] = [
  { value: 'day', label: 'every day' },
  { value: 'week', label: 'every week' },
  { value: 'month', label: 'every month' },
  { value: 'year', label: 'every year' },
  { value: 'cron', label: 'by a pattern' },
]
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((label, i) => ({ value: i + 1, label }))
const short = (label: string) => label.slice(0, 3)
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const nths = [
  { value: '1', label: 'the first' },
  { value: '2', label: 'the second' },
  { value: '3', label: 'the third' },
  { value: '4', label: 'the fourth' },
  { value: 'last', label: 'the last' },
]

function begin(every: Recurrence['every'], time: string): Recurrence {
  switch (every) {
    case 'day':
      return { every, time }
    case 'week':
      return { every, weekdays: [1], weeks: 1, from: null, time }
    case 'month':
      return { every, on: { day: 1 }, time }
    case 'year':
      return { every, month: 1, day: 1, time }
    case 'cron':
      return { every, pattern: '0 9 * * 1-5' }
  }
}

/** Everybody in a segment, again and again. */
export function BySchedule({ on, set, catalog, readOnly, issues }: PartProps<'schedule'>) {
  const { every } = on
  const time = every.every === 'cron' ? '09:00' : every.time
  const change = (next: Recurrence) => set({ every: next })
  return (
    <>
      <Select
        label="Everybody in"
        placeholder="Choose a segment"
        searchable
        nothingFoundMessage="No segment is called so."
        disabled={readOnly}
        data={catalog.segments.map(({ id, name }) => ({ value: id, label: name }))}
        value={on.segmentId}
        onChange={(segmentId) => set({ segmentId })}
        error={wrongAt(issues, 'on.segmentId')}
      />
      <Select
        label="Comes in"
        allowDeselect={false}
        disabled={readOnly}
        data={[...rhythms]}
        value={every.every}
        onChange={(to) => {
          const next = rhythms.find((it) => it.value === to)?.value
          if (next !== undefined && next !== every.every) change(begin(next, time))
        }}
      />
      {every.every === 'week' && <Weekly every={every} readOnly={readOnly} onChange={change} />}
      {every.every === 'month' && <Monthly every={every} readOnly={readOnly} onChange={change} />}
      {every.every === 'year' && <Yearly every={every} readOnly={readOnly} onChange={change} />}
      {every.every === 'cron' ? (
        <TextInput
          label="Pattern"
          description="Minute, hour, day of the month, month, weekday."
          disabled={readOnly}
          value={every.pattern}
          onChange={(event) => change({ every: 'cron', pattern: event.currentTarget.value })}
          error={wrongAt(issues, 'on.every')}
        />
      ) : (
        <Clock
          hint={`By the clock of the workspace: ${catalog.workspaceZone.replaceAll('_', ' ')}.`}
          value={time}
          readOnly={readOnly}
          onChange={(at) => change({ ...every, time: at })}
        />
      )}
      {every.every !== 'cron' && wrongAt(issues, 'on.every') && <p className="wrong">{wrongAt(issues, 'on.every')}</p>}
    </>
  )
}

type Rhythm<K extends Recurrence['every']> = {
  every: Extract<Recurrence, { every: K }>
  readOnly: boolean
  onChange: (every: Recurrence) => void
}

function Weekly({ every, readOnly, onChange }: Rhythm<'week'>) {
  const toggle = (day: number) => {
    const next = every.weekdays.includes(day) ? every.weekdays.filter((it) => it !== day) : [...every.weekdays, day].sort()
    if (next.length > 0) onChange({ ...every, weekdays: next })
  }
  return (
    <>
      <fieldset className="field days">
        <legend className="label">On</legend>
        <div className="seg small">
          {weekdays.map(({ value, label }) => (
            <button
              key={value}
              type="button"
              title={label}
              aria-pressed={every.weekdays.includes(value)}
              disabled={readOnly}
              onClick={() => toggle(value)}
            >
              {short(label)}
            </button>
          ))}
        </div>
      </fieldset>
      <NumberInput
        label="Every so many weeks"
        min={1}
        max={52}
        allowDecimal={false}
        clampBehavior="strict"
        disabled={readOnly}
        value={every.weeks}
        onChange={(weeks) => typeof weeks === 'number' && weeks >= 1 && onChange({ ...every, weeks })}
      />
    </>
  )
}

function Monthly({ every, readOnly, onChange }: Rhythm<'month'>) {
  const { on } = every
  const byDay = 'day' in on
  return (
    <>
      <Select
        label="On"
        allowDeselect={false}
        disabled={readOnly}
        data={[{ value: 'day', label: 'a day of the month' }, ...nths]}
        value={byDay ? 'day' : String(on.nth)}
        onChange={(to) => {
          const weekday = byDay ? 1 : on.weekday
          if (to === 'day') onChange({ ...every, on: { day: 1 } })
          else if (to === 'last') onChange({ ...every, on: { nth: 'last', weekday } })
          else if (to !== null) onChange({ ...every, on: { nth: Number(to), weekday } })
        }}
      />
      {byDay ? (
        <NumberInput
          label="Day"
          description="In a month that is shorter, its last day."
          min={1}
          max={31}
          allowDecimal={false}
          clampBehavior="strict"
          disabled={readOnly}
          value={on.day}
          onChange={(day) => typeof day === 'number' && day >= 1 && onChange({ ...every, on: { day } })}
        />
      ) : (
        <Select
          label="Weekday"
          allowDeselect={false}
          disabled={readOnly}
          data={weekdays.map(({ value, label }) => ({ value: String(value), label }))}
          value={String(on.weekday)}
          onChange={(to) => to !== null && onChange({ ...every, on: { ...on, weekday: Number(to) } })}
        />
      )}
    </>
  )
}

const Yearly = ({ every, readOnly, onChange }: Rhythm<'year'>) => (
  <div className="pair">
    <NumberInput
      label="Day"
      min={1}
      max={31}
      allowDecimal={false}
      clampBehavior="strict"
      disabled={readOnly}
      value={every.day}
      onChange={(day) => typeof day === 'number' && day >= 1 && onChange({ ...every, day })}
    />
    <Select
      label="Month"
      allowDeselect={false}
      disabled={readOnly}
      data={months.map((label, i) => ({ value: String(i + 1), label }))}
      value={String(every.month)}
      onChange={(to) => to !== null && onChange({ ...every, month: Number(to) })}
    />
  </div>
)
