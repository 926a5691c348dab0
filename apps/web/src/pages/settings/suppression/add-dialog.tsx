import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../shell/api.ts'
import { DialogForm } from '../../../shell/dialog-form.tsx'
import { fieldProblems } from '../../../shell/problem.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Textarea } from '../../../ui/fields.tsx'
import { TextField } from '../../../ui/form-field.tsx'
import { fullNumber } from '../../../ui/numbers.ts'
import { toast } from '../../../ui/toast.ts'

/** Puts addresses on the list: typed, pasted, or from a file. */
export function AddDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog title="Add addresses" open={open} onClose={onClose}>
      {open && <AddForm onClose={onClose} />}
    </Dialog>
  )
}

const addresses = (n: number) => `${fullNumber(n)} ${n === 1 ? 'address' : 'addresses'}`

function AddForm({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const [why, setWhy] = useState('')
  const add = useMutation(
    api.suppression.add.mutationOptions({
      onSuccess: async ({ added, known, without }) => {
        onClose()
        const parts = [known > 0 && `${addresses(known)} were there already`, without > 0 && `${fullNumber(without)} lines held none`]
        const more = parts.filter(Boolean).join(', ')
        toast({ words: `${addresses(added)} get no more mail.${more === '' ? '' : ` ${more}.`}` })
        await queries.invalidateQueries(api.suppression.pathFilter())
      },
    }),
  )
  const wrong = fieldProblems(add.error)
  const submit = () => add.mutate({ text, why })
  return (
    <DialogForm
      error={add.error}
      deed="Stop mail to them"
      busy={add.isPending}
      disabled={text.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <Textarea
        label="Addresses"
        description="One a line, or the text of a CSV file: every address in it is taken."
        minRows={5}
        maxRows={12}
        autosize
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={wrong.text}
      />
      <label className="btn file-button">
        Take a file…
        <input
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          onChange={(event) => void event.currentTarget.files?.[0]?.text().then(setText)}
        />
      </label>
      <TextField
        label="Why"
        hint="Stands beside them, and in the audit log."
        placeholder="Asked us by phone"
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
        error={wrong.why}
      />
    </DialogForm>
  )
}
