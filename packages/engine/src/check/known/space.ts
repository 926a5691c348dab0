import { OWNER_SIDES, STAGES, WEEKDAYS } from '../../condition/operators.ts'
import { isResolvedGroup, type ResolvedGroup, type ResolvedRule, type ResolvedSubject, type Test } from '../../condition/resolved.ts'
import { decide, type Operand } from '../../condition/test.ts'

/**
 * All that a flow asks about, cut into regions within which every comparison of the flow gives the same answer: a number lies on one of the
 * numbers that are compared with, or between two of them; a text is one of those named, or none. A region is a bit, so that what is known of
 * a person is a few bit sets. Which region satisfies a comparison is decided by the engine's own `decide`.
 */
export interface Space {
  domains: readonly Domain[]
  formulaOf(condition: ResolvedGroup): Formula
}

/** What may be known of one subject. */
export interface Domain {
  about: ResolvedSubject
  /** Every region. */
  all: bigint
}

/** A condition over the domains of a space. Masks hold the regions in which it may be true, false, unknown. */
export type Formula =
  | { domain: number; true: bigint; false: bigint; unknown: bigint }
  | { op: 'and' | 'or'; not: boolean; of: readonly Formula[] }

/** One comparison, by the name of what it is about: two with the same name tell of one another. */
interface Asked {
  name: string
  about: ResolvedSubject
  test: Test
}

const nameOf = (subject: ResolvedSubject): string =>
  subject.kind === 'score' ? `score ${subject.dimension}` : subject.kind === 'field' ? `field ${subject.key}` : JSON.stringify(subject)

/** Tags are asked one by one, and dates as against today apart from dates as such. */
function askedIn(rule: ResolvedRule): Asked[] {
  const { subject: about, test } = rule
  const name = nameOf(about)
  if (test.on === 'window') return [{ name: `${name} from today`, about, test }]
  if (test.on !== 'tags') return [{ name, about, test }]
  return test.values.map((tag) => ({ name: `${name} has ${tag}`, about, test: { on: 'flag', is: true } }))
}

/** Cuts what these conditions ask about into regions. */
export function spaceOf(conditions: readonly ResolvedGroup[]): Space {
  const asked = new Map<string, Asked[]>()
  const walk = (group: ResolvedGroup): void => {
    for (const it of group.rules) {
      if (isResolvedGroup(it)) walk(it)
      else for (const one of askedIn(it)) asked.set(one.name, [...(asked.get(one.name) ?? []), one])
    }
  }
  for (const it of conditions) walk(it)
  const domains: (Domain & { regions: readonly Region[] })[] = []
  const index = new Map<string, number>()
  for (const [name, tests] of asked) {
    const [first] = tests
    if (!first) continue
    const regions = regionsOf(
      first.about,
      tests.map((it) => it.test),
    )
    index.set(name, domains.length)
    domains.push({ about: first.about, all: (1n << BigInt(regions.length)) - 1n, regions })
  }
  const atom = ({ name, test }: Asked): Formula => {
    const domain = index.get(name) ?? -1
    const masks = { true: 0n, false: 0n, unknown: 0n }
    for (const [i, region] of (domains[domain]?.regions ?? []).entries()) {
      for (const truth of truthsOf(test, region)) masks[truth] |= 1n << BigInt(i)
    }
    return { domain, ...masks }
  }
  const formulaOf = (group: ResolvedGroup): Formula => ({
    op: group.combinator,
    not: group.not,
    of: group.rules.map((it): Formula => {
      if (isResolvedGroup(it)) return formulaOf(it)
      const parts = askedIn(it).map(atom)
      const [only] = parts
      if (it.test.on !== 'tags') return only ?? { op: 'and', not: false, of: [] }
      return { op: it.test.op === 'all-of' ? 'and' : 'or', not: it.test.op === 'none-of', of: parts }
    }),
  })
  return { domains, formulaOf }
}

/** A value that stands for all of a region. `other`: a text that is none of those named; what is not a plain comparison may go either way. */
type Region = { value: Operand; other?: true } | { age: number; timed: boolean }

