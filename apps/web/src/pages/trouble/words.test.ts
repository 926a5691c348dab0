import { expect, test } from 'vitest'
import { kinds } from './kinds.ts'
import { aboutWords, countWords, doneWords, kindWords } from './words.ts'

test.each([
  ['mail', 'retry', 3, '3 mails are tried again now.'],
  ['unknown', 'retry', 1, '1 mail is sent once more.'],
  ['unknown', 'arrived', 2, '2 mails are marked as sent.'],
  ['person', 'give-up', 1200, '1,200 people are given up.'],
  ['item', 'retry', 1, '1 thing set aside is tried again now.'],
] as const)('%s, %s, %i reads “%s”', (kind, deed, n, words) => expect(doneWords(kind, deed, n)).toBe(words))

test('every kind says what is lost when it is given up', () => {
  for (const kind of kinds) expect(kindWords[kind].loss).toMatch(/\.$/)
  expect(countWords('call', 1)).toBe('1 call')
})

test.each([
  [{ kind: 'call', about: 'https://crm.example.com/hook?x=1' }, 'crm.example.com'],
  [{ kind: 'item', about: 'fields' }, 'Changed fields'],
  [{ kind: 'item', about: 'Signed up' }, 'Signed up'],
  [{ kind: 'mail', about: 'Hello' }, 'Hello'],
  [{ kind: 'person', about: null }, null],
] as const)('%j is about %s', (row, words) => expect(aboutWords(row)).toBe(words))
