import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { IconButton } from '../../ui/button.tsx'
import { Checkbox, Select, TextInput } from '../../ui/fields.tsx'
import { askFor, type Choices, type FormField, moved } from './content.ts'

const icon = { size: 14, stroke: 1.75 }

type Props = {
  choices: Choices['fields']
  fields: readonly FormField[]
  readOnly: boolean
  onChange: (fields: FormField[]) => void
}

/** Fields of contacts that the form asks for, in their order. The address always is one: it says who this is. */
export function FieldList({ choices, fields, readOnly, onChange }: Props) {
  const labels = new Map(choices.map(({ key, label }) => [key, label]))
  const open = choices.filter(({ key }) => !fields.some((it) => it.key === key))
  const set = (at: number, change: Partial<FormField>) => onChange(fields.map((it, i) => (i === at ? { ...it, ...change } : it)))
  return (
    <section aria-labelledby="asks-for" className="form-part">
      <h2 id="asks-for">It asks for</h2>
      <ul className="asked">
        {fields.map((field, i) => {
          const name = labels.get(field.key) ?? 'Removed field'
          return (
            <li key={field.key}>
              <div className="asked-head">
                <strong className="grow clip">{name}</strong>
                <Checkbox
                  size="xs"
                  label="Must be filled in"
                  checked={field.required}
                  disabled={readOnly || field.key === 'email'}
                  onChange={(event) => set(i, { required: event.currentTarget.checked })}
                />
                {!readOnly && (
                  <span className="asked-deeds">
                    <IconButton
                      size="small"
                      label={`${name}: one up`}
                      icon={<IconArrowUp {...icon} />}
                      disabled={i === 0}
                      onClick={() => onChange(moved(fields, i, -1))}
                    />
                    <IconButton
                      size="small"
                      label={`${name}: one down`}
                      icon={<IconArrowDown {...icon} />}
                      disabled={i === fields.length - 1}
                      onClick={() => onChange(moved(fields, i, 1))}
                    />
                    <IconButton
                      size="small"
                      label={field.key === 'email' ? 'The address stays: it says who this is' : `Do not ask for ${name}`}
                      icon={<IconX {...icon} />}
                      disabled={field.key === 'email'}
                      onClick={() => onChange(fields.filter((it) => it.key !== field.key))}
                    />
                  </span>
                )}
              </div>
              <div className="asked-words">
                <TextInput
                  size="xs"
                  aria-label={`Label of ${name}`}
                  placeholder={name}
                  value={field.label}
                  maxLength={200}
                  disabled={readOnly}
                  onChange={(event) => set(i, { label: event.currentTarget.value })}
                />
                <TextInput
                  size="xs"
                  aria-label={`Example for ${name}`}
                  placeholder="Example in the empty field"
                  value={field.placeholder}
                  maxLength={200}
                  disabled={readOnly}
                  onChange={(event) => set(i, { placeholder: event.currentTarget.value })}
                />
              </div>
            </li>
          )
        })}
      </ul>
      {!readOnly && open.length > 0 && (
        <Select
          aria-label="Ask for one more field"
          placeholder="Ask for one more field"
          className="asked-add"
          searchable
          value={null}
          data={open.map(({ key, label }) => ({ value: key, label }))}
          nothingFoundMessage="No such field. Add it under Contacts, Fields."
          onChange={(key) => key !== null && onChange([...fields, askFor(key)])}
        />
      )}
    </section>
  )
}