type Truth = 'true' | 'false' | 'unknown'
const wordOf = (truth: boolean | null): Truth => (truth === null ? 'unknown' : truth ? 'true' : 'false')
const EITHER: readonly Truth[] = ['true', 'false']
const EXACT = new Set(['is', 'is-not', 'any-of', 'none-of'])

function truthsOf(test: Test, region: Region): readonly Truth[] {
  if ('age' in region) {
    if (test.on !== 'window') return EITHER
    const { age, timed } = region
    const within =
      test.towards === 'last'
        ? age >= 0 && (timed ? age < test.days : age <= test.days)
        : timed
          ? age < 0 && -age <= test.days
          : age <= 0 && -age <= test.days
    return [wordOf(within)]
  }
  if (region.other && test.on === 'text' && !EXACT.has(test.op)) return EITHER
  return [wordOf(decide(test)(region.value, 0))]
}

/** Another text than any that an author can have meant: no folded text holds this sign. */
const OTHER = '\uffff'

const sorted = (values: Iterable<number>) => [...new Set(values)].sort((a, b) => a - b)

/** The numbers compared with, one between each two, and one beyond either end. */
function around(values: readonly number[]): number[] {
  const cuts = sorted(values)
  const between = cuts.flatMap((it, i) => {
    const next = cuts[i + 1]
    return next === undefined ? [] : [it + (next - it) / 2]
  })
  return sorted([Number.NEGATIVE_INFINITY, ...cuts, ...between, Number.POSITIVE_INFINITY])
}

/** Whole numbers from 0 on. */
const counting = (values: readonly number[]) =>
  sorted(
    [0, ...values.flatMap((it) => [Math.floor(it) - 1, Math.floor(it), Math.ceil(it), Math.ceil(it) + 1]), Number.POSITIVE_INFINITY].filter(
      (it) => it >= 0,
    ),
  )

const MISSING: Region = { value: null }
const known = (values: readonly Operand[]): Region[] => values.map((value) => ({ value }))

function regionsOf(about: ResolvedSubject, tests: readonly Test[]): readonly Region[] {
  const numbers = tests.flatMap((it) => (it.on === 'number' ? it.values : []))
  switch (about.kind) {
    case 'stage':
      return known(STAGES)
    case 'owner':
      return known(OWNER_SIDES)
    case 'weekday':
      return known(WEEKDAYS)
    case 'segment':
    case 'consent':
    case 'mailable':
    case 'passage':
      return known([true, false])
    case 'score':
      return known(around(numbers))
    case 'journey':
      return known(counting(numbers))
    case 'event':
    case 'related':
      if (about.measure === 'count') return known(counting(numbers))
      if (about.measure === 'days-since-last') return [MISSING, ...known(around([0, ...numbers]).filter((it) => Number(it) >= 0))]
      return known(around(numbers))
    case 'today':
      return known(daysAround(tests))
    case 'field':
    case 'carried':
      // Who has no tags has none of them: nothing is missing.
      if (about.type === 'tags' && tests.every((it) => it.on === 'flag')) return known([true, false])
      return [MISSING, ...valuesOf(about, tests, numbers)]
  }
}

function valuesOf(
  about: Extract<ResolvedSubject, { kind: 'field' | 'carried' }>,
  tests: readonly Test[],
  numbers: readonly number[],
): Region[] {
  const windows = tests.flatMap((it) => (it.on === 'window' ? [it.days] : []))
  if (windows.length > 0) {
    const cuts = windows.flatMap((it) => [it, -it])
    return around([0, ...cuts]).map((age) => ({ age, timed: about.type === 'datetime' }))
  }
  switch (about.type) {
    case 'number':
      return known(around(numbers))
    case 'boolean':
    case 'tags':
      return known([true, false])
    case 'date':
    case 'datetime':
      return known(daysAround(tests))
    case 'text':
    case 'choice': {
      const named = tests.flatMap((it) => (it.on === 'text' ? it.values : []))
      return [...known([...new Set(named)]), { value: OTHER, other: true }]
    }
  }
}

/** Days and instants as texts: a range is the same all the way from one of its ends to the next. */
function daysAround(tests: readonly Test[]): string[] {
  const ends = tests.flatMap((it) => (it.on === 'range' ? [it.from, it.to] : [])).filter((it) => it !== null)
  return [...new Set(['', ...ends])]
}
