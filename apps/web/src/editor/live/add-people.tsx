import { type FlowGraph, kindOf } from '@baton/engine'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/fields.tsx'
import { toast } from '../../ui/toast.ts'
import { wordsOf } from '../canvas/card-words.ts'
import { readStep } from '../geometry.ts'
import { useEditor } from '../store.ts'

type Props = { flowId: string; name: string; onClose: () => void }

/** The starts of a flow: by each somebody can be added by hand. */
const startsOf = ({ nodes }: FlowGraph) => nodes.filter((it) => kindOf(it.type)?.category === 'trigger')

/** Adds somebody to the live flow by hand; many at once are added from the list of contacts. */
export default function AddPeople({ flowId, name, onClose }: Props) {
  const queries = useQueryClient()
  const graph = useEditor((state) => state.history.present)
  const catalog = useEditor((state) => state.catalog)
  const starts = startsOf(graph)
  const [start, setStart] = useState(starts[0]?.id ?? null)
  const [person, setPerson] = useState<{ id: number; words: string } | null>(null)
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed, 200)
  const found = useQuery(
    api.templates.people.queryOptions({ text: person?.words === text ? '' : text }, { placeholderData: keepPreviousData }),
  )
  const people = (found.data ?? []).map((it) => ({ id: it.id, words: it.name === '' ? it.key : `${it.name}, ${it.key}` }))
  const all = person && people.every((it) => it.id !== person.id) ? [person, ...people] : people
  const enter = useMutation(
    api.contacts.enter.mutationOptions({
      onSuccess: async () => {
        onClose()
        toast({ words: `${person?.words ?? 'They'} is sent to ${name}.` })
        await queries.invalidateQueries({ queryKey: api.live.pathKey() })
      },
    }),
  )
  const nobody = found.data?.length === 0 && typed === '' && text === ''
  return (
    <Dialog title={`Add people to ${name}`} open onClose={onClose} width={480}>
      <DialogForm
        deed="Add to the flow"
        error={enter.error}
        busy={enter.isPending}
        disabled={person === null || start === null}
        onClose={onClose}
        onSubmit={() => person && start !== null && enter.mutate({ id: person.id, flowId, node: start, key: '' })}
      >
        {!nobody && (
          <Select
            label="Who comes in"
            placeholder="The beginning of an address"
            searchable
            data-autofocus
            nothingFoundMessage="Nobody’s address begins so."
            data={all.map((it) => ({ value: String(it.id), label: it.words }))}
            filter={({ options }) => options}
            value={person ? String(person.id) : null}
            searchValue={typed}
            onSearchChange={setTyped}
            onChange={(id) => setPerson(all.find((it) => String(it.id) === id) ?? null)}
          />
        )}
        {starts.length > 1 && (
          <Select
            label="By which start"
            allowDeselect={false}
            data={starts.map((it) => ({ value: it.id, label: wordsOf(it, readStep(it), catalog).text }))}
            value={start}
            onChange={setStart}
          />
        )}
        {nobody ? (
          <p className="small muted">
            There is nobody yet. <Link to="/imports">Import people</Link> from a file, or <Link to="/contacts">add a person</Link>.
          </p>
        ) : (
          <p className="small muted">
            Many at once: choose them in the <Link to="/contacts">list of contacts</Link>, then “Add to a flow”.
          </p>
        )}
      </DialogForm>
    </Dialog>
  )
}
