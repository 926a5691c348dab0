import { Link } from '@tanstack/react-router'
import { Select } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { wrongAt } from '../screen.ts'
import { fresh } from './card.tsx'
import { Clock, type PartProps, Weekdays } from './parts.tsx'

/** Hours on weekdays where they live, or a calendar of the workspace. */
export function UntilOpen({ until, set, catalog, readOnly, issues }: PartProps<'window'>) {
  const { hours } = until
  const calendar = hours.kind === 'calendar' ? catalog.calendars.find((it) => it.id === hours.calendarId) : undefined
  return (
    <>
      <Segmented
        label="Which hours"
        size="small"
        value={hours.kind}
        onChange={(kind) =>
          kind !== hours.kind && set({ hours: kind === 'own' ? fresh.window.hours : { kind: 'calendar', calendarId: null } })
        }
        options={[
          { value: 'own', label: 'These hours', disabled: readOnly },
          { value: 'calendar', label: 'A calendar', disabled: readOnly },
        ]}
      />
      {hours.kind === 'own' ? (
        <>
          <div className="pair">
            <Clock
              label="From"
              value={hours.from}
              readOnly={readOnly}
              error={wrongAt(issues, 'until.hours.from')}
              onChange={(from) => set({ hours: { ...hours, from } })}
            />
            <Clock
              label="Until"
              value={hours.to}
              readOnly={readOnly}
              error={wrongAt(issues, 'until.hours.to')}
              onChange={(to) => set({ hours: { ...hours, to } })}
            />
          </div>
          {hours.from !== null && hours.to !== null && hours.from > hours.to && (
            <p className="small muted">Over midnight; the night belongs to the day on which it begins.</p>
          )}
          <Weekdays value={hours.weekdays} readOnly={readOnly} onChange={(weekdays) => set({ hours: { ...hours, weekdays } })} />
          <p className="small muted">Where they live. Who comes while it is open goes on at once.</p>
        </>
      ) : (
        <>
          <Select
            label="Calendar"
            placeholder={catalog.calendars.length === 0 ? 'No calendar yet' : 'Choose a calendar'}
            searchable
            nothingFoundMessage="No calendar is called so."
            disabled={readOnly}
            data={catalog.calendars.map(({ id, name }) => ({ value: id, label: name }))}
            value={hours.calendarId}
            onChange={(calendarId) => set({ hours: { kind: 'calendar', calendarId } })}
            error={wrongAt(issues, 'until.hours.calendarId')}
          />
          <p className="small muted">
            {calendar !== undefined &&
              (calendar.zone === null ? 'Its hours are read where they live. ' : `Its hours are those of ${calendar.zone}. `)}
            Hours and holidays are kept under <Link to="/settings/calendars">Settings, Calendars</Link>.
          </p>
        </>
      )}
    </>
  )
}
