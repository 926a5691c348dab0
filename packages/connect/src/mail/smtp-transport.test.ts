import { expect, test } from 'vitest'
import { brokenServer, reply, smtpSink } from '../../testing/smtp-sink.ts'
import { smtpTransport, verifySmtp } from './smtp-transport.ts'

const mail = (to = 'ada@example.com', raw = 'Subject: Hi\r\n\r\nHello\r\n') => ({
  raw: Buffer.from(raw),
  envelope: { from: 'us@acme.test', to: [to] },
})
const FAST = { connectMs: 5_000, greetingMs: 5_000, socketMs: 5_000, connections: 2 }
const IMPATIENT = { connectMs: 150, greetingMs: 150, socketMs: 150 }

async function sendOne(url: string, options = FAST, what = mail()) {
  const transport = smtpTransport(url, options)
  try {
    return await transport.send(what)
  } finally {
    await transport.close()
  }
}

test('an accepted mail arrives byte for byte, with its envelope', async () => {
  await using sink = await smtpSink()
  expect(await sendOne(sink.url)).toEqual({ outcome: 'accepted', response: expect.stringContaining('kept as 1234') })
  expect(sink.received).toEqual([{ from: 'us@acme.test', to: ['ada@example.com'], raw: 'Subject: Hi\r\n\r\nHello\r\n' }])
})

