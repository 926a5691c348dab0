import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../shell/api.ts'
import { DialogForm } from '../../../shell/dialog-form.tsx'
import { fieldProblems } from '../../../shell/problem.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/form-field.tsx'
import { toast } from '../../../ui/toast.ts'

/** Takes an address off the list; why is asked, and kept. */
export function RemoveDialog({ value, onClose }: { value: string | null; onClose: () => void }) {
  return (
    <Dialog title={`Let mail to ${value ?? ''} through?`} open={value !== null} onClose={onClose}>
      {value !== null && <RemoveForm value={value} onClose={onClose} />}
    </Dialog>
  )
}

function RemoveForm({ value, onClose }: { value: string; onClose: () => void }) {
  const queries = useQueryClient()
  const [why, setWhy] = useState('')
  const remove = useMutation(
    api.suppression.remove.mutationOptions({
      onSuccess: async () => {
        onClose()
        toast({ words: `Mail to ${value} may go out again.` })
        await queries.invalidateQueries(api.suppression.pathFilter())
      },
    }),
  )
  const wrong = fieldProblems(remove.error)
  const submit = () => remove.mutate({ value, why })
  return (
    <DialogForm error={remove.error} deed="Let mail through" busy={remove.isPending} onSubmit={submit} onClose={onClose}>
      <p className="dialog-text">Consent and the other rules still hold. An address that bounces again comes back by itself.</p>
      <TextField
        label="Why"
        hint="Stands in the audit log."
        placeholder="Wrote to us from this address"
        data-autofocus
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
        error={wrong.why}
      />
    </DialogForm>
  )
}
