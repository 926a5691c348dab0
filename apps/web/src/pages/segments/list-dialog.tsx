import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/fields.tsx'

/** Asks for the name of a new list, makes it, and opens it. */
export function NewList({ open, onClose }: { open: boolean; onClose: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const create = useMutation(
    api.lists.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries({ queryKey: api.segments.pathKey() })
        await queries.invalidateQueries({ queryKey: api.flows.catalog.queryKey() })
        onClose()
        await navigate({ to: '/segments/$segmentId', params: { segmentId: id } })
      },
    }),
  )
  return (
    <Dialog title="New list" open={open} onClose={onClose}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate({ name })
        }}
      >
        {create.error && <Callout tone="danger" title={problemWords(create.error)} />}
        <TextInput
          label="Name"
          description="People are put on it by hand, by a file or by a flow, and stay until they are taken off."
          placeholder="Guests of the spring webinar"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <div className="dialog-foot">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={create.isPending} disabled={name.trim() === ''}>
            Make the list
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