test('many mails go over few connections, also after refusals, and none is lost', async () => {
  await using sink = await smtpSink({
    onRcptTo: ({ address }, _session, done) => done(address.startsWith('bad') ? reply(550, '5.1.1 no such user') : null),
  })
  const transport = smtpTransport(sink.url, { ...FAST, mailsPerConnection: 15 })
  const addresses = Array.from({ length: 40 }, (_, i) => `${i % 4 === 0 ? 'bad' : 'ok'}${i}@example.com`)
  const outcomes = await Promise.all(addresses.map((to) => transport.send(mail(to))))
  await transport.close()
  expect(outcomes.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(30)
  expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toHaveLength(10)
  expect(sink.received.map(({ to }) => to[0]).sort()).toEqual(addresses.filter((to) => to.startsWith('ok')).sort())
  expect(sink.state.connections).toBe(4)
})

test.each([
  ['an unknown mailbox', 'RCPT', 550, '5.1.1 no such user', 'permanent', true],
  ['an unknown mailbox, old style', 'RCPT', 550, 'unknown user', 'permanent', true],
  ['a full mailbox', 'RCPT', 452, '4.2.2 mailbox full', 'temporary', true],
  ['a policy', 'RCPT', 550, '5.7.1 relaying denied', 'permanent', false],
  ['greylisting', 'RCPT', 451, '4.7.1 try again later', 'temporary', false],
  ['the sender', 'MAIL', 550, '5.1.8 bad sender', 'permanent', false],
  ['the content', 'DATA', 554, '5.7.1 spam', 'permanent', false],
  ['a busy server after the message', 'DATA', 451, '4.3.0 later', 'temporary', false],
] as const)('refused for %s', async (_name, at, code, text, how, recipient) => {
  await using sink = await smtpSink({
    onMailFrom: (_address, _session, done) => done(at === 'MAIL' ? reply(code, text) : null),
    onRcptTo: (_address, _session, done) => done(at === 'RCPT' ? reply(code, text) : null),
    onData(stream, _session, done) {
      stream.resume()
      stream.on('end', () => done(reply(code, text)))
    },
  })
  expect(await sendOne(sink.url)).toEqual({ outcome: 'refused', how, code, response: `${code} ${text}`, recipient })
})

test('an address that could inject a command is refused before the server sees it', async () => {
  await using sink = await smtpSink()
  const outcome = await sendOne(sink.url, FAST, mail('a@b.test>\r\nRCPT TO:<c@d.test'))
  expect(outcome).toMatchObject({ outcome: 'refused', how: 'permanent', recipient: true })
  expect(sink.received).toEqual([])
})

test.each([
  ['in the middle of the message', (soFar: string) => soFar.length > 0],
  ['after the message, before its reply', (soFar: string) => soFar.endsWith('\r\n.\r\n')],
])('a connection that breaks %s leaves the mail unknown, and it is not sent again', async (_name, enough) => {
  let bodies = 0
  await using server = await brokenServer({
    onBody(soFar, socket) {
      if (!enough(soFar)) return
      bodies += 1
      socket.destroy()
    },
  })
  const big = mail('ada@example.com', `Subject: Hi\r\n\r\n${'x'.repeat(70)}\r\n`.repeat(2_000))
  expect(await sendOne(server.url, FAST, big)).toEqual({ outcome: 'unknown', why: expect.stringContaining('being handed over') })
  expect(bodies).toBe(1)
})

test('a server silent after the message leaves it unknown', async () => {
  await using server = await brokenServer({ onBody: () => {} })
  expect(await sendOne(server.url, { ...FAST, ...IMPATIENT })).toMatchObject({ outcome: 'unknown' })
})

test.each([
  ['MAIL FROM', 'server'],
  ['RCPT TO', 'recipient'],
  ['DATA', 'recipient'],
] as const)('a connection that breaks at %s has handed nothing over, and says something of the %s', async (command, at) => {
  await using server = await brokenServer({
    on(line, socket) {
      if (!line.startsWith(command)) return false
      socket.destroy()
      return true
    },
  })
  expect(await sendOne(server.url)).toMatchObject({ outcome: 'unreachable', at, reason: 'closed' })
})

test('a server that falls silent before the message has been handed nothing', async () => {
  await using server = await brokenServer({ on: (line) => line.startsWith('RCPT') })
  expect(await sendOne(server.url, { ...FAST, ...IMPATIENT })).toMatchObject({ outcome: 'unreachable', at: 'recipient', reason: 'timeout' })
})

test('a server that shuts down in mid-conversation asks to try later', async () => {
  await using server = await brokenServer({
    on(line, socket) {
      if (!line.startsWith('RCPT')) return false
      socket.end('421 4.3.2 shutting down\r\n')
      return true
    },
  })
  expect(await sendOne(server.url)).toMatchObject({ outcome: 'refused', how: 'temporary', code: 421, recipient: false })
})

test('a kept connection that the server closed meanwhile is replaced, and the mail sent once', async () => {
  await using sink = await smtpSink({ socketTimeout: 300 })
  const transport = smtpTransport(sink.url, { ...FAST, connections: 1 })
  await transport.send(mail('one@example.com'))
  await expect.poll(() => sink.state.closed).toBe(1)
  await transport.send(mail('two@example.com'))
  await transport.close()
  expect(sink.state.connections).toBe(2)
  expect(sink.received.map(({ to }) => to[0])).toEqual(['one@example.com', 'two@example.com'])
})

test('a kept connection that breaks at its next mail is replaced as well, since nothing was handed over', async () => {
  const senders: string[] = []
  await using server = await brokenServer({
    on(line, socket) {
      if (!line.startsWith('MAIL')) return false
      senders.push(line)
      if (senders.length === 2) socket.destroy()
      return senders.length === 2
    },
    onBody(soFar, socket) {
      if (soFar.endsWith('\r\n.\r\n')) socket.write('250 kept\r\n')
    },
  })
  const transport = smtpTransport(server.url, { ...FAST, connections: 1 })
  expect(await transport.send(mail())).toMatchObject({ outcome: 'accepted' })
  expect(await transport.send(mail())).toMatchObject({ outcome: 'accepted' })
  await transport.close()
})

test('what cannot be reached says why and what to do', async () => {
  const { port } = await (async () => {
    await using gone = await smtpSink()
    return gone
  })()
  const refused = await sendOne(`smtp://127.0.0.1:${port}`)
  expect(refused).toMatchObject({
    outcome: 'unreachable',
    at: 'server',
    reason: 'refused',
    message: /Nothing answers at 127\.0\.0\.1:\d+\. Check host and port/,
  })
  expect(await sendOne('smtp://no-such-host.invalid:25')).toMatchObject({
    outcome: 'unreachable',
    reason: 'dns',
    message: /“no-such-host.invalid” was not found/,
  })
  expect(await sendOne('http://mail.test')).toMatchObject({ outcome: 'unreachable', reason: 'address', message: /smtp:\/\/ or smtps/ })
})

test('a server that never greets, and one that is no mail server', async () => {
  await using silent = await brokenServer({ greeting: '' })
  expect(await verifySmtp(silent.url, IMPATIENT)).toMatchObject({ problem: { reason: 'timeout' } })
  await using web = await brokenServer({ greeting: 'HTTP/1.1 400 Bad Request\r\n' })
  expect(await verifySmtp(web.url, FAST)).toMatchObject({ problem: { reason: 'protocol' } })
})

test('a wrong password is named, and the password is not repeated; the right one works', async () => {
  await using sink = await smtpSink({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'us' && password === 's%cret' ? done(null, { user: 'us' }) : done(reply(535, '5.7.8 bad credentials')),
  })
  const wrong = await verifySmtp(`smtp://us:wrong-one@127.0.0.1:${sink.port}`, FAST)
  expect(wrong).toMatchObject({ problem: { reason: 'auth', message: /does not accept the user and password/ } })
  expect(JSON.stringify(wrong)).not.toContain('wrong-one')
  expect(await verifySmtp(`smtp://us:s%25cret@127.0.0.1:${sink.port}`, FAST)).toEqual({ ok: true })
  expect(await sendOne(`smtp://us:s%25cret@127.0.0.1:${sink.port}`)).toMatchObject({ outcome: 'accepted' })
})

test('a certificate nobody vouches for is refused, unless the address says otherwise', async () => {
  await using sink = await smtpSink({ secure: true })
  const url = `smtps://127.0.0.1:${sink.port}`
  expect(await verifySmtp(url, FAST)).toMatchObject({ problem: { reason: 'tls', message: /No secure connection/ } })
  expect(await sendOne(`${url}?tls.rejectUnauthorized=false`)).toMatchObject({ outcome: 'accepted' })
})

test('STARTTLS is used where it is offered', async () => {
  await using sink = await smtpSink({ disabledCommands: [] })
  expect(await sendOne(sink.url)).toMatchObject({ outcome: 'unreachable', reason: 'tls' })
  expect(await sendOne(`${sink.url}?tls.rejectUnauthorized=false`)).toMatchObject({ outcome: 'accepted' })
  expect(await sendOne(`${sink.url}?ignoreTLS=true`)).toMatchObject({ outcome: 'accepted' })
})

test('encryption that is demanded but not offered is a TLS problem', async () => {
  await using sink = await smtpSink()
  expect(await verifySmtp(`${sink.url}?requireTLS=true`, FAST)).toMatchObject({ problem: { reason: 'tls' } })
})
