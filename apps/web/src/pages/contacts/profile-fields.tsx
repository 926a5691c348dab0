import { IconPencil } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import type { Contact, Field } from './people.ts'
import { useChange } from './use-change.ts'
import { FieldValueShown, fieldWords, typed, ValueInput } from './value.tsx'

/** All fields with their values; a click on one edits it in place. Empty fields of the workspace's own fold away. */
export function ProfileFields({ contact, fields }: { contact: Contact; fields: readonly Field[] }) {
  const [all, setAll] = useState(false)
  const mayEdit = useMay('admin', 'marketer')
  const filled = fields.filter((it) => contact.fields[it.key] !== undefined)
  const shown = all || filled.length === 0 ? fields : filled
  return (
    <>
      <div className="profile">
        {shown.map((field) => (
          <FieldRow key={field.key} field={field} contact={contact} mayEdit={mayEdit} />
        ))}
      </div>
      {filled.length > 0 && filled.length < fields.length && (
        <p className="side-link">
          <button type="button" className="link small" onClick={() => setAll(!all)}>
            {all
              ? 'Only what is known'
              : `${fields.length - filled.length} empty ${fields.length - filled.length === 1 ? 'field' : 'fields'}`}
          </button>
        </p>
      )}
    </>
  )
}

function FieldRow({ field, contact, mayEdit }: { field: Field; contact: Contact; mayEdit: boolean }) {
  const [editing, setEditing] = useState(false)
  const words = fieldWords(contact.fields[field.key], field.type)
  if (editing) return <Editing field={field} contact={contact} onDone={() => setEditing(false)} />
  const value = words === '' ? <span className="faint">–</span> : <FieldValueShown value={contact.fields[field.key]} words={words} />
  return (
    <div className="profile-row">
      <span className="muted">{field.label}</span>
      {mayEdit ? (
        <button
          type="button"
          className="profile-value"
          aria-label={`${field.label}: ${words === '' ? 'empty' : words}. Edit`}
          onClick={() => setEditing(true)}
        >
          <span>{value}</span>
          <IconPencil size={12} stroke={1.75} aria-hidden="true" />
        </button>
      ) : (
        <span>{value}</span>
      )}
    </div>
  )
}

function Editing({ field, contact, onDone }: { field: Field; contact: Contact; onDone: () => void }) {
  const now = contact.fields[field.key]
  const [value, setValue] = useState<string | number | boolean>(now === undefined ? '' : Array.isArray(now) ? now.join(', ') : now)
  const change = useChange(contact.id)
  const save = (event: FormEvent) => {
    event.preventDefault()
    change.mutate({ id: contact.id, fields: { [field.key]: typed(value) } }, { onSuccess: onDone })
  }
  return (
    <form
      className="profile-edit"
      noValidate
      onSubmit={save}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onDone()
      }}
    >
      <ValueInput
        field={field}
        label={field.type === 'datetime' ? `${field.label} (UTC)` : field.label}
        value={value}
        onChange={setValue}
        autoFocus
        error={change.error ? problemWords(change.error) : undefined}
      />
      <div className="row">
        <Button type="submit" size="small" look="primary" busy={change.isPending}>
          Save
        </Button>
        <Button size="small" look="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
