import { describe, expect, test } from 'vitest'
import type { FieldType, FieldValue } from '../../index.ts'
import { added, type NewValue, nowFor, taken } from './value.ts'

const field = (type: FieldType) => ({ key: 'x', type, options: ['gold', 'silver'] })
const odd = { kept: 'does-not-fit' } as const
const none = { kept: 'nothing-there' } as const

describe('what becomes of a field', () => {
  test.each<[FieldType, FieldValue | null, NewValue]>([
    ['text', 'Ada', { value: 'Ada' }],
    ['text', 41, { value: '41' }],
    ['text', true, { value: 'true' }],
    ['text', null, none],
    ['text', '', none],
    ['text', 'x'.repeat(2001), odd],
    ['number', '41.5', { value: 41.5 }],
    ['number', 'many', odd],
    ['boolean', 'yes', { value: true }],
    ['boolean', 'perhaps', odd],
    ['date', '2026-02-28', { value: '2026-02-28' }],
    ['date', '2026-02-28T10:00:00Z', { value: '2026-02-28' }],
    ['date', '2026-02-30', odd],
    ['datetime', '2026-02-28', { value: '2026-02-28T00:00:00.000Z' }],
    ['choice', 'gold', { value: 'gold' }],
    ['choice', 'lead', odd],
    ['tags', ['a', 'b'], { value: ['a', 'b'] }],
    ['tags', [], none],
    ['text', ['a', 'b'], odd],
  ])('E-197 a %s taken from %j', (type, raw, made) => expect(taken(raw, field(type))).toEqual(made))

  test.each<[FieldValue | null, number, NewValue]>([
    [null, 1, { value: 1 }],
    [2, -3, { value: -1 }],
    [0.1, 0.2, { value: 0.3 }],
    ['2', 1, odd],
    [Number.MAX_SAFE_INTEGER, 1, odd],
  ])('E-198 %j counted up by %d', (before, amount, made) => expect(added(before, amount)).toEqual(made))

  test('E-199 now is the day where the person lives, or the instant', () => {
    const at = Date.UTC(2026, 2, 2, 23, 30)
    expect(nowFor('date', at, 'Europe/Oslo')).toBe('2026-03-03')
    expect(nowFor('date', at, 'America/New_York')).toBe('2026-03-02')
    expect(nowFor('datetime', at, 'Europe/Oslo')).toBe('2026-03-02T23:30:00.000Z')
  })
})
