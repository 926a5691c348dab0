import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answers, api, client } from '../shell/api.ts'
import { problemWords } from '../shell/problem.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/form-field.tsx'
import { toast } from '../ui/toast.ts'

type Flow = Answers['flows']['get']

/** Asks for another name of the flow. */
export default function RenameDialog({ flow, onClose }: { flow: Pick<Flow, 'id' | 'name'>; onClose: () => void }) {
  const queries = useQueryClient()
  const [name, setName] = useState(flow.name)
  const refresh = () => queries.invalidateQueries({ queryKey: api.flows.pathKey() })
  const failed = (error: unknown) => toast({ words: problemWords(error), bad: true })
  const rename = useMutation(
    api.flows.rename.mutationOptions({
      onSuccess: async (_, named) => {
        const before = flow.name
        await refresh()
        onClose()
        if (named.name === before) return
        const undo = () => void client.flows.rename.mutate({ id: flow.id, name: before }).then(refresh, failed)
        toast({ words: `The flow is called ${named.name} now.`, undo })
      },
    }),
  )
  const submit = () => rename.mutate({ id: flow.id, name })
  return (
    <Dialog
      title="Rename the flow"
      open
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={rename.isPending} onClick={submit}>
            Rename
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        data-autofocus
        maxLength={120}
        value={name}
        error={rename.error?.message}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && submit()}
      />
    </Dialog>
  )
}
