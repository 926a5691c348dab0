import { fold } from '@baton/leads'
import type { FieldType, Person } from '../state/person.ts'
import { isDate, isInstant } from './calendar.ts'
import type { ConditionScope } from './compiled.ts'
import type { ResolvedSubject } from './resolved.ts'
import type { Operand } from './test.ts'

type Simple = Exclude<ResolvedSubject, { kind: 'event' }>

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined)

/** A field as comparisons see it: texts by their folded copies; null where nothing is stored, or nothing of the field's type. */
function fieldReader(key: string, type: FieldType): (person: Person) => Operand {
  switch (type) {
    case 'text':
    case 'choice':
      return (person) => own(person.folded, key) || null
    case 'number':
      return (person) => {
        const value = own(person.fields, key)
        return typeof value === 'number' && Number.isFinite(value) ? value : null
      }
    case 'boolean':
      return (person) => {
        const value = own(person.fields, key)
        return typeof value === 'boolean' ? value : null
      }
    case 'date':
    case 'datetime': {
      const fits = type === 'date' ? isDate : isInstant
      return (person) => {
        const value = own(person.fields, key)
        return typeof value === 'string' && fits(value) ? value : null
      }
    }
  }
}

/** Points of a dimension: the sum of its lines, in points (lines are in hundredths). */
export function scoreOf(scope: ConditionScope, dimension: string): number {
  let sum = 0
  for (const line of scope.state.ledger) if (line.dimension === dimension) sum += line.points
  return sum / 100
}

/** What a subject yields for one person. Scores, membership, consent, stage and owner are never missing. */
export function readerFor(subject: Simple): (scope: ConditionScope) => Operand {
  switch (subject.kind) {
    case 'field': {
      const read = fieldReader(subject.key, subject.type)
      return (scope) => read(scope.state.person)
    }
    case 'score':
      return (scope) => scoreOf(scope, subject.dimension)
    case 'segment':
      return (scope) => Object.hasOwn(scope.state.members, subject.segmentId)
    case 'consent':
      return (scope) => own(scope.state.person.consent, subject.topic) === true
    case 'stage':
      return (scope) => scope.state.person.stage
    case 'owner':
      return (scope) => scope.state.person.ownerSide
  }
}

/** Text as a stored field's folded copy holds it: the record that goes beside the fields of a person. */
export function foldFields(fields: Readonly<Record<string, unknown>>, textKeys: Iterable<string>): Record<string, string> {
  const folded: Record<string, string> = {}
  for (const key of textKeys) {
    const value = Object.hasOwn(fields, key) ? fields[key] : undefined
    if (typeof value === 'string' && value !== '') folded[key] = fold(value)
  }
  return folded
}

/**
 * Folded copies of an event's text properties, only of those that folding changes; null when there are none. Whoever stores an
 * event stores this beside it, so that SQL compares what the engine compares.
 */
export function foldProps(props: Readonly<Record<string, unknown>>): Record<string, string> | null {
  const changed = Object.entries(props).flatMap(([key, value]) => {
    if (typeof value !== 'string') return []
    const folded = fold(value)
    return folded === value ? [] : [[key, folded] as const]
  })
  return changed.length > 0 ? Object.fromEntries(changed) : null
}
