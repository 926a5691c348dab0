import './trigger.css'
import { type CompiledTrigger, emptyState, type FieldValue, type Person, triggerOf } from '@baton/engine'
import { resolveZone } from '@baton/leads'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { nameOf } from '../../pages/contacts/people.ts'
import { api } from '../../shell/api.ts'
import { useNow } from '../../ui/date-text.tsx'
import { clockWords, dayWords } from '../../ui/date-words.ts'
import { Select } from '../../ui/fields.tsx'
import type { FormProps } from '../screen.ts'
import type { Config } from './parts.tsx'

const DAY = 86_400_000
const weekday = (at: number, zone: string) => new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: zone }).format(at)

/** A day with its weekday, the year where it is another one, and the time. */
function words(at: number, now: number, zone: string): string {
  const day = dayWords(at, { now, zone })
  return `${/^(today|tomorrow)$/.test(day) ? day : `${weekday(at, zone)} ${day}`} ${clockWords(at, zone)}`
}

function times(next: (after: number) => number | null, now: number): number[] {
  const found: number[] = []
  for (let at = next(now); at !== null && found.length < 3; at = next(at)) found.push(at)
  return found
}

/** When people come in next, where time decides: made by the very code that runs. SEMANTICS 4. */
export function NextTimes({ config, catalog }: Pick<FormProps<Config>, 'config' | 'catalog'>) {
  const now = useNow()
  if (config.on.kind !== 'schedule' && config.on.kind !== 'date') return null
  const trigger = triggerOf({ id: 'shown', type: 'trigger', position: { x: 0, y: 0 }, data: { ...config } }, catalog)
  if (!trigger) return null
  if (config.on.kind === 'date')
    return <NextDates trigger={trigger} field={config.on.field ?? ''} now={now} workspaceZone={catalog.workspaceZone} />
  const next = times((after) => trigger.nextTime?.(after) ?? null, now)
  return (
    <section className="next-in" aria-label="The next times">
      <p className="label">The next times</p>
      <ol>
        {next.map((at) => (
          <li key={at}>{words(at, now, catalog.workspaceZone)}</li>
        ))}
      </ol>
      <p className="small muted">A time that is missed while Baton is down is made up once; of several only the latest.</p>
    </section>
  )
}

const SOMEBODY = ''
const ANYBODY = 'Somebody whose date is in 30 days'
const nobody: Person = {
  id: 0,
  key: '',
  zone: null,
  ownerSide: 'marketing',
  ownerId: null,
  stage: 'name',
  fields: {},
  folded: {},
  consent: {},
  suppressed: null,
  createdAt: 0,
}

type DatesProps = { trigger: CompiledTrigger; field: string; now: number; workspaceZone: string }

/** For somebody who is there, or for anybody whose date is in 30 days. */
function NextDates({ trigger, field, now, workspaceZone }: DatesProps) {
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState(SOMEBODY)
  const person = useQuery({ ...api.contacts.get.queryOptions({ id: Number(chosen) }), enabled: chosen !== SOMEBODY })
  // The field holds the name of who is chosen: that is no search for others.
  const wanted = search.trim() === (chosen === SOMEBODY ? ANYBODY : person.data && nameOf(person.data)) ? '' : search.trim()
  const found = useQuery(api.contacts.list.queryOptions({ filter: wanted === '' ? {} : { search: wanted } }, { staleTime: 30_000 }))
  const example = new Date(now + 30 * DAY).toISOString()
  const fields: Record<string, FieldValue> = chosen === SOMEBODY ? { [field]: example.slice(0, 10) } : { ...person.data?.fields }
  const own = (key: string) => (typeof fields[key] === 'string' ? String(fields[key]) : null)
  const { zone } = resolveZone({ contactZone: own('zone'), country: own('country'), workspaceZone })
  const state = emptyState({ ...nobody, zone: own('zone'), fields })
  const next = times((after) => trigger.nextDate?.({ now, state, enteredAt: null }, after)?.at ?? null, now)
  const people = (found.data?.rows ?? []).slice(0, 20).map((it) => ({ value: String(it.id), label: nameOf(it) }))
  const kept = person.data && !people.some((it) => it.value === chosen) ? [{ value: chosen, label: nameOf(person.data) }] : []
  return (
    <section className="next-in" aria-label="The next times">
      <Select
        label="Comes in next"
        size="xs"
        allowDeselect={false}
        searchable
        nothingFoundMessage="Nobody is called so."
        data={[{ value: SOMEBODY, label: ANYBODY }, ...kept, ...people]}
        value={chosen}
        onChange={(to) => setChosen(to ?? SOMEBODY)}
        onSearchChange={setSearch}
      />
      {next.length > 0 ? (
        <ol>
          {next.map((at) => (
            <li key={at}>{words(at, now, zone)}</li>
          ))}
        </ol>
      ) : (
        <p className="small muted">
          {own(field) === null ? 'They have no such date: they never come in by it.' : 'That moment is past: they do not come in by it.'}
        </p>
      )}
    </section>
  )
}
