import { describe, expect, test } from 'vitest'
import type { FieldType, FieldValue } from '../state/person.ts'
import { readFieldValue } from './read.ts'

const read = (type: FieldType, raw: unknown, more: { key?: string; options?: string[] } = {}) =>
  readFieldValue({ key: more.key ?? 'x', label: 'X', type, options: more.options }, raw)

describe('a value that came in at a door', () => {
  test.each<[FieldType, unknown, FieldValue | null]>([
    ['text', '  Åse ', 'Åse'],
    ['text', 'e\u0301', '\u00e9'],
    ['text', '', null],
    ['text', null, null],
    ['text', 12, '12'],
    ['number', '58', 58],
    ['number', ' -1.5 ', -1.5],
    ['number', 0, 0],
    ['boolean', 'Yes', true],
    ['boolean', 'no', false],
    ['boolean', false, false],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2024-02-29T10:00:00Z', '2024-02-29'],
    ['datetime', '2026-03-13T09:00:00+01:00', '2026-03-13T08:00:00.000Z'],
    ['datetime', '2026-03-13 09:00', '2026-03-13T09:00:00.000Z'],
    ['datetime', '2026-03-13', '2026-03-13T00:00:00.000Z'],
    ['choice', 'red', 'red'],
    ['tags', ' VIP; Webinar 2026 ,vip,', ['VIP', 'Webinar 2026']],
    ['tags', ['a, b', 'A', 7], ['a', 'b', '7']],
    ['tags', ' ; ', null],
    ['tags', 12, ['12']],
  ])('%s %j is %j', (type, raw, value) => expect(read(type, raw)).toEqual({ value }))

  test.each<[FieldType, unknown, RegExp]>([
    ['number', 'many', /no number/],
    ['number', '1,5', /no number/],
    ['number', Number.NaN, /no number/],
    ['boolean', 'maybe', /neither yes nor no/],
    ['date', '2026-02-30', /no date/],
    ['date', '13.3.2026', /no date/],
    ['datetime', 'noon', /no date with time/],
    ['text', { a: 1 }, /does not fit/],
    ['tags', { a: 1 }, /does not fit/],
    ['tags', [['a']], /list inside a list/],
    ['tags', 'a|b', /cannot hold the sign/],
    ['tags', 'x'.repeat(65), /at most 64/],
    ['tags', Array.from({ length: 101 }, (_, i) => `t${i}`), /more than 100 tags/],
    ['text', 'a\u0000b', /zero byte/],
    ['text', 'x'.repeat(2001), /2000 characters/],
  ])('%s %j is refused in words', (type, raw, say) => expect(read(type, raw)).toEqual({ error: expect.stringMatching(say) }))

  test('a choice outside the list is refused with the list', () => {
    expect(read('choice', 'blue', { options: ['red', 'green'] })).toEqual({ error: expect.stringContaining('red, green') })
  })

  test('a zone is taken by every name it has, and kept under its own', () => {
    expect(read('text', 'europe/oslo', { key: 'zone' })).toHaveProperty('value')
    expect(read('text', 'Mars/Base', { key: 'zone' })).toEqual({ error: expect.stringContaining('no time zone') })
  })
})
