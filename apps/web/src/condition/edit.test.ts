import type { Condition, Rule } from '@baton/engine'
import { describe, expect, it } from 'vitest'
import { append, change, emptyCondition, remove, turnJoiner, turnNot } from './edit.ts'

const about = (key: string): Rule => ({ subject: { kind: 'field', key }, op: 'is', value: 'x' })
const nested: Condition = { combinator: 'and', rules: [about('a'), { combinator: 'or', rules: [about('b'), about('c')] }] }

describe('editing a condition by place', () => {
  it('adds to the group that is meant, and only there', () => {
    const next = append(nested, [1], about('d'))
    expect(next.rules[0]).toBe(nested.rules[0])
    expect(next.rules[1]).toEqual({ combinator: 'or', rules: [about('b'), about('c'), about('d')] })
  })
  it('replaces one rule and leaves its neighbours as they are', () => {
    const next = change(nested, [1, 0], () => about('z'))
    expect(next.rules[1]).toEqual({ combinator: 'or', rules: [about('z'), about('c')] })
  })
  it('takes a group away with its last rule', () => {
    expect(remove(remove(nested, [1, 0]), [1, 0])).toEqual({ combinator: 'and', rules: [about('a')] })
  })
  it('keeps a group that was just added empty', () => {
    const next = append(nested, [], { combinator: 'or', rules: [] })
    expect(change(next, [0], () => about('z')).rules).toHaveLength(3)
  })
  it('keeps the outermost group when everything is removed', () => {
    expect(remove(append(emptyCondition, [], about('a')), [0])).toEqual(emptyCondition)
    expect(remove(nested, [])).toEqual(emptyCondition)
  })
  it('turns a joiner and a negation and back again', () => {
    expect(turnJoiner(nested, [1]).rules[1]).toMatchObject({ combinator: 'and' })
    expect(turnJoiner(turnJoiner(nested, []), [])).toEqual(nested)
    expect(turnNot(turnNot(nested, [1]), [1])).toMatchObject(nested)
  })
})
