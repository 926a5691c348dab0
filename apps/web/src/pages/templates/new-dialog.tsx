import './templates.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../shell/api.ts'
import { FormProblem } from '../../shell/dialog-form.tsx'
import { fieldProblems } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/form-field.tsx'
import { MailFrame } from '../../ui/mail-frame.tsx'
import { SkeletonText } from '../../ui/skeleton.tsx'

type Props = { open: boolean; suggested?: string; onClose: () => void; onMade: (id: string) => void }

/** Asks for a layout and a name; `suggested` stands there as one, to be written over. */
export default function NewMessageDialog({ open, suggested = '', onClose, onMade }: Props) {
  return (
    <Dialog title="New message" open={open} onClose={onClose} width={860}>
      {open && <NewMessage suggested={suggested} onClose={onClose} onMade={onMade} />}
    </Dialog>
  )
}

function NewMessage({ suggested, onClose, onMade }: Omit<Props, 'open'>) {
  const queries = useQueryClient()
  const starters = useQuery(api.templates.starters.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }))
  const [chosen, setChosen] = useState('letter')
  const [name, setName] = useState(suggested ?? '')
  const make = useMutation(api.templates.create.mutationOptions({ onSuccess: () => queries.invalidateQueries(api.templates.pathFilter()) }))
  const wrong = fieldProblems(make.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const from = chosen === 'empty' ? { kind: 'empty' as const } : { kind: 'starter' as const, id: chosen }
    make.mutate({ name, from }, { onSuccess: ({ id }) => onMade(id) })
  }
  const options = [...(starters.data ?? []), { id: 'empty', name: 'Empty', about: 'Write the MJML yourself.', html: '' }]
  return (
    <form className="new-message" onSubmit={submit} noValidate>
      <TextField
        label="Name"
        hint="For your colleagues; nobody outside sees it."
        data-autofocus
        placeholder="Webinar follow-up"
        value={name}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setName(event.currentTarget.value)}
        error={wrong.name}
      />
      {starters.isPending ? (
        <SkeletonText lines={8} />
      ) : (
        <fieldset className="layouts">
          <legend className="unseen">Layout</legend>
          {options.map((one) => (
            <label key={one.id} className="layout">
              <input type="radio" name="layout" className="unseen" checked={chosen === one.id} onChange={() => setChosen(one.id)} />
              <span className="layout-picture">
                {one.html === '' ? (
                  <span className="layout-empty">{'<mjml>'}</span>
                ) : (
                  <MailFrame label={one.name} html={one.html} thumbnail />
                )}
              </span>
              <strong>{one.name}</strong>
              <span className="small muted">{one.about}</span>
            </label>
          ))}
        </fieldset>
      )}
      <FormProblem error={make.error} />
      <div className="dialog-foot">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={make.isPending}>
          Make the message
        </Button>
      </div>
    </form>
  )
}
