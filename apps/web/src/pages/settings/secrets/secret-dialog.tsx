import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../shell/api.ts'
import { DialogForm } from '../../../shell/dialog-form.tsx'
import { fieldProblems } from '../../../shell/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { CopyText } from '../../../ui/copy-text.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/form-field.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { toast } from '../../../ui/toast.ts'

/** Keeps a secret: a new one, made by Baton or given by the other side, or a new value for one that is there. */
export function SecretDialog({ name, onClose }: { name: string | 'new' | null; onClose: () => void }) {
  return (
    <Dialog title={name === null || name === 'new' ? 'New secret' : `Replace ${name}`} open={name !== null} onClose={onClose} width={520}>
      {name !== null && <SecretForm known={name === 'new' ? null : name} onClose={onClose} />}
    </Dialog>
  )
}

function SecretForm({ known, onClose }: { known: string | null; onClose: () => void }) {
  const queries = useQueryClient()
  const [name, setName] = useState(known ?? '')
  const [value, setValue] = useState('')
  const [way, setWay] = useState<'make' | 'give'>(known === null ? 'make' : 'give')
  const refresh = () =>
    Promise.all([queries.invalidateQueries(api.secrets.pathFilter()), queries.invalidateQueries(api.flows.catalog.queryFilter())])
  const make = useMutation(api.secrets.make.mutationOptions({ onSuccess: refresh }))
  const save = useMutation(
    api.secrets.save.mutationOptions({
      onSuccess: async () => {
        onClose()
        toast({ words: `${name.trim()} is kept.` })
        await refresh()
      },
    }),
  )
  const failed = make.error ?? save.error
  const wrong = fieldProblems(failed)
  const submit = () => {
    if (way === 'make') make.mutate({ name })
    else save.mutate({ name, value })
  }
  if (make.data) {
    return (
      <div className="dialog-form">
        <CopyText label={`The secret ${name.trim()}`} text={make.data.value} />
        <Callout tone="warn" title="It is shown only now">
          Give it to whoever is called, so that they can check the signature (Standard Webhooks). If it gets lost, make another one.
        </Callout>
        <div className="dialog-foot">
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    )
  }
  return (
    <DialogForm
      error={failed}
      deed={way === 'make' ? 'Make the secret' : 'Keep it'}
      busy={make.isPending || save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {known === null && (
        <>
          <TextField
            label="Name"
            hint="Steps choose it by this name."
            data-autofocus
            placeholder="crm-hook"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={wrong.name}
          />
          <div className="field">
            <span className="label">Where it comes from</span>
            <div>
              <Segmented
                label="Where it comes from"
                value={way}
                onChange={setWay}
                options={[
                  { value: 'make', label: 'Baton makes it' },
                  { value: 'give', label: 'I have it' },
                ]}
              />
            </div>
            <p className="hint">
              {way === 'make' ? 'For signing: you give it to the other side.' : 'A key or token that the other side gave you.'}
            </p>
          </div>
        </>
      )}
      {way === 'give' && (
        <TextField
          label={known === null ? 'Secret' : 'New value'}
          type="password"
          autoComplete="off"
          hint="It is never shown again."
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          error={wrong.value}
        />
      )}
    </DialogForm>
  )
}
