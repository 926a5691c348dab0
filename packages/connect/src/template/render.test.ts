import { expect, test } from 'vitest'
import { compileTemplate } from './compile.ts'
import { type RenderInput, renderMail } from './render.ts'
import { TemplateSource } from './source.ts'
import { starterTemplates } from './starters/index.ts'

const unsubscribe = 'https://baton.test/u/abc?t=1&x=2'
const input = (contact: Record<string, unknown> = {}, links: Partial<RenderInput['links']> = {}): RenderInput => ({
  contact,
  workspace: { name: 'Acme & Co', postalAddress: '1 High Street\nLondon' },
  now: new Date('2026-03-31T23:30:00Z'),
  links: { track: (n) => `https://baton.test/c/${n}?a=1&b=2`, open: 'https://baton.test/o/1', unsubscribe, ...links },
})
const body = (inner: string) =>
  `<mjml><mj-body><mj-section><mj-column><mj-text>${inner}</mj-text></mj-column></mj-section></mj-body></mjml>`

async function rendered(part: Partial<TemplateSource>, given = input()) {
  const compiled = await compileTemplate(TemplateSource.parse({ subject: 'Hi', body: body('Hello'), ...part }))
  if (!('ok' in compiled)) throw new Error(JSON.stringify(compiled.errors))
  const result = renderMail(compiled.ok, given)
  if (!('ok' in result)) throw new Error(result.problem.message)
  return result.ok
}

test('text of the contact is escaped in HTML, plain in the text part, one line in the subject', async () => {
  const name = '<script>alert("1")</script>\r\nBcc: everybody@example.com'
  const mail = await rendered({ subject: 'Hi {{ contact.name }}', body: body('{{ contact.name }}') }, input({ name }))
  expect(mail.html).not.toContain('<script')
  expect(mail.html).toContain('&lt;script&gt;alert(&#34;1&#34;)')
  expect(mail.subject).toBe('Hi <script>alert("1")</script> Bcc: everybody@example.com')
  expect(mail.text).toContain('<script>alert("1")</script>')
})

test('only the author’s raw filter lets markup through, and never the prototype', async () => {
  const given = input({ html: '<b>yes</b>' })
  const mail = await rendered({ body: body('{{ contact.html | raw }}|{{ contact.constructor.name }}|') }, given)
  expect(mail.html).toContain('<b>yes</b>||')
})

