import { expect, test } from 'vitest'
import { compileTemplate } from './compile.ts'
import { TemplateSource } from './source.ts'

const body = (inner: string) => `<mjml>\n<mj-body>\n<mj-section><mj-column>\n${inner}\n</mj-column></mj-section>\n</mj-body>\n</mjml>`
const source = (part: Partial<TemplateSource>) => TemplateSource.parse({ subject: 'Hi', body: body('<mj-text>Hello</mj-text>'), ...part })
const problems = async (part: Partial<TemplateSource>) => {
  const result = await compileTemplate(source(part))
  return 'errors' in result ? result.errors : []
}

test('a good template keeps Liquid in its HTML and lists the variables of all parts', async () => {
  const result = await compileTemplate(
    source({
      subject: 'Hi {{ contact.first_name }}',
      preheader: '{{ workspace.name }}',
      body: body(
        '<mj-text color="{{ workspace.colour }}">{% if contact.age < 40 %}{{ contact.company.name | upcase }}{% endif %}{% assign x = 1 %}{{ x }}</mj-text>',
      ),
      text: '{{ contact.last_name }}',
    }),
  )
  if (!('ok' in result)) throw new Error(JSON.stringify(result))
  expect(result.ok.html).toContain('{% if contact.age < 40 %}{{ contact.company.name | upcase }}{% endif %}')
  expect(result.ok.variables).toEqual([
    'contact.age',
    'contact.company.name',
    'contact.first_name',
    'contact.last_name',
    'workspace.colour',
    'workspace.name',
  ])
  expect(JSON.parse(JSON.stringify(result.ok))).toEqual(result.ok)
})

test.each([
  ['a tag never closed', { subject: '{% if contact.x %}Hi' }, 'subject', 1, /Add \{% endif %\}/],
  ['an output never closed', { preheader: 'Hi {{ contact.x' }, 'preheader', 1, /End it with \}\}/],
  ['an unknown filter', { body: body('<mj-text>{{ contact.x | shout }}</mj-text>') }, 'body', 4, /no filter “shout”/],
  ['an unknown tag', { text: 'a\nb\n{% fetch x %}' }, 'text', 3, /no tag \{% fetch %\}/],
  ['a file', { body: body('<mj-text>{% include "/etc/passwd" %}</mj-text>') }, 'body', 4, /no tag \{% include %\}/],
  ['a file by render', { body: body('<mj-text>{% render "/etc/passwd" %}</mj-text>') }, 'body', 4, /no tag \{% render %\}/],
  ['a die', { text: '{{ contact.list | sample }}' }, 'text', 1, /no filter “sample”/],
  ['an MJML include', { body: body('<mj-include path="/etc/passwd" />') }, 'body', 4, /cannot read other files/],
  ['an unknown element', { body: body('<mj-txt>Hi</mj-txt>') }, 'body', 4, /<mj-tx?t>|not an MJML element|lost/],
  [
    'an element in the wrong place',
    { body: '<mjml><mj-body>\n<mj-text>Hi</mj-text></mj-body></mjml>' },
    'body',
    2,
    /cannot stand in <mj-body>/,
  ],
  [
    'an element never closed',
    { body: '<mjml><mj-body>\n<mj-section><mj-column><mj-text>Hi</mj-text></mj-column>' },
    'body',
    2,
    /<mj-section> is never closed/,
  ],
  [
    'Liquid that MJML would lose',
    { body: body('{% for x in contact.items %}<mj-text>Hi</mj-text>{% endfor %}') },
    'body',
    4,
    /inside <mj-raw>/,
  ],
  ['text that MJML would lose', { body: body('Hello') }, 'body', 4, /inside <mj-text>/],
  ['a bad value', { body: body('<mj-text color="reddish">Hi</mj-text>') }, 'body', 4, /“reddish” is no value for color/],
  ['no MJML', { body: 'Hello' }, 'body', 1, /must start with <mjml>/],
  ['no body', { body: '<mjml></mjml>' }, 'body', undefined, /not complete MJML/],
  ['no subject', { subject: ' ' }, 'subject', undefined, /Write a subject/],
])('%s is reported where it is, with what to do', async (_name, part, where, line, message) => {
  const found = await problems(part)
  expect(found[0]).toMatchObject({ where, message: expect.stringMatching(message) })
  expect(found[0]?.line).toBe(line)
})

test('the problems of all parts come together', async () => {
  const found = await problems({ subject: '{% if %}', preheader: '{{ x | nope }}', text: '{% nope %}' })
  expect(found.map(({ where }) => where)).toEqual(['subject', 'preheader', 'text'])
})
