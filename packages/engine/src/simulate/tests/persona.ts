import { foldFields, foldProps } from '../../condition/read.ts'
import { isFoldedType } from '../../fields/read.ts'
import type { Plan } from '../../plan.ts'
import type { ContactState } from '../../state/contact.ts'
import { emptyState } from '../../state/empty.ts'
import type { Instant, Person } from '../../state/person.ts'
import type { Persona } from './schema.ts'

/** A persona as a contact of whom that is known when a test begins. */
export function stateOfPersona(persona: Persona, { plan, flowId }: { plan: Plan; flowId: string }, from: Instant): ContactState {
  const { key, fields, zone = null } = { ...persona, zone: persona.fields.zone }
  const folded = foldFields(
    fields,
    [...plan.fieldTypes].flatMap(([name, type]) => (isFoldedType(type) ? [name] : [])),
  )
  const person: Person = {
    id: 0,
    key,
    zone: typeof zone === 'string' && zone !== '' ? zone : null,
    ownerSide: persona.owner,
    ownerId: null,
    stage: persona.stage,
    fields,
    folded,
    consent: persona.consent,
    suppressed: persona.suppressed ?? null,
    createdAt: from,
  }
  const at = (time: string) => Math.min(Date.parse(time), from)
  return {
    ...emptyState(person),
    members: Object.fromEntries(persona.lists.map((id) => [id, from])),
    events: persona.history
      .map(({ time, type, props }, i) => ({ id: `before:${i}`, type, props, occurredAt: at(time), receivedAt: at(time) }))
      .sort((a, b) => a.occurredAt - b.occurredAt),
    ledger: Object.entries(persona.scores).map(([dimension, points]) => ({
      key: `before:${dimension}`,
      dimension,
      points: Math.round(points * 100),
      at: from,
      rule: '',
      cause: { flowId: '', node: '', visit: 1 },
    })),
    sends: persona.mails.map(({ time, template, purpose }, i) => ({
      key: `before:${i}`,
      templateId: template,
      at: at(time),
      status: 'sent' as const,
      purpose,
      topic: null,
    })),
    related: persona.related
      .map(({ of, id, data, time }) => ({ kind: of, id, data, folded: foldProps(data), at: at(time) }))
      .sort((a, b) => (`${a.kind} ${a.id}` < `${b.kind} ${b.id}` ? -1 : 1)),
    drawn: Object.fromEntries(Object.entries(persona.drawn).map(([node, way]) => [`${flowId}/${node}`, way])),
  }
}
