import { NumberInput, Select, Switch } from '../../ui/fields.tsx'
import { TextField } from '../../ui/form-field.tsx'
import { DateField, isTimed, SideOfDate } from '../date-parts.tsx'
import { wrongAt } from '../screen.ts'
import { Clock, type PartProps, Past, UNITS } from './parts.tsx'

const THEIRS = ''
const zones = () => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((it) => it !== 'UTC')]

/** A date and a time of day that are the same for everybody. */
export function UntilADate({ until, set, readOnly, issues }: PartProps<'date'>) {
  return (
    <>
      <div className="pair">
        <TextField
          label="Date"
          type="date"
          max="9999-12-31"
          disabled={readOnly}
          value={until.date ?? ''}
          onChange={(event) => set({ date: event.currentTarget.value === '' ? null : event.currentTarget.value })}
          error={wrongAt(issues, 'until.date')}
        />
        <Clock
          label="Time of day"
          value={until.time}
          readOnly={readOnly}
          error={wrongAt(issues, 'until.time')}
          onChange={(time) => set({ time })}
        />
      </div>
      <Select
        label="Whose clock"
        description={until.zone === null ? 'Everybody at this time where they live.' : 'Everybody at the same moment.'}
        allowDeselect={false}
        searchable
        limit={60}
        nothingFoundMessage="No zone has this name. Try the next big city."
        disabled={readOnly}
        data={[{ value: THEIRS, label: 'Where they live' }, ...zones()]}
        value={until.zone ?? THEIRS}
        onChange={(zone) => set({ zone: zone === THEIRS ? null : zone })}
        error={wrongAt(issues, 'until.zone')}
      />
      <Past value={until.past} readOnly={readOnly} onChange={(past) => set({ past })} />
    </>
  )
}

/** A date that each person has: a renewal, a birthday, a booking. */
export function ForTheirDate({ until, set, catalog, readOnly, issues }: PartProps<'date-field'>) {
  const { offset } = until
  const timed = isTimed(catalog, until.field)
  return (
    <>
      <DateField
        catalog={catalog}
        value={until.field}
        readOnly={readOnly}
        error={wrongAt(issues, 'until.field')}
        onChange={(field) => set({ field })}
      />
      <SideOfDate
        label="When"
        timed={timed}
        amount={offset.amount}
        side={offset.side}
        readOnly={readOnly}
        onChange={(to) => set({ offset: { ...offset, ...to } })}
      />
      {offset.amount !== 0 && (
        <div className="pair">
          <NumberInput
            label="How far"
            min={1}
            allowDecimal={false}
            disabled={readOnly}
            value={offset.amount}
            onChange={(amount) => set({ offset: { ...offset, amount: typeof amount === 'number' ? amount : 1 } })}
            error={wrongAt(issues, 'until.offset.amount')}
          />
          <Select
            label="Unit"
            allowDeselect={false}
            disabled={readOnly}
            data={[...UNITS]}
            value={offset.unit}
            onChange={(unit) => set({ offset: { ...offset, unit: UNITS.find((it) => it === unit) ?? offset.unit } })}
          />
        </div>
      )}
      {!timed && (
        <Clock
          label="Time of day"
          hint="Where they live. The field holds a day without a time."
          value={until.time}
          readOnly={readOnly}
          error={wrongAt(issues, 'until.time')}
          onChange={(time) => set({ time })}
        />
      )}
      <Switch
        label="Every year: wait for the next one, as for a birthday"
        disabled={readOnly}
        checked={until.yearly}
        onChange={(event) => set({ yearly: event.currentTarget.checked })}
      />
      {!until.yearly && <Past value={until.past} readOnly={readOnly} onChange={(past) => set({ past })} />}
      <p className="small muted">Who has no such date, or one that cannot be read, goes by “No date” at once.</p>
    </>
  )
}
