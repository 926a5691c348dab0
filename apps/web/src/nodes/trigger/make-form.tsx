import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FRESH } from '../../pages/forms/content.ts'
import { api } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { fieldProblems } from '../../shell/problem.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/form-field.tsx'
import type { Making } from '../make-thing.tsx'

/** Makes a form that can be used as it is; what it asks for is changed under Forms. */
export default function MakeForm({ onMade, onClose }: Making) {
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const create = useMutation(
    api.forms.create.mutationOptions({
      onSuccess: ({ id }) => {
        void queries.invalidateQueries(api.forms.pathFilter())
        onMade(id)
      },
    }),
  )
  return (
    <Dialog title="New form" open onClose={onClose} width={480}>
      <DialogForm
        deed="Make the form"
        error={create.error}
        busy={create.isPending}
        disabled={name.trim() === ''}
        onClose={onClose}
        onSubmit={() => create.mutate({ ...FRESH, name: name.trim() })}
      >
        <TextField
          label="Name"
          hint="For your colleagues. It asks for the address and the first name, with a tick for mail; change that under Forms."
          data-autofocus
          placeholder="Newsletter sign-up"
          maxLength={100}
          value={name}
          error={fieldProblems(create.error).name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  )
}
