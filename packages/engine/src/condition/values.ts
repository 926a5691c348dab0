import { fold, fromWall, GRADES } from '@baton/leads'
import type { Catalog } from '../catalog.ts'
import { foldTag, tagFault } from '../fields/tags.ts'
import { dateOf, dayNumber, dayStart, realDate } from './calendar.ts'
import { type OperatorChoice, OWNER_SIDES, PROPERTY_OPERATORS, STAGES, type ValueType, WEEKDAYS } from './operators.ts'
import type { NumberOp, PropertyTest, RangeTest, TagsOp, Test, TextOp } from './resolved.ts'
import type { RuleValue } from './schema.ts'

/** A test, or words that say what to do about the value. */
export type Parsed<T> = { test: T } | { say: string }

type Scalar = string | number | boolean

const TEXT_OPS = new Set<string>(['is', 'is-not', 'any-of', 'none-of', 'contains', 'not-contains', 'starts-with', 'ends-with', 'lt', 'gt'])
const NUMBER_OPS = new Set<string>(['is', 'is-not', 'any-of', 'none-of', 'lt', 'le', 'gt', 'ge', 'between'])
const TAGS_OPS = new Set<string>(['any-of', 'none-of', 'all-of'])
const isTagsOp = (op: string): op is TagsOp => TAGS_OPS.has(op)
const isTextOp = (op: string): op is TextOp => TEXT_OPS.has(op)
const isNumberOp = (op: string): op is NumberOp => NUMBER_OPS.has(op)

/** The values of a rule as a list of the length its operator wants, or words. */
function scalars(choice: OperatorChoice, value: RuleValue | undefined): Scalar[] | string {
  const list = value === undefined ? [] : Array.isArray(value) ? value : [value]
  if (list.some((it) => it === '')) return 'Choose a value.'
  switch (choice.value) {
    case 'none':
      return []
    case 'one':
    case 'days':
      if (list.length === 0) return 'Choose a value.'
      return list.length === 1 ? list : 'Give one value, not a list.'
    case 'list':
      return list.length === 0 ? 'Choose at least one value.' : list
    case 'range':
      return list.length === 2 ? list : 'Give two values: from and to.'
  }
}

const presence = (choice: OperatorChoice): PropertyTest | undefined =>
  choice.op === 'empty' || choice.op === 'not-empty' ? { on: 'presence', empty: choice.op === 'empty' } : undefined

function numbers(choice: OperatorChoice, list: Scalar[]): Parsed<PropertyTest> {
  const values = list.filter((it) => typeof it === 'number')
  if (values.length !== list.length || !isNumberOp(choice.op)) return { say: 'Give a number.' }
  const [low = 0, high = 0] = values
  if (choice.op === 'between' && low > high) return { say: 'The first number must not be above the second.' }
  return { test: { on: 'number', op: choice.op, values } }
}

function texts(choice: OperatorChoice, list: Scalar[]): Parsed<PropertyTest> {
  const values = list.filter((it) => typeof it === 'string')
  if (values.length !== list.length || !isTextOp(choice.op)) return { say: 'Give a text.' }
  return { test: { on: 'text', op: choice.op, values: values.map(fold) } }
}

function listed(choice: OperatorChoice, list: Scalar[], known: readonly string[], what: string): Parsed<PropertyTest> {
  const strange = list.find((it) => typeof it !== 'string' || !known.some((option) => fold(option) === fold(it)))
  if (strange !== undefined) return { say: `“${strange}” is no ${what}: choose one of the list.` }
  return texts(choice, list)
}

function tags(choice: OperatorChoice, list: Scalar[]): Parsed<PropertyTest> {
  const values = list.filter((it) => typeof it === 'string')
  if (values.length !== list.length || !isTagsOp(choice.op)) return { say: 'Give tags.' }
  const strange = values.find((it) => tagFault(it) !== undefined)
  if (strange !== undefined) return { say: `“${strange.slice(0, 60)}” is no tag: ${tagFault(strange)}.` }
  return { test: { on: 'tags', op: choice.op, values: values.map(foldTag) } }
}

function flag(choice: OperatorChoice, value: Scalar | undefined): Parsed<PropertyTest> {
  if (typeof value !== 'boolean') return { say: 'Choose yes or no.' }
  return { test: { on: 'flag', is: choice.op === 'is' ? value : !value } }
}

const DAYS_SAY = 'Give a number of days between 1 and 3650.'

function days(choice: OperatorChoice, value: Scalar | undefined, zone: string, whole: boolean): Parsed<Test> {
  if (typeof value !== 'number' || value <= 0 || value > 3650 || (whole && !Number.isInteger(value))) return { say: DAYS_SAY }
  return { test: { on: 'window', towards: choice.op === 'in-last-days' ? 'last' : 'next', days: value, zone } }
}

