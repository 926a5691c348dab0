import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import {
  compileTemplate,
  composeMail,
  renderMail,
  signLink,
  signUnsubscribe,
  smtpTransport,
  starterTemplates,
  verifyLink,
  verifyUnsubscribe,
} from '../src/index.ts'
import { smtpSink } from '../testing/smtp-sink.ts'
import { unsubscribeAction } from './unsubscribe-action.ts'

const keys = [{ id: '1', secret: 'only for this test, long enough' }]
const base = 'https://baton.test'

test('from a starter template to the mailbox: the reader’s links lead back to the send and to the person', async () => {
  await using sink = await smtpSink()
  const compiled = await compileTemplate(starterTemplates[1]!.source)
  if (!('ok' in compiled)) throw new Error(JSON.stringify(compiled.errors))
  const unsubscribe = `${base}/u/${signUnsubscribe(keys, { contactId: '42', topic: 'news' })}`
  const rendered = renderMail(compiled.ok, {
    contact: { first_name: 'Zoë' },
    workspace: { name: 'Acme', postalAddress: '1 High Street\nLondon' },
    now: new Date('2026-03-01T10:00:00Z'),
    links: { track: (link) => `${base}/c/${signLink(keys, { sendId: '7', link })}`, unsubscribe },
  })
  if (!('ok' in rendered)) throw new Error(rendered.problem.message)
  const composed = await composeMail({
    ...rendered.ok,
    messageId: '<7@baton.test>',
    date: new Date('2026-03-01T10:00:00Z'),
    from: { name: 'Acme', address: 'news@acme.test' },
    to: { name: 'Zoë', address: 'zoe@example.com' },
    purpose: 'marketing',
    unsubscribe,
  })
  if (!('ok' in composed)) throw new Error(composed.problem.message)
  const transport = smtpTransport(sink.url)
  expect(await transport.send(composed.ok)).toMatchObject({ outcome: 'accepted' })
  await transport.close()

  const received = await PostalMime.parse(sink.received[0]!.raw)
  expect(received).toMatchObject({ subject: 'New at Acme: say it in one line', messageId: '<7@baton.test>' })
  const tokens = [...received.html!.matchAll(/href="https:\/\/baton\.test\/c\/([^"]+)"/g)].map(([, token]) => verifyLink(keys, token!))
  expect(tokens).toEqual(rendered.ok.links.map(({ n }) => ({ sendId: '7', link: n })))
  const header = (key: string) => received.headers.find((one) => one.key === key)?.value
  const action = unsubscribeAction(header('list-unsubscribe'), header('list-unsubscribe-post'))
  expect(action).toEqual({ kind: 'OneClick', url: unsubscribe })
  expect(verifyUnsubscribe(keys, unsubscribe.slice(`${base}/u/`.length))).toEqual({ contactId: '42', topic: 'news' })
  expect(received.text).toContain(`Unsubscribe [${unsubscribe}]`)
})
