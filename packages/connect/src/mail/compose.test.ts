import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { unsubscribeAction } from '../../test/unsubscribe-action.ts'
import { composeMail, type OutgoingMail } from './compose.ts'

const outgoing = (part: Partial<OutgoingMail> = {}): OutgoingMail => ({
  messageId: '<send-1@acme.test>',
  date: new Date('2026-03-01T10:00:00Z'),
  from: { name: 'Acme “Müller” & Co', address: 'us@acme.test' },
  to: { name: 'Ada', address: 'ada@example.com' },
  replyTo: { address: 'rep@acme.test' },
  subject: 'Grüße 👋 an alle',
  html: '<p>Grüße</p>',
  text: 'Grüße',
  purpose: 'marketing',
  unsubscribe: `https://baton.test/u/${'x'.repeat(200)}`,
  ...part,
})

async function composed(part: Partial<OutgoingMail> = {}) {
  const result = await composeMail(outgoing(part))
  if (!('ok' in result)) throw new Error(result.problem.message)
  const parsed = await PostalMime.parse(result.ok.raw)
  const header = (key: string) => parsed.headers.filter((one) => one.key === key).map(({ value }) => value)
  return { ...result.ok, parsed, header }
}

test('a mail reader gets back what was put in', async () => {
  const { parsed, envelope } = await composed()
  expect(parsed).toMatchObject({
    messageId: '<send-1@acme.test>',
    subject: 'Grüße 👋 an alle',
    from: { name: 'Acme “Müller” & Co', address: 'us@acme.test' },
    to: [{ name: 'Ada', address: 'ada@example.com' }],
    replyTo: [{ address: 'rep@acme.test' }],
    date: '2026-03-01T10:00:00.000Z',
  })
  expect(parsed.html?.trim()).toBe('<p>Grüße</p>')
  expect(parsed.text?.trim()).toBe('Grüße')
  expect(envelope).toEqual({ from: 'us@acme.test', to: ['ada@example.com'] })
})

test('the same mail is the same bytes, so that a second attempt repeats the first', async () => {
  expect((await composed()).raw.equals((await composed()).raw)).toBe(true)
})

test('List-Unsubscribe is one-click over https, on one unfolded line, once', async () => {
  const { raw, header } = await composed()
  const [list] = header('list-unsubscribe')
  const [post] = header('list-unsubscribe-post')
  expect(unsubscribeAction(list, post)).toEqual({ kind: 'OneClick', url: outgoing().unsubscribe })
  expect(raw.toString()).toMatch(/\r\nList-Unsubscribe: <https:\/\/baton\.test\/u\/x{200}>\r\n/)
  expect(header('list-unsubscribe')).toHaveLength(1)
})

test('over plain http there is a link but no one-click', async () => {
  const { header } = await composed({ unsubscribe: 'http://127.0.0.1:3000/u/1' })
  expect(unsubscribeAction(header('list-unsubscribe')[0], header('list-unsubscribe-post')[0])).toEqual({
    kind: 'HttpLink',
    url: 'http://127.0.0.1:3000/u/1',
  })
  expect(header('list-unsubscribe-post')).toEqual([])
})

test('marketing is marked bulk, a transactional mail as made by a machine', async () => {
  expect((await composed()).header('precedence')).toEqual(['bulk'])
  const receipt = await composed({ purpose: 'transactional', unsubscribe: undefined })
  expect(receipt.header('auto-submitted')).toEqual(['auto-generated'])
  expect(receipt.header('list-unsubscribe')).toEqual([])
})

test('no text can become a header', async () => {
  const evil = 'Hi\r\nBcc: all@example.com\r\n\r\nbody'
  const { parsed, raw } = await composed({
    subject: evil,
    from: { name: evil, address: 'us@acme.test' },
    to: { name: evil, address: 'a@b.test' },
  })
  expect(parsed.bcc ?? []).toEqual([])
  expect(parsed.subject).toBe('Hi Bcc: all@example.com body')
  expect(raw.toString()).not.toMatch(/^Bcc:/m)
})

test.each([
  ['to', { to: { address: 'a@b.test, c@d.test' } }],
  ['to', { to: { address: 'a@b.test>\r\nBcc: x@y.test' } }],
  ['from', { from: { address: 'nobody' } }],
  ['replyTo', { replyTo: { address: 'a b@c.test' } }],
  ['bounceTo', { bounceTo: '<a@b.test>' }],
  ['messageId', { messageId: 'send-1' }],
  ['messageId', { messageId: '<a@b>\r\nX: y' }],
  ['unsubscribe', { unsubscribe: 'https://a.test/>,<mailto:x@y.test' }],
  ['unsubscribe', { unsubscribe: 'https://a.test/\r\nX: y' }],
  ['unsubscribe', { unsubscribe: `https://a.test/${'x'.repeat(1_000)}` }],
] as const)('a wrong %s is a problem, not a mail', async (field, part) => {
  expect(await composeMail(outgoing(part))).toMatchObject({ problem: { field } })
})

test('a bounce address is the envelope’s sender', async () => {
  expect((await composed({ bounceTo: 'bounces@acme.test' })).envelope.from).toBe('bounces@acme.test')
})
