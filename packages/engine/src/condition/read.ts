import { type DimensionRules, fold, sumScore } from '@baton/leads'
import type { DimensionModel } from '../catalog.ts'
import { foldValue } from '../fields/read.ts'
import type { FieldType, Person } from '../state/person.ts'
import { dateOf, dayAt, isDate, isInstant } from './calendar.ts'
import type { ConditionScope } from './compiled.ts'
import { WEEKDAYS } from './operators.ts'
import type { PropertyTest, ResolvedSubject } from './resolved.ts'
import { type Operand, readProperty } from './test.ts'

type Simple = Exclude<ResolvedSubject, { kind: 'event' | 'related' }>

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined)

/** A field as comparisons see it: texts by their folded copies; null where nothing is stored, or nothing of the field's type. */
function fieldReader(key: string, type: FieldType): (person: Person) => Operand {
  switch (type) {
    case 'text':
    case 'choice':
    case 'tags':
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

/** Points of a dimension in the scope of a step: its lines as they have decayed, capped (lines are in hundredths). Rules LS-1 to LS-5. */
export function scoreOf({ now, state, dimensions }: Pick<ConditionScope, 'now' | 'state' | 'dimensions'>, dimension: string): number {
  return sumScore(state.ledger, dimension, now, dimensionRules(dimensions ?? [], dimension)) / 100
}

/** A dimension's rules as the arithmetic reads them; none for one that is gone. */
export function dimensionRules(dimensions: readonly DimensionModel[], id: string): DimensionRules {
  const found = dimensions.find((it) => it.id === id)
  return { factors: found?.factors, cap: found?.cap ?? undefined }
}

const timesIn = (record: Readonly<Record<string, number>> | undefined, key: string) => (record ? own(record, key) : undefined) ?? 0

/** What a carried value of a type is read by: as a property, whose type nobody declared. */
const CARRIED = {
  text: { on: 'text', op: 'is', values: [] },
  number: { on: 'number', op: 'is', values: [] },
  boolean: { on: 'flag', is: true },
} as const satisfies Record<string, PropertyTest>

/** What a subject yields for one person. Only fields and carried values can be missing. */
export function readerFor(subject: Simple): (scope: ConditionScope) => Operand {
  switch (subject.kind) {
    case 'field': {
      const read = fieldReader(subject.key, subject.type)
      return (scope) => read(scope.state.person)
    }
    case 'score':
      return ({ now, state }) => sumScore(state.ledger, subject.dimension, now, subject.model) / 100
    case 'segment':
      return (scope) => Object.hasOwn(scope.state.members, subject.segmentId)
    case 'consent':
      return (scope) => own(scope.state.person.consent, subject.topic) === true
    case 'stage':
      return (scope) => scope.state.person.stage
    case 'owner':
      return (scope) => scope.state.person.ownerSide
    case 'mailable':
      return (scope) => scope.state.person.suppressed === null
    case 'passage':
      return ({ state }) => {
        const here = ({ flowId }: { flowId: string }) => flowId === subject.flowId
        return state.enrolments.some(here) || (subject.is === 'ever' && state.past.some(here))
      }
    case 'journey':
      return ({ enrolment }) =>
        subject.port === null
          ? timesIn(enrolment?.vars.visits, subject.node)
          : timesIn(enrolment?.vars.took, `${subject.node}/${subject.port}`)
    case 'carried': {
      const test = CARRIED[subject.type]
      return ({ enrolment }) => readProperty(test, own(enrolment?.vars.data ?? {}, subject.key), fold)
    }
    case 'today':
      return (scope) => dateOf(dayAt(scope.now, subject.zone))
    case 'weekday':
      return (scope) => weekdayOf(dayAt(scope.now, subject.zone))
  }
}

/** The name of a day of the week; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): string => WEEKDAYS[(((day + 3) % 7) + 7) % 7] ?? WEEKDAYS[0]

/** Folded copies of the texts and tags among fields, as they go beside the fields of a person. `textKeys`: fields of a type that has one. */
export function foldFields(fields: Readonly<Record<string, unknown>>, textKeys: Iterable<string>): Record<string, string> {
  const folded: Record<string, string> = {}
  for (const key of textKeys) {
    const copy = foldValue(own(fields, key))
    if (copy !== undefined) folded[key] = copy
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
