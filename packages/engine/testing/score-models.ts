import fc from 'fast-check'
import type { PropertyRule } from '../src/condition/schema.ts'
import type { PublishedModel, PublishedRule } from '../src/scoring/schema.ts'
import { arbitraryCondition, catalog } from './conditions.ts'

const points = fc.constantFrom(3000, 500, 1, -1, -700)
const dimension = fc.constantFrom('fit', 'engagement')

/** Those that ask for a score may be left out as circular; an agreement is laid beside no programme. */
const about = arbitraryCondition(false).filter((it) => !JSON.stringify(it).includes('"agreement"'))

const rule = fc.oneof(
  fc.record({ kind: fc.constant('attribute' as const), dimension, points, when: about }),
  fc.record({
    kind: fc.constant('behaviour' as const),
    dimension,
    points,
    event: fc.constantFrom(...catalog.eventTypes),
    where: fc.constantFrom<PropertyRule[]>([], [{ key: 'machine', op: 'is', value: true }], [{ key: 'amount', op: 'gt', value: 5 }]),
    atMost: fc.option(fc.record({ count: fc.constantFrom(1, 2), days: fc.constantFrom(1, 3) })),
  }),
)

/** Any published model over the catalog of the programmes. */
export const arbitraryScoreModel: fc.Arbitrary<PublishedModel> = fc.array(rule, { minLength: 1, maxLength: 5 }).map((rules) => ({
  version: 1,
  rules: rules.map((it, i): PublishedRule => ({ ...it, id: `r${i}`, name: '', since: 1, words: '' })),
  grade: null,
}))
