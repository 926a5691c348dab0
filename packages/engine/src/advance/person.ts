import { compareText, type LifeEvent, transition } from '@baton/leads'
import { foldProps } from '../condition/read.ts'
import { foldValue, isFoldedType } from '../fields/read.ts'
import type { InboxItem } from '../state/input.ts'
import type { FieldValue, Person, RelatedFact } from '../state/person.ts'
import { derive } from './history.ts'
import { factsChanged } from './segments.ts'
import { type Turn, withFacts } from './turn.ts'

/** Sets and empties fields, with the folded copies of texts and the mirrored zone. Fields that stay as they were change nothing; true if any changed. E-65. */
export function setFields(turn: Turn, set: Readonly<Record<string, FieldValue | null>>): boolean {
  const { person } = turn.state
  const changed = Object.keys(set).filter((key) => !sameValue(Object.hasOwn(person.fields, key) ? person.fields[key] : null, set[key]))
  if (changed.length === 0) return false
  const fields = { ...person.fields }
  const folded = { ...person.folded }
  for (const key of changed) {
    const value = set[key] ?? null
    delete fields[key]
    delete folded[key]
    if (value === null) continue
    fields[key] = value
    const copy = isFoldedType(turn.plan.fieldTypes.get(key)) ? foldValue(value) : undefined
    if (copy !== undefined) folded[key] = copy
  }
  const zone = fields.zone
  const next: Person = { ...person, fields, folded, zone: typeof zone === 'string' && zone !== '' ? zone : null }
  turn.state = withFacts(turn.state, { person: changed.includes('zone') ? next : { ...next, zone: person.zone } })
  factsChanged(turn, { fields: changed })
  for (const key of changed) {
    if (!turn.plan.index.triggers.fields.has(key)) continue
    const before = (Object.hasOwn(person.fields, key) ? person.fields[key] : null) ?? null
    turn.queue.push({ kind: 'changed', at: turn.now, field: key, before, after: set[key] ?? null })
  }
  return true
}

/**
 * Keeps the contact's copy of a related record as it is now; by kind, then id, as a store gives them back. A contact has one company:
 * another one takes its place. What is told only to those related (`known`) changes nothing for others. E-240, E-241, E-242.
 */
export function setRelated(turn: Turn, { of, id, data, occurredAt, known = false }: Extract<InboxItem, { kind: 'related' }>): void {
  const record: RelatedFact | null = data === null ? null : { kind: of, id, data, folded: foldProps(data), at: occurredAt }
  turn.out.related.push({ kind: of, id, record, known })
  const { related } = turn.state
  const was = related.find((it) => it.kind === of && it.id === id)
  if ((known || !record) && !was) return
  const alone = of === 'company' && record !== null
  const others = related.filter((it) => it.kind !== of || (!alone && it.id !== id))
  // Since when it is related is no part of the record: a change of the record leaves it.
  const kept = record && known && was ? { ...record, at: was.at } : record
  const next = [...others, ...(kept ? [kept] : [])].sort((a, b) => compareText(a.kind, b.kind) || compareText(a.id, b.id))
  turn.state = { ...turn.state, related: next }
  factsChanged(turn, { related: of })
}

const sameValue = (a: unknown, b: unknown) => a === (b ?? null) || JSON.stringify(a) === JSON.stringify(b ?? null)

/** Gives or withdraws consent for a topic. */
export function setConsent(turn: Turn, topic: string, given: boolean): void {
  const { person } = turn.state
  if (Object.hasOwn(person.consent, topic) && person.consent[topic] === given) return
  turn.state = { ...turn.state, person: { ...person, consent: { ...person.consent, [topic]: given } } }
  factsChanged(turn, { consent: true })
}

/** Stops all mail to the address, or lets it again. */
export function setSuppressed(turn: Turn, reason: string | null): void {
  const { person } = turn.state
  if (person.suppressed === reason) return
  turn.state = { ...turn.state, person: { ...person, suppressed: reason } }
  factsChanged(turn, { consent: true })
}

/** Moves the life cycle by what happened; what does not apply in this stage changes nothing. A new stage is an event. E-82, E-155. */
export function live(turn: Turn, event: LifeEvent): void {
  const { person } = turn.state
  const { stage, ownerSide, ownerId } = person
  const result = transition({ stage, ownerSide, ownerId }, event)
  if ('refused' in result) return
  const { state } = result
  if (state.stage === stage && state.ownerSide === ownerSide && state.ownerId === ownerId) return
  turn.state = { ...turn.state, person: { ...person, ...state } }
  factsChanged(turn, { stage: state.stage !== stage, owner: state.ownerSide !== ownerSide || state.ownerId !== ownerId })
  if (state.stage === stage) return
  derive(turn, {
    type: 'lifecycle.changed',
    id: `${person.key}/${turn.now}/${stage}>${state.stage}`,
    props: { from: stage, to: state.stage },
  })
}
