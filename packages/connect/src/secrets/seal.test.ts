import { expect, test } from 'vitest'
import { openSecret, sealSecret } from './seal.ts'

const [old, now] = ['b2xkLWtleS1vbGQta2V5', 'bmV3LWtleS1uZXcta2V5'] as const

test('a secret is opened by the key that sealed it, also when a newer one came, and by no other', () => {
  const sealed = sealSecret([old], 'crm', 'pass wörd')
  expect(openSecret([now, old], 'crm', sealed)).toBe('pass wörd')
  expect(openSecret([now], 'crm', sealed)).toBeUndefined()
  expect(sealed).not.toContain('pass')
  expect(sealSecret([old], 'crm', 'pass wörd')).not.toBe(sealed)
})

test('it belongs to its name, and cannot be changed', () => {
  const sealed = sealSecret([now], 'crm', 'x')
  expect(openSecret([now], 'other', sealed)).toBeUndefined()
  expect(openSecret([now], 'crm', `${sealed.slice(0, -2)}AA`)).toBeUndefined()
  for (const broken of ['', 'v1.', 'v1.AAAA', 'x']) expect(openSecret([now], 'crm', broken)).toBeUndefined()
})

test('without a key nothing is sealed', () => {
  expect(() => sealSecret([], 'crm', 'x')).toThrow(/no key/)
})
