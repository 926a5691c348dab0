import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select, Switch, TagsInput, TextInput } from '../../ui/fields.tsx'
import { toast } from '../../ui/toast.ts'
import { type Field, isType, typeChoices } from './field-types.ts'

type Props = { field: Field | 'new' | null; onClose: () => void }

/** Makes a field, or changes one. */
export function FieldDialog({ field, onClose }: Props) {
  const title = field === 'new' ? 'New field' : field === null ? '' : `Field ${field.label}`
  return (
    <Dialog title={title} open={field !== null} onClose={onClose}>
      {field !== null && <FieldForm field={field} onClose={onClose} />}
    </Dialog>
  )
}

function FieldForm({ field, onClose }: { field: Field | 'new'; onClose: () => void }) {
  const queries = useQueryClient()
  const old = field === 'new' ? undefined : field
  const [label, setLabel] = useState(old?.label ?? '')
  const [type, setType] = useState<Field['type']>(old?.type ?? 'text')
  const [options, setOptions] = useState<string[]>(old?.options ?? [])
  const [afterOutcome, setAfter] = useState(old?.afterOutcome ?? false)
  const done = async () => {
    onClose()
    toast({ words: old ? `${label.trim()} is saved.` : `${label.trim()} is a field now.` })
    await Promise.all([
      queries.invalidateQueries({ queryKey: api.fields.pathKey() }),
      queries.invalidateQueries({ queryKey: api.flows.catalog.queryKey() }),
    ])
  }
  const create = useMutation(api.fields.create.mutationOptions({ onSuccess: done }))
  const change = useMutation(api.fields.change.mutationOptions({ onSuccess: done }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const list = type === 'choice' ? { options } : {}
    if (old) change.mutate({ key: old.key, label, type, afterOutcome, ...list })
    else create.mutate({ label, type, afterOutcome, ...list })
  }
  const error = create.error ?? change.error
  return (
    <form className="dialog-form" onSubmit={submit} noValidate>
      <TextInput
        label="Name"
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
        data-autofocus
        description={old ? `Files, messages and events call it ${old.key}, whatever its name.` : undefined}
      />
      <Select label="Type" data={typeChoices} value={type} allowDeselect={false} onChange={(next) => isType(next) && setType(next)} />
      {type === 'choice' && (
        <TagsInput
          label="Options"
          description="Enter after each. An option stays while somebody has it."
          value={options}
          onChange={setOptions}
          splitChars={[',', ';']}
        />
      )}
      <Switch
        label="Known only after the outcome"
        description="Such as the length of the call that closed the deal. Scores and forecasts must not look at it: it would tell them the answer."
        checked={afterOutcome}
        onChange={(event) => setAfter(event.currentTarget.checked)}
      />
      {error && <Callout tone="danger" title={problemWords(error)} />}
      <div className="dialog-foot">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={create.isPending || change.isPending} disabled={label.trim() === ''}>
          {old ? 'Save' : 'Make the field'}
        </Button>
      </div>
    </form>
  )
}
