import { conditionReferences, type FieldValue, type FlowGraph, type Persona, referencesOf } from '@baton/engine'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { typed, ValueInput } from '../../pages/contacts/value.tsx'
import { api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox, NumberInput } from '../../ui/fields.tsx'
import { Avatar } from '../../ui/marks.tsx'
import { useEditor } from '../store.ts'
import { nameOfPersona, PERSONAS } from './personas.ts'

type Props = { flowId: string; graph: FlowGraph; persona: Persona; onChange: (persona: Persona) => void }

/** Always worth changing: they stand in every mail, and say when it goes. */
const ALWAYS = ['first_name', 'zone']

/** Somebody made up: one of a few, changed as one likes. */
export function PersonaChoice({ flowId, graph, persona, onChange }: Props) {
  const [open, setOpen] = useState(false)
  const ready = PERSONAS.find((it) => it.persona.key === persona.key)
  return (
    <div className="stack">
      <div className="personas" role="radiogroup" aria-label="Somebody made up">
        {PERSONAS.map((it) => (
          // biome-ignore lint/a11y/useSemanticElements: a radio input cannot hold a disc and two lines
          <button
            key={it.id}
            type="button"
            role="radio"
            aria-checked={it === ready}
            className="persona"
            onClick={() => onChange(it.persona)}
          >
            <Avatar name={nameOfPersona(it.persona)} quiet />
            <span className="grow">
              <b>{it.name}</b>
              <span className="small muted">{it.about}</span>
            </span>
          </button>
        ))}
      </div>
      <Button size="small" className="start" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Done' : `Change ${nameOfPersona(persona)}…`}
      </Button>
      {open && <PersonaForm flowId={flowId} graph={graph} persona={persona} onChange={onChange} />}
    </div>
  )
}

function PersonaForm({ flowId, graph, persona, onChange }: Props) {
  const fields = useQuery(api.fields.list.queryOptions())
  const catalog = useEditor((state) => state.catalog)
  const around = useQuery(api.walk.around.queryOptions({ flowId }, { staleTime: 30_000 }))
  const named = [...referencesOf(graph), ...(around.data?.segments ?? []).flatMap((it) => conditionReferences(it.condition))]
  const wanted = new Set([...ALWAYS, ...named.flatMap((it) => (it.kind === 'field' ? [it.id] : []))])
  const dimensions = catalog.dimensions.filter((it) => named.some((one) => one.kind === 'dimension' && one.id === it.id))
  const topics = catalog.topics.filter((it) => it.id === 'marketing' || named.some((one) => one.kind === 'topic' && one.id === it.id))
  const set = (key: string, value: FieldValue | null) => {
    const { [key]: _, ...rest } = persona.fields
    onChange({ ...persona, fields: value === null ? rest : { ...rest, [key]: value } })
  }
  return (
    <div className="persona-form">
      {(fields.data ?? [])
        .filter((it) => wanted.has(it.key))
        .map((field) => {
          const value = persona.fields[field.key] ?? ''
          const tags = field.type === 'tags'
          return (
            <ValueInput
              key={field.key}
              field={field}
              label={field.label}
              value={Array.isArray(value) ? value.join(', ') : value}
              onChange={(next) => {
                const plain = typed(next)
                set(field.key, tags && typeof plain === 'string' ? plain.split(',').map((it) => it.trim()) : plain)
              }}
            />
          )
        })}
      {dimensions.map(({ id, name }) => (
        <NumberInput
          key={id}
          label={`${name}, points`}
          hideControls
          value={persona.scores[id] ?? ''}
          onChange={(next) => onChange({ ...persona, scores: { ...persona.scores, [id]: typeof next === 'number' ? next : 0 } })}
        />
      ))}
      {topics.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={`Agreed to ${name}`}
          checked={persona.consent[id] === true}
          onChange={(event) => onChange({ ...persona, consent: { ...persona.consent, [id]: event.currentTarget.checked } })}
        />
      ))}
    </div>
  )
}
