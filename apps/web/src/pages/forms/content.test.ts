import { expect, test } from 'vitest'
import { askFor, embedSnippet, moved } from './content.ts'

test.each([
  [['a', 'b', 'c'], 1, -1, ['b', 'a', 'c']],
  [['a', 'b', 'c'], 1, 1, ['a', 'c', 'b']],
  [['a', 'b'], 0, -1, ['a', 'b']],
  [['a', 'b'], 1, 1, ['a', 'b']],
] as const)('%j, place %i, step %i', (list, from, step, expected) => expect(moved(list, from, step)).toEqual(expected))

test('a field is asked for under its own name, and may be left empty', () => {
  expect(askFor('company')).toEqual({ key: 'company', label: '', required: false, placeholder: '' })
})

test('the line for a page loads the script of the form', () => {
  expect(embedSnippet('https://b.example/f/frm_1')).toBe('<script async src="https://b.example/f/frm_1.js"></script>')
})
