import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import type { Field } from './people.ts'
import { typed, ValueInput } from './value.tsx'

type Props = { open: boolean; fields: readonly Field[]; onClose: () => void; onMade: (id: number) => void }

/** Makes one contact by hand. */
export function AddDialog({ open, onClose, ...rest }: Props) {
  return (
    <Dialog title="Add a person" open={open} onClose={onClose} width={560}>
      {open && <Add {...rest} onClose={onClose} />}
    </Dialog>
  )
}

const FIRST = ['email', 'first_name', 'last_name', 'company', 'job_title', 'phone', 'country', 'zone', 'language']

function Add({ fields, onClose, onMade }: Omit<Props, 'open'>) {
  const queries = useQueryClient()
  const [values, setValues] = useState<Readonly<Record<string, string | number | boolean>>>({})
  const [consent, setConsent] = useState(false)
  const create = useMutation(
    api.contacts.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries({ queryKey: api.contacts.pathKey() })
        onMade(id)
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => typed(value) !== null))
    create.mutate({ fields: given, ...(consent ? { consent: true } : {}) })
  }
  const shown = FIRST.flatMap((key) => fields.filter((it) => it.key === key))
  return (
    <form className="dialog-form" onSubmit={submit} noValidate>
      <div className="two">
        {shown.map((field) => (
          <ValueInput
            key={field.key}
            field={field}
            label={field.label}
            autoFocus={field.key === 'email'}
            value={values[field.key] ?? ''}
            onChange={(value) => setValues({ ...values, [field.key]: value })}
          />
        ))}
      </div>
      <Checkbox
        label="Agreed to marketing mail"
        description="Only if they said so. It is noted with your name and the time."
        checked={consent}
        onChange={(event) => setConsent(event.currentTarget.checked)}
      />
      {create.error && <Callout tone="danger" title={problemWords(create.error)} />}
      <div className="dialog-foot">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={create.isPending}>
          Add the person
        </Button>
      </div>
    </form>
  )
}
