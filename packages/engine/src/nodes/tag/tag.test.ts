import { describe, expect, test } from 'vitest'
import { MAX_TAGS } from '../../fields/tags.ts'
import { changeTags } from './change.ts'

describe('tags', () => {
  test.each<[string, string[], 'add' | 'remove', string[], string[]]>([
    ['are added behind what is there', ['a'], 'add', ['b', 'c'], ['a', 'b', 'c']],
    ['are there already whatever the case, and stay as they were written', ['VIP'], 'add', ['vip', 'Zürich', 'ZÜRICH'], ['VIP', 'Zürich']],
    ['are removed whatever the case', ['VIP', 'b', 'Zürich'], 'remove', ['vip', 'zu\u0308rich'], ['b']],
    ['that are not there are not removed', ['a'], 'remove', ['b'], ['a']],
  ])('E-187 %s', (_, before, action, tags, after) => expect(changeTags(before, action, tags)).toEqual(after))

  test('E-187 no more than a field holds', () => {
    const full = Array.from({ length: MAX_TAGS - 1 }, (_, i) => `t${i}`)
    expect(changeTags(full, 'add', ['one', 'too many'])).toEqual([...full, 'one'])
  })
})
