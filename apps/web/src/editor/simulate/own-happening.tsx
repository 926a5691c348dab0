import type { Happening } from '@baton/engine'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { typed, ValueInput } from '../../pages/contacts/value.tsx'
import { api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { Autocomplete, Select } from '../../ui/fields.tsx'
import { PropsInput } from './props-input.tsx'

type Known = Extract<Happening, { do: 'event' }>

/** An event that somebody makes happen: one that is listened to, or any. */
export function OwnEvent({ types, known, onHappen }: { types: readonly string[]; known?: Happening; onHappen: (what: Happening) => void }) {
  const proposed: Known | undefined = known?.do === 'event' ? known : undefined
  const [type, setType] = useState(proposed?.type ?? '')
  const [props, setProps] = useState<Record<string, unknown>>(proposed?.props ?? {})
  const [open, setOpen] = useState(false)
  const ready = type.trim() !== ''
  return (
    <div className="stack">
      {!proposed && (
        <Autocomplete
          size="xs"
          aria-label="Event"
          placeholder="What they do, e.g. order.paid"
          data={[...types]}
          value={type}
          onChange={setType}
        />
      )}
      {open && <PropsInput label="With these values" props={props} onChange={setProps} />}
      <div className="row wrap">
        <Button size="small" disabled={!ready} onClick={() => onHappen({ do: 'event', type: type.trim(), props })}>
          {proposed ? 'They do it' : 'It happens'}
        </Button>
        <Button size="small" look="quiet" aria-expanded={open} disabled={!ready} onClick={() => setOpen(!open)}>
          {open ? 'Without values' : 'With values…'}
        </Button>
      </div>
    </div>
  )
}

/** A field gets another value. */
export function FieldChange({ keys, onHappen }: { keys: readonly string[]; onHappen: (what: Happening) => void }) {
  const fields = useQuery(api.fields.list.queryOptions())
  const [key, setKey] = useState(keys[0] ?? '')
  const [value, setValue] = useState<string | number | boolean>('')
  const offered = (fields.data ?? []).filter((it) => keys.includes(it.key))
  const field = offered.find((it) => it.key === key)
  const set = () => {
    const plain = typed(value)
    const next = field?.type === 'tags' && typeof plain === 'string' ? plain.split(',').map((it) => it.trim()) : plain
    onHappen({ do: 'fields', set: { [key]: next } })
  }
  return (
    <div className="stack">
      {offered.length > 1 && (
        <Select
          size="xs"
          aria-label="Field"
          allowDeselect={false}
          data={offered.map((it) => ({ value: it.key, label: it.label }))}
          value={key}
          onChange={(next) => {
            setKey(next ?? '')
            setValue('')
          }}
        />
      )}
      {field && <ValueInput field={field} label={offered.length > 1 ? undefined : field.label} value={value} onChange={setValue} />}
      <Button size="small" className="start" disabled={!field} onClick={set}>
        It changes
      </Button>
    </div>
  )
}
