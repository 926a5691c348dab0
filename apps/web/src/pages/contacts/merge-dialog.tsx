import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/fields.tsx'
import { SkeletonText } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toast.ts'
import { MergePreview } from './merge-preview.tsx'
import { type Contact, nameOf } from './people.ts'

type Found = Answers['templates']['people'][number]
const wordsOf = ({ name, key }: Found) => (name === '' ? key : `${name}, ${key}`)

/** Finds the other contact of the same person, shows what will be kept, and makes one of the two. */
export function MergeDialog({ contact, open, onClose }: { contact: Contact; open: boolean; onClose: () => void }) {
  return (
    <Dialog title={`Merge ${nameOf(contact)} with…`} open={open} onClose={onClose} width={620}>
      {open && <Merge contact={contact} onClose={onClose} />}
    </Dialog>
  )
}

function Merge({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [other, setOther] = useState<Found | null>(null)
  const [swapped, setSwapped] = useState(false)
  const [fields, setFields] = useState<string[]>([])
  const otherId = other?.id ?? 0
  const pair = swapped ? { survivor: otherId, loser: contact.id, fields } : { survivor: contact.id, loser: otherId, fields }
  const preview = useQuery(api.merge.preview.queryOptions(pair, { enabled: other !== null, placeholderData: keepPreviousData }))
  const run = useMutation(
    api.merge.run.mutationOptions({
      onSuccess: async ({ id }) => {
        onClose()
        await navigate({ to: '/contacts/$contactId', params: { contactId: String(id) } })
        toast({ words: 'The two are one now.' })
        const look = () => queries.invalidateQueries({ queryKey: api.contacts.pathKey() })
        await look()
        // What changes the person comes in by the inbox, and is there a moment later.
        setTimeout(() => void look(), 1500)
      },
    }),
  )
  const choose = (person: Found | null) => {
    setOther(person)
    setFields([])
  }
  return (
    <div className="dialog-form">
      <PersonSelect not={contact.id} person={other} onPick={choose} />
      {preview.error && <Callout tone="danger" title={problemWords(preview.error)} />}
      {other !== null && !preview.data && !preview.error && <SkeletonText lines={5} />}
      {other !== null && preview.data && (
        <MergePreview
          preview={preview.data}
          picked={fields}
          onPick={setFields}
          onSwap={() => {
            setSwapped(!swapped)
            setFields([])
          }}
        />
      )}
      {run.error && <Callout tone="danger" title={problemWords(run.error)} />}
      <div className="dialog-foot">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" disabled={other === null || !preview.data} busy={run.isPending} onClick={() => run.mutate(pair)}>
          Make one of them
        </Button>
      </div>
    </div>
  )
}

/** Somebody else, found by the beginning of the address. */
function PersonSelect({ not, person, onPick }: { not: number; person: Found | null; onPick: (person: Found | null) => void }) {
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed, 200)
  const asked = person && typed === wordsOf(person) ? '' : text
  const people = useQuery(api.templates.people.queryOptions({ text: asked }, { placeholderData: keepPreviousData }))
  const others = (people.data ?? []).filter((it) => it.id !== not)
  const all = person && !others.some((it) => it.id === person.id) ? [person, ...others] : others
  return (
    <Select
      label="The other contact of the same person"
      placeholder="The beginning of the address"
      data-autofocus
      searchable
      clearable
      nothingFoundMessage={`Nobody’s address begins with “${typed}”.`}
      data={all.map((it) => ({ value: String(it.id), label: wordsOf(it) }))}
      filter={({ options }) => options}
      value={person ? String(person.id) : null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => onPick(all.find((it) => String(it.id) === id) ?? null)}
    />
  )
}
