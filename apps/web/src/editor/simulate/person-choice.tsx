import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { nameOf } from '../../pages/contacts/people.ts'
import { api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Select } from '../../ui/fields.tsx'
import { Avatar } from '../../ui/marks.tsx'

/** A contact who was chosen. */
export interface Chosen {
  id: number
  name: string
  key: string
}

const SHOWN = 20
const KEPT = 4
/** Who was walked of late, while the page is open. Kept nowhere. */
let lately: readonly Chosen[] = []

export const remember = (one: Chosen) => {
  lately = [one, ...lately.filter((it) => it.id !== one.id)].slice(0, KEPT)
}

const label = ({ name, key }: Chosen) => (name === key ? key : `${name} (${key})`)

/** A real contact: found by name or address, or one of those walked of late. */
export function ContactChoice({ chosen, onChoose }: { chosen: Chosen | null; onChoose: (one: Chosen | null) => void }) {
  const [typed, setTyped] = useState('')
  const [words] = useDebouncedValue(typed.trim(), 200)
  const search = chosen && words === label(chosen) ? '' : words
  const people = useQuery(
    api.contacts.list.queryOptions({ filter: search === '' ? {} : { search } }, { placeholderData: (was) => was, staleTime: 30_000 }),
  )
  const found = (people.data?.rows ?? []).slice(0, SHOWN).map((it): Chosen => ({ id: it.id, name: nameOf(it), key: it.key }))
  const all = chosen && !found.some((it) => it.id === chosen.id) ? [chosen, ...found] : found
  const others = lately.filter((it) => it.id !== chosen?.id)
  return (
    <div className="stack">
      <Select
        label="Contact"
        placeholder="Type a name or an address"
        searchable
        clearable
        searchValue={typed}
        onSearchChange={setTyped}
        filter={({ options }) => options}
        nothingFoundMessage={people.isPending ? 'Looking…' : `Nobody is called “${typed}”.`}
        data={all.map((it) => ({ value: String(it.id), label: label(it) }))}
        value={chosen ? String(chosen.id) : null}
        onChange={(id) => onChoose(all.find((it) => String(it.id) === id) ?? null)}
      />
      {people.isError && <FailedFrame what="The contacts" error={people.error} onRetry={() => void people.refetch()} />}
      {others.length > 0 && (
        <fieldset className="lately" aria-label="Walked of late">
          {others.map((it) => (
            <Button key={it.id} size="small" icon={<Avatar name={it.name} size="s" quiet />} onClick={() => onChoose(it)}>
              {it.name}
            </Button>
          ))}
        </fieldset>
      )}
    </div>
  )
}
