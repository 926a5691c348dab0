import fc from 'fast-check'
import type { Condition } from '../src/condition/schema.ts'

const amount = (max: number) => fc.integer({ min: 1, max })
const unit = fc.constantFrom('minutes', 'hours', 'days', 'weeks')
const time = fc.constantFrom('00:00', '02:30', '09:00', '23:59')
const weekdays = fc.subarray([1, 2, 3, 4, 5, 6, 7])
const past = fc.constantFrom('go-on', 'too-late', 'exit')

const duration = fc.record({ kind: fc.constant('duration'), amount: amount(40), unit: fc.oneof(unit, fc.constant('months')) })
const timeOfDay = fc.record({
  kind: fc.constant('time'),
  time,
  weekdays,
  late: fc.oneof(
    fc.constant({ do: 'next' }),
    fc.constant({ do: 'skip' }),
    amount(1439).map((minutes) => ({ do: 'grace', minutes })),
  ),
})
const date = fc.record({
  kind: fc.constant('date'),
  date: fc.constantFrom('2026-03-29', '2026-03-30', '2026-04-02'),
  time,
  zone: fc.constantFrom(null, 'Asia/Kathmandu'),
  past,
})
const dateField = fc.record({
  kind: fc.constant('date-field'),
  field: fc.constantFrom('renewal', 'seen'),
  offset: fc.record({ amount: fc.integer({ min: 0, max: 3 }), unit, side: fc.constantFrom('before', 'after') }),
  time,
  yearly: fc.boolean(),
  past,
})
const window = fc
  .record({ weekdays, hours: fc.constantFrom(['09:00', '17:00'], ['22:00', '02:30'], ['02:00', '02:45']) })
  .map(({ weekdays: on, hours: [from, to] }) => ({ kind: 'window', hours: { kind: 'own', weekdays: on, from, to } }))

/** A wait for events of these types and for conditions. */
const something = (types: readonly string[], condition: fc.Arbitrary<Condition>) =>
  fc
    .record({
      kind: fc.constant('event'),
      branches: fc
        .array(
          fc.oneof(
            fc.constantFrom(...types).map((type) => ({ kind: 'event', type, where: [] })),
            condition.map((when) => ({ kind: 'condition', when })),
          ),
          { minLength: 1, maxLength: 3 },
        )
        .map((matches) => matches.map((match, i) => ({ id: `b${i}`, name: '', match }))),
      timeOut: fc.oneof(fc.constant(null), fc.record({ amount: amount(5), unit })),
      counts: fc.oneof(
        fc.constant({ kind: 'after-arriving' }),
        fc.constant({ kind: 'since-entering' }),
        amount(3).map((days) => ({ kind: 'within-days', days })),
      ),
      hold: fc.boolean(),
    })
    .map(({ hold, ...it }) => ({ ...it, release: hold && it.timeOut !== null ? 'hold' : 'at-once' }))

/** Any wait that fits the small workspace of the conditions. */
export const arbitraryWait = (types: readonly string[], condition: fc.Arbitrary<Condition>) =>
  fc
    .record({
      until: fc.oneof(duration, timeOfDay, date, dateField, window, { arbitrary: something(types, condition), weight: 4 }),
      slot: fc.constantFrom(1, 1, 5, 60),
    })
    .map(({ until, slot }) => ['wait', { v: 2, until, slot }] as const)
