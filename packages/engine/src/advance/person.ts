import { compareText, fold, type LifeEvent, transition } from '@baton/leads'
import { foldProps } from '../condition/read.ts'
import type { InboxItem } from '../state/input.ts'
import type { FieldValue, Person, RelatedFact } from '../state/person.ts'
import { factsChanged } from './segments.ts'
import type { Turn } from './turn.ts'

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
    if (typeof value === 'string' && value !== '' && isFolded(turn, key)) folded[key] = fold(value)
  }
  const zone = fields.zone
  const next: Person = { ...person, fields, folded, zone: typeof zone === 'string' && zone !== '' ? zone : null }
  turn.state = { ...turn.state, person: changed.includes('zone') ? next : { ...next, zone: person.zone } }
  factsChanged(turn, { fields: changed })
  for (const key of changed) {
    if (!turn.plan.index.triggers.fields.has(key)) continue
    const before = (Object.hasOwn(person.fields, key) ? person.fields[key] : null) ?? null
    turn.queue.push({ kind: 'changed', at: turn.now, field: key, before, after: set[key] ?? null })
  }
  return true
}

/** Keeps the contact's copy of a related record as it is now; by kind, then id, as a store gives them back. */
export function setRelated(turn: Turn, item: Extract<InboxItem, { kind: 'related' }>): void {
  const { of, id, data, occurredAt } = item
  const others = turn.state.related.filter((it) => it.kind !== of || it.id !== id)
  const record: RelatedFact[] = data === null ? [] : [{ kind: of, id, data, folded: foldProps(data), at: occurredAt }]
  const related = [...others, ...record].sort((a, b) => compareText(a.kind, b.kind) || compareText(a.id, b.id))
  turn.state = { ...turn.state, related }
  factsChanged(turn, { related: of })
}

/** Only texts and choices are compared by their folded copies. */
function isFolded(turn: Turn, key: string): boolean {
  const type = turn.plan.fieldTypes.get(key)
  return type === 'text' || type === 'choice'
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

/** Moves the life cycle by what happened; what does not apply in this stage changes nothing. E-82. */
export function live(turn: Turn, event: LifeEvent): void {
  const { person } = turn.state
  const { stage, ownerSide, ownerId } = person
  const result = transition({ stage, ownerSide, ownerId }, event)
  if ('refused' in result) return
  const { state } = result
  if (state.stage === stage && state.ownerSide === ownerSide && state.ownerId === ownerId) return
  turn.state = { ...turn.state, person: { ...person, ...state } }
  factsChanged(turn, { stage: state.stage !== stage, owner: state.ownerSide !== ownerSide || state.ownerId !== ownerId })
}