test('web links are tracked and labelled; mailto, anchors and the unsubscribe link are not; others are taken out', async () => {
  const mail = await rendered({
    body: body(
      '<a href="https://a.test/?x=1&amp;y=2">First <b>link</b></a><a href="mailto:me@a.test">m</a><a href="#top">t</a>' +
        '<a href="{{ unsubscribe_url }}">bye</a><a href="java&#10;script:alert(1)">evil</a><a href="{{ contact.site }}">none</a>' +
        '<a href="http://b.test"><img src="https://b.test/i.png" alt="Picture" onerror="x()"></a>',
    ),
  })
  expect(mail.links).toEqual([
    { n: 1, url: 'https://a.test/?x=1&y=2', label: 'First link' },
    { n: 2, url: 'http://b.test', label: 'Picture' },
  ])
  expect(mail.droppedLinks).toEqual(['java\nscript:alert(1)', ''])
  expect(mail.missing).toEqual(['contact.site'])
  expect(mail.html).toContain('href="https://baton.test/c/1?a=1&amp;b=2"')
  expect(mail.html).toContain('href="mailto:me@a.test"')
  expect(mail.html).toContain('href="#top"')
  expect(mail.html).not.toMatch(/script:|onerror|a\.test\/\?x/)
  expect(mail.html.match(/href="https:\/\/baton\.test\/u\/abc/g)).toHaveLength(2)
})

test('an unsubscribe link alone does not replace the postal address, and the other way round', async () => {
  const address = '{{ workspace.postalAddress | newline_to_br | raw }}'
  for (const inner of ['<a href="{{ unsubscribe_url }}">bye</a>', address]) {
    const mail = await rendered({ body: body(inner) })
    expect(mail.html).toContain('1 High Street')
    expect(mail.html).toContain('>Unsubscribe</a>')
  }
  const both = await rendered({ body: body(`${address}<a href="{{ unsubscribe_url }}">bye</a>`) })
  expect(both.html).not.toContain('>Unsubscribe</a>')
})

test('the page of choices stands beside the unsubscribe link, and is not tracked', async () => {
  const preferences = 'https://baton.test/p/abc?m=x'
  const mail = await rendered({ body: body('<a href="{{ preferences_url }}">Choose</a>') }, input({}, { preferences }))
  expect(mail.html).toContain(`<a href="${preferences}">Choose</a>`)
  expect(mail.html).toMatch(/>Unsubscribe<\/a> &middot; <a href="https:\/\/baton\.test\/p\/abc\?m=x"[^>]*>Choose what you get</)
  expect(mail.text).toContain(`Choose what you get: ${preferences}`)
  expect(mail.links).toEqual([])
  const without = await rendered({ body: body('Hello') })
  expect(without.html).not.toContain('Choose what you get')
})

test('a footer that the author places is not added again; one hidden by a condition is', async () => {
  const placed = await rendered({ body: body('{{ footer }}') })
  expect(placed.html.match(/>Unsubscribe<\/a>/g)).toHaveLength(1)
  expect(placed.html).toContain('Acme &amp; Co<br>1 High Street<br>London')
  const hidden = await rendered({ body: body('{% if contact.never %}{{ footer }}{% endif %}') })
  expect(hidden.html.match(/>Unsubscribe<\/a>/g)).toHaveLength(1)
})

test('marketing without address or unsubscribe link is refused; transactional carries no unsubscribe link', async () => {
  const compiled = await compileTemplate(TemplateSource.parse({ subject: 'Hi', body: body('Hello') }))
  if (!('ok' in compiled)) throw new Error('does not compile')
  const noAddress = { ...input(), workspace: { name: 'Acme', postalAddress: ' ' } }
  expect(renderMail(compiled.ok, noAddress)).toMatchObject({ problem: { where: 'workspace', message: /postal address/ } })
  expect(renderMail(compiled.ok, input({}, { unsubscribe: undefined }))).toHaveProperty('problem')
  const receipt = await rendered({ purpose: 'transactional' }, input({}, { unsubscribe: undefined }))
  expect(receipt.html).toContain('1 High Street')
  expect(receipt.html).not.toContain('Unsubscribe')
})

test('the text part is made from the HTML with the tracked links, without preheader and pixel', async () => {
  const mail = await rendered({ preheader: 'Look <inside>', body: body('Hello<br><a href="https://a.test">Go</a>') })
  expect(mail.text).toContain('Go [https://baton.test/c/1?a=1&b=2]')
  expect(mail.text).toContain(`Unsubscribe: ${unsubscribe}`)
  expect(mail.text).not.toMatch(/Look|\/o\/1/)
  expect(mail.html).toMatch(/<body[^>]*><div style="display:none[^>]*>Look &lt;inside&gt;/)
  expect(mail.html.indexOf('https://baton.test/o/1')).toBeGreaterThan(mail.html.indexOf('Hello'))
})

test('an own text part gets links with the numbers of the HTML part, and the footer', async () => {
  const mail = await rendered({
    body: body('<a href="https://a.test/x">Go</a>'),
    text: 'See https://a.test/x. And https://b.test/y!\n{{ contact.name }}',
  })
  expect(mail.text).toContain('See https://baton.test/c/1?a=1&b=2. And https://baton.test/c/2?a=1&b=2!')
  expect(mail.links.map(({ url }) => url)).toEqual(['https://a.test/x', 'https://b.test/y'])
  expect(mail.text).toContain(`-- \nAcme & Co\n1 High Street\nLondon\nUnsubscribe: ${unsubscribe}`)
})

test('what is missing renders empty and is named; conditions and defaults do not count, an empty text does', async () => {
  const mail = await rendered(
    {
      subject: 'Hi {{ contact.first_name | default: "you" }}',
      body: body('[{{ contact.city }}][{{ contact.company.name }}][{{ contact.note }}]{% if contact.gone %}x{% endif %}'),
    },
    input({ note: '', city: null }),
  )
  expect(mail.subject).toBe('Hi you')
  expect(mail.html).toContain('[][][]')
  expect(mail.missing).toEqual(['contact.city', 'contact.company', 'contact.note'])
})

test('dates use the given instant, in the given zone', async () => {
  const part = { subject: '{{ "now" | date: "%d %B" }} {{ contact.day | date: "%H:%M" }}' }
  const given = input({ day: '2026-07-01T10:00:00Z' })
  expect((await rendered(part, given)).subject).toBe('31 March 10:00')
  expect((await rendered(part, { ...given, timeZone: 'Europe/Berlin' })).subject).toBe('01 April 12:00')
})

test('a template that works too hard is stopped and says so', async () => {
  const compiled = await compileTemplate(
    TemplateSource.parse({
      subject: 'Hi',
      body: body('{% for a in (1..100000) %}{% for b in (1..100000) %}{{ a | times: b }}{% endfor %}{% endfor %}'),
    }),
  )
  if (!('ok' in compiled)) throw new Error('does not compile')
  expect(renderMail(compiled.ok, input())).toMatchObject({ problem: { where: 'body', message: /too much work/, tooMuch: true } })
})

test('the honeypot link is invisible and no link of the mail', async () => {
  const mail = await rendered({}, input({}, { honeypot: 'https://baton.test/c/0' }))
  expect(mail.html).toMatch(/<a href="https:\/\/baton\.test\/c\/0" style="display:none/)
  expect(mail.links).toEqual([])
  expect(mail.text).not.toContain('/c/0')
})

test.each(starterTemplates.map((starter) => [starter.name, starter] as const))(
  'starter %s compiles and renders',
  async (_name, { source }) => {
    const mail = await rendered(source, input({ first_name: 'Ada', company: 'Engines Ltd' }))
    expect(mail.missing).toEqual([])
    expect(mail.droppedLinks).toEqual([])
    expect(mail.links.length).toBeGreaterThan(0)
    expect(mail.html.match(/>Unsubscribe<\/a>/g)).toHaveLength(1)
    expect(mail.html).not.toMatch(/\{\{|\{%|fonts\.googleapis/)
  },
)
