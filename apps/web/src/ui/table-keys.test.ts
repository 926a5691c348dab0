import { describe, expect, it } from 'vitest'
import { nextSort, picked, rowDeed } from './table-keys.ts'

const where = { at: 4, count: 10, page: 3, letters: true }

describe('rowDeed', () => {
  it.each([
    ['ArrowDown', { do: 'go', to: 5 }],
    ['ArrowUp', { do: 'go', to: 3 }],
    ['j', { do: 'go', to: 5 }],
    ['k', { do: 'go', to: 3 }],
    ['PageDown', { do: 'go', to: 7 }],
    ['PageUp', { do: 'go', to: 1 }],
    ['Home', { do: 'go', to: 0 }],
    ['End', { do: 'go', to: 9 }],
    ['Enter', { do: 'open' }],
    [' ', { do: 'pick' }],
    ['x', null],
  ])('%s', (key, deed) => expect(rowDeed(key, false, where)).toEqual(deed))

  it('stops at the ends', () => {
    expect(rowDeed('ArrowDown', false, { ...where, at: 9 })).toEqual({ do: 'go', to: 9 })
    expect(rowDeed('PageUp', false, { ...where, at: 1 })).toEqual({ do: 'go', to: 0 })
  })
  it('leaves Ctrl K to the palette', () => expect(rowDeed('k', true, where)).toBeNull())
  it('J and K are letters when shortcuts by letter are off', () => {
    expect(rowDeed('j', false, { ...where, letters: false })).toBeNull()
    expect(rowDeed('ArrowDown', false, { ...where, letters: false })).toEqual({ do: 'go', to: 5 })
  })
  it('an empty list takes no key', () => expect(rowDeed('Enter', false, { ...where, at: 0, count: 0 })).toBeNull())
})

describe('nextSort', () => {
  it('begins with the direction of the column and turns on the second press', () => {
    const first = nextSort(undefined, 'score', true)
    expect(first).toEqual({ by: 'score', down: true })
    expect(nextSort(first, 'score', true)).toEqual({ by: 'score', down: false })
    expect(nextSort(first, 'name', false)).toEqual({ by: 'name', down: false })
  })
})

describe('picked', () => {
  const keys = ['a', 'b', 'c', 'd']
  it('turns one on and off', () => {
    const on = picked(new Set(), keys, 1, undefined, false)
    expect([...on]).toEqual(['b'])
    expect([...picked(on, keys, 1, 1, false)]).toEqual([])
  })
  it('a range takes the value of the pressed row, in either direction', () => {
    expect([...picked(new Set(['d']), keys, 1, 3, true)].sort()).toEqual(['b', 'c', 'd'])
    expect([...picked(new Set(keys), keys, 2, 0, true)]).toEqual(['d'])
  })
  it('a row that is gone changes nothing', () => {
    const now = new Set(['a'])
    expect(picked(now, keys, 9, undefined, false)).toBe(now)
  })
})
