import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { Select } from '../../ui/fields.tsx'

export type Found = Answers['templates']['people'][number]

const wordsOf = ({ name, key }: Found) => (name === '' ? key : `${name}, ${key}`)

/** Whose data fills the preview: the newest person first, or found by the beginning of the address. */
export function PersonPicker({ person, onPick }: { person: Found | null; onPick: (person: Found | null) => void }) {
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed, 200)
  const shown = person && typed === wordsOf(person) ? '' : text
  const people = useQuery(api.templates.people.queryOptions({ text: shown }, { placeholderData: keepPreviousData }))
  const [first] = people.data ?? []
  const [began, setBegan] = useState(false)
  useEffect(() => {
    if (began || !first) return
    setBegan(true)
    onPick(first)
  }, [began, first, onPick])
  const all = person && !people.data?.some((one) => one.id === person.id) ? [person, ...(people.data ?? [])] : (people.data ?? [])
  return (
    <Select
      aria-label="Preview for"
      placeholder="Nobody chosen"
      size="xs"
      className="person-picker"
      searchable
      clearable
      nothingFoundMessage={`Nobody’s address begins with “${typed}”.`}
      data={all.map((one) => ({ value: String(one.id), label: wordsOf(one) }))}
      filter={({ options }) => options}
      value={person ? String(person.id) : null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => onPick(all.find((one) => String(one.id) === id) ?? null)}
    />
  )
}
