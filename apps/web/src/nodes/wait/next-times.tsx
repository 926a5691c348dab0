import { waitTimes } from '@baton/engine'
import { resolveZone } from '@baton/leads'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { placeWords } from '../../pages/contacts/moment.ts'
import { nameOf } from '../../pages/contacts/people.ts'
import { api } from '../../shell/api.ts'
import { useNow } from '../../ui/date-text.tsx'
import { clockWords, dayWords } from '../../ui/date-words.ts'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Select } from '../../ui/fields.tsx'
import { SkeletonText } from '../../ui/skeleton.tsx'
import type { FormProps } from '../screen.ts'
import type { Config } from './parts.tsx'

const notes: Readonly<Record<NonNullable<NonNullable<ReturnType<typeof waitTimes>>['note']>, string>> = {
  'open-now': 'It is open now: they go on at once.',
  past: 'That date is past.',
  'no-date': 'They have no such date: they go by “No date”.',
  'too-far': 'That is more than five years away: they go by “No date”.',
  never: 'By time alone they never go on.',
  'time-out': 'If nothing happens before.',
}

const weekday = (at: number, zone: string) => new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: zone }).format(at)

/** A day with its weekday and the time, where somebody lives. */
const words = (at: number, now: number, zone: string) => {
  const day = dayWords(at, { now, zone })
  return `${/^(today|tomorrow)$/.test(day) ? day : `${weekday(at, zone)} ${day}`} ${clockWords(at, zone)}`
}

const readerZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** The same on the reader's clock; the day only where it is another one there. */
const readerWords = (at: number, now: number, zone: string) => {
  const own = readerZone()
  return dayWords(at, { now, zone }) === dayWords(at, { now, zone: own }) ? clockWords(at, own) : words(at, now, own)
}

/** Nobody in particular: the clock of the workspace, and no fields. */
const NOBODY = ''

/** The next three times at which somebody who arrives now would go on: made by the very code that runs. SEMANTICS 4. */
export function NextTimes({ config, catalog }: Pick<FormProps<Config>, 'config' | 'catalog'>) {
  const now = useNow()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState(NOBODY)
  const person = useQuery({ ...api.contacts.get.queryOptions({ id: Number(chosen) }), enabled: chosen !== NOBODY })
  const anybody = `Anybody in ${catalog.workspaceZone.split('/').at(-1)?.replaceAll('_', ' ')}`
  // The field holds the name of who is chosen: that is no search for others.
  const wanted = search.trim() === (chosen === NOBODY ? anybody : person.data && nameOf(person.data)) ? '' : search.trim()
  const found = useQuery(api.contacts.list.queryOptions({ filter: wanted === '' ? {} : { search: wanted } }, { staleTime: 30_000 }))
  const fields = chosen === NOBODY ? {} : (person.data?.fields ?? {})
  const own = (key: string) => {
    const value = Object.hasOwn(fields, key) ? fields[key] : undefined
    return typeof value === 'string' ? value : null
  }
  const { zone } = resolveZone({ contactZone: own('zone'), country: own('country'), workspaceZone: catalog.workspaceZone })
  const theirs = config.until.kind === 'date-field'
  const next = waitTimes(config, { now, zone, fields }, catalog)
  const people = (found.data?.rows ?? []).slice(0, 20).map((it) => ({ value: String(it.id), label: nameOf(it) }))
  const kept = person.data && !people.some((it) => it.value === chosen) ? [{ value: chosen, label: nameOf(person.data) }] : []
  return (
    <section className="next-times" aria-label="The next times">
      <Select
        label="Who arrives now goes on"
        size="xs"
        allowDeselect={false}
        searchable
        nothingFoundMessage="Nobody is called so."
        data={[{ value: NOBODY, label: anybody }, ...kept, ...people]}
        value={chosen}
        onChange={(to) => setChosen(to ?? NOBODY)}
        onSearchChange={setSearch}
      />
      {chosen !== NOBODY && person.isError && <FailedFrame what="This person" error={person.error} onRetry={() => void person.refetch()} />}
      {chosen !== NOBODY && !person.data ? (
        person.isPending && <SkeletonText lines={3} />
      ) : next === undefined || (theirs && chosen === NOBODY) ? (
        <p className="small muted">
          {next === undefined ? 'Choose what to wait for, then the times stand here.' : 'Choose somebody to see when their date is.'}
        </p>
      ) : (
        <>
          <ol>
            {next.times.map((at) => (
              <li key={at}>
                {at <= now ? 'now' : words(at, now, zone)}
                {at > now && zone !== readerZone() && <span className="small muted"> · {readerWords(at, now, zone)} for you</span>}
              </li>
            ))}
          </ol>
          {next.times.length > 0 && zone !== readerZone() && (
            <p className="small muted">
              On the clock of {placeWords(zone)}, {chosen === NOBODY ? 'the workspace’s' : 'where they live'}; yours is beside it.
            </p>
          )}
          {next.note !== null && <p className="small muted">{notes[next.note]}</p>}
        </>
      )}
    </section>
  )
}
