import { smtpSink } from '@baton/connect/testing'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { becomeAdmin, openServer, PASSWORD, read, tokenOf, visitor } from './harness.ts'

test('an invitation is mailed with its link, which lets the invited in; without a sender it says what is missing', async () => {
  await using sink = await smtpSink()
  await using server = await openServer('pglite', { smtpUrl: sink.url })
  const admin = await becomeAdmin(server)
  const invite = async () => {
    const answer = await admin.mutate('users.invite', { email: 'nia@example.com', role: 'marketer' })
    return (await read(answer)).result.data
  }
  expect((await invite()).mailed).toEqual({ result: 'failed', why: expect.stringContaining('Settings') })
  expect(sink.received).toHaveLength(0)

  await admin.mutate('workspace.change', { name: 'R&D <North>', senderAddress: 'hello@example.com' })
  const made = await invite()
  expect(made.mailed).toEqual({ result: 'sent' })
  const [mail] = sink.received
  const parsed = await PostalMime.parse(mail?.raw ?? '')
  expect(parsed.subject).toBe('Ada invites you to R&D <North>')
  expect(parsed.to?.[0]).toMatchObject({ address: 'nia@example.com' })
  expect(parsed.text).toContain(made.url)
  expect(parsed.html).toContain(`<a href="${made.url}">`)
  expect(parsed.html).toContain('R&amp;D &lt;North&gt;')
  const link = /\S+\/link#\S+/.exec(parsed.text ?? '')?.[0]
  const form = { token: tokenOf(link), name: 'Nia', password: PASSWORD }
  expect((await visitor(server.url).mutate('session.redeem', form)).status).toBe(200)
  expect(server.logged()).not.toContain(tokenOf(link))
})

test('without a mail server it says so, and the link is passed on by hand', async () => {
  await using server = await openServer('pglite')
  const admin = await becomeAdmin(server)
  const answer = await admin.mutate('users.invite', { email: 'nia@example.com', role: 'marketer' })
  expect((await read(answer)).result.data).toMatchObject({ mailed: { result: 'no-server' }, url: expect.stringContaining('/link#') })
})