/** Where a typed date or date-time begins and ends, as texts that compare like the stored ones. */
type Extent = { from: string; to: string | null }

function dayExtent(value: Scalar): Extent | undefined {
  if (typeof value !== 'string' || !realDate(value)) return undefined
  return { from: value, to: value === '9999-12-31' ? null : dateOf(dayNumber(value) + 1) }
}

const iso = (instant: number) => new Date(instant).toISOString()
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/
const ZONED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/

/** A date stands for its whole day in the workspace's zone; a time without an offset is on the wall of that zone. */
function instantExtent(value: Scalar, zone: string): Extent | undefined {
  if (typeof value !== 'string' || value < '0002' || value >= '9999-12-31') return undefined
  if (realDate(value)) {
    const day = dayNumber(value)
    return { from: iso(dayStart(day, zone)), to: iso(dayStart(day + 1, zone)) }
  }
  if (!realDate(value.slice(0, 10))) return undefined
  const at = LOCAL.test(value) ? Date.parse(`${value}Z`) : ZONED.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(at)) return undefined
  const instant = LOCAL.test(value) ? fromWall(at, zone) : at
  return { from: iso(instant), to: iso(instant + 1) }
}

function range(choice: OperatorChoice, extents: (Extent | undefined)[], say: string): Parsed<RangeTest> {
  const [first, last] = [extents[0], extents.at(-1)]
  if (!first || !last) return { say }
  if (first.from > last.from) return { say: 'The first date must not be after the second.' }
  if (choice.op === 'before') return { test: { on: 'range', from: null, to: first.from } }
  // Nothing comes after the last day that can be stored: an empty range.
  if (choice.op === 'after') return { test: { on: 'range', from: first.to ?? '9999-12-32', to: null } }
  return { test: { on: 'range', from: first.from, to: last.to } }
}

/** What the author typed, made ready for comparison with a subject of this type; or what to do about it. */
export function testFor(
  type: ValueType,
  choice: OperatorChoice,
  value: RuleValue | undefined,
  options: readonly string[],
  catalog: Catalog,
): Parsed<Test> {
  const list = scalars(choice, value)
  if (typeof list === 'string') return { say: list }
  const present = presence(choice)
  if (present) return { test: present }
  if (choice.value === 'days') return days(choice, list[0], catalog.workspaceZone, type === 'date')
  switch (type) {
    case 'text':
      return texts(choice, list)
    case 'choice':
      return listed(choice, list, options, 'option of this field')
    case 'grade':
      return listed(choice, list, GRADES, 'grade')
    case 'stage':
      return listed(choice, list, STAGES, 'stage')
    case 'owner':
      return listed(choice, list, OWNER_SIDES, 'owner')
    case 'weekday':
      return listed(choice, list, WEEKDAYS, 'day of the week')
    case 'tags':
      return tags(choice, list)
    case 'number':
    case 'score':
    case 'count':
    case 'sum':
    case 'recency':
      return numbers(choice, list)
    case 'boolean':
      return flag(choice, list[0])
    case 'segment':
    case 'agreement':
    case 'consent':
    case 'mailable':
    case 'passage':
      return flag(choice, true)
    case 'date':
    case 'today':
      return range(choice, list.map(dayExtent), 'Give a date as 2026-12-31.')
    case 'datetime':
      return range(
        choice,
        list.map((it) => instantExtent(it, catalog.workspaceZone)),
        'Give a date as 2026-12-31, or with a time as 2026-12-31T09:00.',
      )
  }
}

/** The same for a property of an event or a related record: the type of what was typed decides how the property is read. */
export function propertyTestFor(op: string, value: RuleValue | undefined): Parsed<PropertyTest> {
  const choice = PROPERTY_OPERATORS.find((it) => it.op === op)
  if (!choice) return { say: 'A property cannot be compared like this: choose another comparison.' }
  const list = scalars(choice, value)
  if (typeof list === 'string') return { say: list }
  const present = presence(choice)
  if (present) return { test: present }
  if (choice.op === 'before' || choice.op === 'after') return range(choice, list.map(dayExtent), 'Give a date as 2026-12-31.')
  if (typeof list[0] === 'boolean')
    return op === 'is' || op === 'is-not' ? flag(choice, list[0]) : { say: 'Yes and no can only be “is” or “is not”.' }
  return typeof list[0] === 'number' || choice.value === 'range' ? numbers(choice, list) : texts(choice, list)
}
