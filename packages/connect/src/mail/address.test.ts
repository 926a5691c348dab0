import { expect, test } from 'vitest'
import { isMailAddress } from './address.ts'

test.each(['ada@example.com', "o'brien+news@mail.example.co.uk", 'me@localhost', 'grüße@müller.example'])(
  '%s can be written to',
  (address) => {
    expect(isMailAddress(address)).toBe(true)
  },
)

test.each([
  '',
  'ada',
  '@example.com',
  'ada@',
  'ada@example..com',
  'ada@example.com.',
  'ada lovelace@example.com',
  'ada@example.com, bob@example.com',
  'Ada <ada@example.com>',
  '"a b"@example.com',
  'ada@example.com\r\nBcc: bob@example.com',
  'ada\u0000@example.com',
  `${'a'.repeat(65)}@example.com`,
  `ada@${'example.'.repeat(40)}com`,
])('%j cannot', (address) => {
  expect(isMailAddress(address)).toBe(false)
})
