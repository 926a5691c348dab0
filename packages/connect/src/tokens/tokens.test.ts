import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TokenKey } from './keys.ts'
import {
  signConfirm,
  signLink,
  signOpen,
  signPreferences,
  signUnsubscribe,
  verifyConfirm,
  verifyLink,
  verifyOpen,
  verifyPreferences,
  verifyUnsubscribe,
} from './tokens.ts'

const old: TokenKey = { id: 'k1', secret: 'an old secret, long enough' }
const current: TokenKey = { id: 'k2', secret: 'a new secret, long enough too' }
const keys = [current, old]
const text = fc.string({ unit: 'grapheme', maxLength: 60 })
const settings = { seed: 20260301, numRuns: 300 }

test('what was signed comes back, whatever it holds, in a URL-safe word', () => {
  fc.assert(
    fc.property(text, text, fc.nat(), (id, topic, link) => {
      const tokens = [signLink(keys, { sendId: id, link }), signOpen(keys, { sendId: id }), signUnsubscribe(keys, { contactId: id, topic })]
      for (const token of tokens) expect(token).toMatch(/^[\w.-]+$/)
      expect(verifyLink(keys, tokens[0]!)).toEqual({ sendId: id, link })
      expect(verifyOpen(keys, tokens[1]!)).toEqual({ sendId: id })
      expect(verifyUnsubscribe(keys, tokens[2]!)).toEqual({ contactId: id, topic })
    }),
    settings,
  )
})

test('the page of choices has a code of its own: with an old key too, and for nothing else', () => {
  const code = signPreferences([old], { contactId: '7' })
  expect(verifyPreferences(keys, code)).toEqual({ contactId: '7' })
  expect(verifyPreferences([current], code)).toBeUndefined()
  expect(verifyUnsubscribe(keys, code)).toBeUndefined()
  expect(verifyOpen(keys, code)).toBeUndefined()
  expect(verifyPreferences(keys, signOpen(keys, { sendId: '7' }))).toBeUndefined()
})

test('one changed, added or missing character anywhere is refused', () => {
  fc.assert(
    fc.property(
      fc.uuid(),
      fc.nat(500),
      fc.nat(),
      fc.constantFrom(...'AQgwz09-_.~ %'),
      fc.constantFrom('change', 'add', 'remove'),
      (sendId, link, at, char, how) => {
        const token = signLink(keys, { sendId, link })
        const i = at % token.length
        const tampered = token.slice(0, i) + (how === 'remove' ? '' : char) + token.slice(how === 'add' ? i : i + 1)
        fc.pre(tampered !== token)
        expect(verifyLink(keys, tampered)).toBeUndefined()
      },
    ),
    { ...settings, numRuns: 2_000 },
  )
})

test('any text is refused without an error', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), text, fc.base64String()), (token) => {
      expect(verifyLink(keys, token)).toBeUndefined()
      expect(verifyUnsubscribe(keys, `${token}.${token}`)).toBeUndefined()
    }),
    settings,
  )
})

test('one kind of token is not another, and neighbouring fields do not flow together', () => {
  const open = signOpen(keys, { sendId: 's1' })
  expect(verifyLink(keys, open)).toBeUndefined()
  expect(verifyUnsubscribe(keys, signLink(keys, { sendId: 's1', link: 1 }))).toBeUndefined()
  expect(verifyConfirm(keys, open)).toBeUndefined()
  expect(verifyConfirm(keys, signConfirm(keys, { askId: '7' }))).toEqual({ askId: '7' })
  expect(verifyUnsubscribe(keys, signUnsubscribe(keys, { contactId: 'a/b', topic: 'c' }))).toEqual({ contactId: 'a/b', topic: 'c' })
})

test('after rotation old links still work, new ones use the new key, and a removed key ends its links', () => {
  const before = signUnsubscribe([old], { contactId: '7', topic: '' })
  expect(verifyUnsubscribe(keys, before)).toEqual({ contactId: '7', topic: '' })
  expect(verifyUnsubscribe([current], before)).toBeUndefined()
  expect(verifyUnsubscribe([old], signUnsubscribe(keys, { contactId: '7', topic: '' }))).toBeUndefined()
})

test('a key with the right id and another secret does not verify', () => {
  expect(verifyOpen([{ id: 'k2', secret: 'some other secret, long enough' }], signOpen(keys, { sendId: '1' }))).toBeUndefined()
})

test('mistakes of the set-up throw', () => {
  expect(() => signOpen([], { sendId: '1' })).toThrow('no key')
  expect(() => signOpen([{ id: 'k', secret: 'short' }], { sendId: '1' })).toThrow('at least 16')
  expect(() => signLink(keys, { sendId: '1', link: -1 })).toThrow(RangeError)
})

test('a link token stays short', () => {
  expect(signLink(keys, { sendId: String(2 ** 53 - 1), link: 12 }).length).toBeLessThan(64)
})
