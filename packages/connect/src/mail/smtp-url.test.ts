import { expect, test } from 'vitest'
import { parseSmtpUrl } from './smtp-url.ts'

test('ports, TLS and sign-in follow from the address', () => {
  expect(parseSmtpUrl('smtp://mail.test')).toMatchObject({ ok: { host: 'mail.test', port: 587, secure: false, requireTLS: false } })
  expect(parseSmtpUrl('smtps://u:p@mail.test')).toMatchObject({ ok: { port: 465, secure: true, auth: { user: 'u', pass: 'p' } } })
  expect(parseSmtpUrl('smtp://[::1]:2525?name=us.test')).toMatchObject({ ok: { host: '::1', port: 2525, name: 'us.test' } })
})

test('a password is not sent without TLS beyond this machine, unless the address says so', () => {
  expect(parseSmtpUrl('smtp://u:p@mail.test')).toMatchObject({ ok: { requireTLS: true } })
  expect(parseSmtpUrl('smtp://u:p@127.0.0.1')).toMatchObject({ ok: { requireTLS: false } })
  expect(parseSmtpUrl('smtp://u:p@mail.test?ignoreTLS=true')).toMatchObject({ ok: { requireTLS: false, ignoreTLS: true } })
})

test.each([
  ['mail.test', /smtp:\/\//],
  ['imap://mail.test', /must begin with smtp/],
  ['smtp://', /names no server|not an address/],
  ['smtp://mail.test?pool=1', /unknown option “pool”/],
  ['smtp://u:100%@mail.test', /Write % as %25/],
])('%s is refused with what to do', (url, message) => {
  expect(parseSmtpUrl(url)).toMatchObject({ problem: expect.stringMatching(message) })
})
