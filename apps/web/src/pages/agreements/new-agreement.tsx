import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/fields.tsx'

/** Asks for a name, makes an agreement, and opens it. */
export function NewAgreement({ open, onClose }: { open: boolean; onClose: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const create = useMutation(
    api.agreements.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries({ queryKey: api.agreements.pathKey() })
        await queries.invalidateQueries({ queryKey: api.flows.catalog.queryKey() })
        onClose()
        await navigate({ to: '/agreements/$agreementId', params: { agreementId: id } })
      },
    }),
  )
  return (
    <Dialog title="New agreement" open={open} onClose={onClose}>
      <DialogForm
        error={create.error}
        deed="Make it"
        busy={create.isPending}
        disabled={name.trim() === ''}
        onSubmit={() => create.mutate({ name })}
        onClose={onClose}
      >
        <TextInput
          label="Name"
          description="It begins as a draft. It decides for sure once a marketer and a sales manager have both signed it."
          placeholder="Ready for sales"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
      </DialogForm>
    </Dialog>
  )
}
