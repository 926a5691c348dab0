import { IconPlus, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../../../shell/api.ts'
import { problemWords } from '../../../shell/problem.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { NumberInput, Select } from '../../../ui/fields.tsx'
import { dayOf, type Holiday } from './calendar.ts'

type Place = { country: string | null; region: string | null }
type Props = {
  holidays: readonly Holiday[]
  place: Place
  today: string
  onChange: (holidays: readonly Holiday[]) => void
  onPlace: (place: Place) => void
}

const byDate = (a: Holiday, b: Holiday) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)

/** Days there are already keep their name. */
function together(holidays: readonly Holiday[], more: readonly Holiday[]): Holiday[] {
  const known = new Set(holidays.map((it) => it.date))
  return [...holidays, ...more.filter((it) => !known.has(it.date))].sort(byDate)
}

/** The days that are closed: typed one by one, or the public ones of a country or region. */
export function Holidays({ holidays, place, today, onChange, onPlace }: Props) {
  const [adding, setAdding] = useState(false)
  const [date, setDate] = useState('')
  const [name, setName] = useState('')
  const [past, setPast] = useState(false)
  const shown = past ? holidays : holidays.filter((it) => it.date >= today)
  const hidden = holidays.length - shown.length
  const add = () => {
    onChange(together(holidays, [{ date, name: name.trim() }]))
    setDate('')
    setName('')
  }
  return (
    <fieldset className="holidays">
      <legend className="label">Closed on</legend>
      {shown.length === 0 && <p className="muted">{holidays.length === 0 ? 'No holidays yet.' : 'All of its holidays are past.'}</p>}
      <ul>
        {shown.map((it) => (
          <li key={it.date}>
            <span className="holiday-date">{dayOf(it.date)}</span>
            <span className="clip grow">{it.name}</span>
            <IconButton
              size="small"
              label={`Take out ${dayOf(it.date)}`}
              icon={<IconX size={14} stroke={1.75} />}
              onClick={() => onChange(holidays.filter((one) => one.date !== it.date))}
            />
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <Button size="small" look="quiet" onClick={() => setPast(true)}>
          Show {hidden} that {hidden === 1 ? 'is' : 'are'} past
        </Button>
      )}
      <div className="holiday-new">
        <input
          type="date"
          className="field-input"
          aria-label="Date of the holiday"
          max="9999-12-31"
          value={date}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
        <input
          className="field-input grow"
          aria-label="Name of the holiday"
          placeholder="Company outing"
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button icon={<IconPlus size={14} stroke={1.75} />} disabled={date === '' || holidays.some((it) => it.date === date)} onClick={add}>
          Add the day
        </Button>
        {!adding && <Button onClick={() => setAdding(true)}>Add public holidays…</Button>}
      </div>
      {adding && (
        <PublicHolidays
          place={place}
          year={Number(today.slice(0, 4))}
          onClose={() => setAdding(false)}
          onAdd={(more, from) => {
            onChange(together(holidays, more))
            onPlace(from)
            setAdding(false)
          }}
        />
      )}
    </fieldset>
  )
}

type PublicProps = { place: Place; year: number; onClose: () => void; onAdd: (holidays: readonly Holiday[], place: Place) => void }

/** The public holidays of a country or one of its regions, some years at once. */
function PublicHolidays({ place, year, onClose, onAdd }: PublicProps) {
  const [country, setCountry] = useState(place.country)
  const [region, setRegion] = useState(place.region)
  const [years, setYears] = useState(3)
  const countries = useQuery(api.calendars.places.queryOptions({}, { staleTime: Number.POSITIVE_INFINITY })).data ?? []
  const regions = useQuery({ ...api.calendars.places.queryOptions({ country }), enabled: country !== null }).data ?? []
  const fetchAll = useMutation({
    mutationFn: (from: string) => client.calendars.holidays.query({ country: from, region, from: year, to: year + years - 1 }),
    onSuccess: (found) => onAdd(found, { country, region }),
  })
  return (
    <div className="holiday-public">
      <div className="calendar-top">
        <Select
          label="Country"
          placeholder="Choose a country"
          searchable
          nothingFoundMessage="Its holidays are not known. Add the days by hand."
          data={countries.map(({ code, name }) => ({ value: code, label: name }))}
          value={country}
          onChange={(to) => {
            setCountry(to)
            setRegion(null)
          }}
        />
        <Select
          label="Region"
          placeholder={country !== null && regions.length === 0 ? 'All regions are alike' : 'The whole country'}
          clearable
          searchable
          disabled={regions.length === 0}
          data={regions.map(({ code, name }) => ({ value: code, label: name }))}
          value={region}
          onChange={setRegion}
        />
      </div>
      <div className="row holiday-years">
        <NumberInput
          label={`Years from ${year} on`}
          min={1}
          max={10}
          allowDecimal={false}
          value={years}
          onChange={(to) => setYears(typeof to === 'number' ? Math.min(10, Math.max(1, to)) : 1)}
        />
        <span className="grow" />
        <Button onClick={onClose}>Not now</Button>
        <Button disabled={country === null} busy={fetchAll.isPending} onClick={() => country !== null && fetchAll.mutate(country)}>
          Add them
        </Button>
      </div>
      {fetchAll.error && (
        <p className="wrong" role="alert">
          {problemWords(fetchAll.error)}
        </p>
      )}
      <p className="small muted">Dates by date-holidays, CC BY 3.0. Moon-based feasts may move by a day: look them over.</p>
    </div>
  )
}
