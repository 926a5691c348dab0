import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../../shell/api.ts'
import { fieldProblems, problemWords } from '../../../shell/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Select } from '../../../ui/fields.tsx'
import { TextField } from '../../../ui/form-field.tsx'
import { toast } from '../../../ui/toast.ts'
import { type Calendar, freshHours, type Holiday, type Hours, isEverOpen } from './calendar.ts'
import { Holidays } from './holidays.tsx'
import { WeekHours } from './week-hours.tsx'

type Props = { calendar: Calendar | 'new' | null; today: string; onClose: () => void }

/** Makes or changes a calendar. The form is made anew for each that is opened. */
export function CalendarDialog({ calendar, today, onClose }: Props) {
  return (
    <Dialog title={calendar === 'new' ? 'New calendar' : 'Change calendar'} open={calendar !== null} onClose={onClose} width={680}>
      {calendar !== null && <CalendarForm calendar={calendar === 'new' ? null : calendar} today={today} onClose={onClose} />}
    </Dialog>
  )
}

const THEIRS = ''
const zones = (chosen: string | null) =>
  [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), ...(chosen === null ? [] : [chosen])])].sort()

function CalendarForm({ calendar, today, onClose }: { calendar: Calendar | null; today: string; onClose: () => void }) {
  const queries = useQueryClient()
  const [name, setName] = useState(calendar?.name ?? '')
  const [zone, setZone] = useState<string | null>(calendar?.zone ?? null)
  const [hours, setHours] = useState<Hours>(calendar?.hours ?? freshHours)
  const [holidays, setHolidays] = useState<readonly Holiday[]>(calendar?.holidays ?? [])
  const [place, setPlace] = useState({ country: calendar?.country ?? null, region: calendar?.region ?? null })
  const uses = useQuery({ ...api.calendars.one.queryOptions({ id: calendar?.id ?? '' }), enabled: calendar !== null }).data?.uses ?? []
  const save = useMutation(
    api.calendars.save.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(api.calendars.pathFilter())
        await queries.invalidateQueries({ queryKey: api.flows.pathKey() })
        toast({ words: `The calendar ${name.trim()} is saved.` })
        onClose()
      },
    }),
  )
  const wrong = fieldProblems(save.error)
  const told = Object.entries(wrong).filter(([path]) => path !== 'name' && path !== 'zone')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({
      ...(calendar ? { id: { id: calendar.id, rev: calendar.rev } } : {}),
      name,
      zone,
      hours,
      holidays: [...holidays],
      ...place,
    })
  }
  return (
    <form className="dialog-form" onSubmit={submit} noValidate>
      <div className="calendar-top">
        <TextField
          label="Name"
          data-autofocus
          placeholder="Office Berlin"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={wrong.name}
        />
        <Select
          label="Whose clock"
          allowDeselect={false}
          searchable
          limit={60}
          nothingFoundMessage="No zone has this name. Try the next big city."
          data={[{ value: THEIRS, label: 'Where they live' }, ...zones(zone)]}
          value={zone ?? THEIRS}
          onChange={(to) => setZone(to === THEIRS ? null : to)}
          error={wrong.zone}
        />
      </div>
      <WeekHours hours={hours} onChange={setHours} />
      {!isEverOpen({ hours, holidays: [] }, Date.parse(today)) && (
        <Callout tone="warn" title="It is never open.">
          Waits by it would not end: give a day hours, with the start before the end. A night is two windows: until 24:00, and from 00:00.
        </Callout>
      )}
      <Holidays holidays={holidays} place={place} today={today} onChange={setHolidays} onPlace={setPlace} />
      {uses.length > 0 && (
        <p className="small muted">
          Waits of {uses.map((it) => it.name).join(', ')} stand by it. Who waits there already is asked again when they are due by the hours
          of before.
        </p>
      )}
      {save.error && (Object.keys(wrong).length === 0 || told.length > 0) && (
        <Callout tone="danger" title={told[0]?.[1] === undefined ? problemWords(save.error) : `Not saved: ${told[0][1]}`} />
      )}
      <div className="dialog-foot">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          {calendar ? 'Save' : 'Make the calendar'}
        </Button>
      </div>
    </form>
  )
}
