import { describe, expect, test } from 'vitest'
import { neighbour, type Part, partsOf, swapped, withLine, without, withWords } from './parts.ts'
import { readText, writeText } from './rich.ts'

const MAIL = `<mjml lang="en">
  <mj-head>
    <mj-attributes>
      <mj-class name="title" font-size="28px" font-weight="700" />
    </mj-attributes>
  </mj-head>
  <mj-body>
    <!-- <mj-text>not this</mj-text> -->
    <mj-section padding="0"><mj-column></mj-column></mj-section>
    <mj-section>
      <mj-column>
        <mj-text mj-class="title">{% if contact.company %}Hello {{ contact.company }}{% endif %}</mj-text>
        <mj-text>
          One line, <a style='color:#1f5fd6' href="https://example.com/?a=1&b=2">the words</a> &amp; more.<br/>Second &mdash; line
        </mj-text>
        <mj-image src="https://example.com/a.png" alt="A &quot;fine&quot; picture" />
        <mj-button align="left" href="{{ contact.link | default: "https://example.com/" }}">Go <strong>there</strong></mj-button>
        <mj-text><ul><li>own</li></ul></mj-text>
        <mj-social><mj-social-element name="x" href="https://example.com/x" /></mj-social>
      </mj-column>
    </mj-section>
    <mj-section><mj-column><mj-text>Left</mj-text></mj-column><mj-column><mj-text>Right</mj-text></mj-column></mj-section>
    <mj-raw>{{ footer }}</mj-raw>
  </mj-body>
</mjml>
`

const parts = (source = MAIL): Part[] => partsOf(source) ?? []
const at = (n: number, source = MAIL): Part => {
  const part = parts(source)[n]
  if (!part) throw new Error(`no part ${n}`)
  return part
}

describe('the parts of a mail', () => {
  test('are found in order, with what of them can be typed', () => {
    expect(parts().map(({ kind, words }) => [kind, words])).toEqual([
      ['heading', '{% if contact.company %}Hello {{ contact.company }}{% endif %}'],
      ['text', 'One line, [the words](https://example.com/?a=1&b=2) & more.\nSecond &mdash; line'],
      ['image', null],
      ['button', 'Go **there**'],
      ['text', null],
      ['other', null],
      ['text', 'Left'],
      ['text', 'Right'],
      ['footer', null],
    ])
    expect(at(2).lines).toEqual([
      { attribute: 'src', text: 'https://example.com/a.png' },
      { attribute: 'alt', text: 'A "fine" picture' },
      { attribute: 'href', text: '' },
    ])
    expect(at(3).lines).toEqual([{ attribute: 'href', text: '{{ contact.link | default: "https://example.com/" }}' }])
    expect([at(6).beside, at(7).beside, at(1).beside]).toEqual([true, true, false])
  })

  test.each([
    ['a tag that is not closed', '<mjml><mj-body><mj-text>x</mj-body></mjml>'],
    ['tags closed in the wrong order', '<mjml><mj-body><mj-section><mj-column></mj-section></mj-column></mj-body></mjml>'],
    ['two roots', `${MAIL}<mjml></mjml>`],
    ['no body', '<mjml></mjml>'],
    ['nothing', ''],
  ])('none while the source is out of order: %s', (_, source) => expect(partsOf(source)).toBeNull())

  test('other words change those words and nothing else', () => {
    const source = withWords(MAIL, at(1), 'Now [the words](https://example.com/new) < **strong**\nend')
    expect(source).toBe(
      MAIL.replace(
        /One line.*line/,
        'Now <a style=\'color:#1f5fd6\' href="https://example.com/new">the words</a> &lt; <strong>strong</strong><br />end',
      ),
    )
    expect(withWords(MAIL, at(6), 'There')).toBe(MAIL.replace('Left', 'There'))
  })

  test('another address changes that address, and one that was not there comes in', () => {
    expect(withLine(MAIL, at(3), 'href', 'https://example.com/?a=1&b="2"')).toBe(
      MAIL.replace('{{ contact.link | default: "https://example.com/" }}', 'https://example.com/?a=1&b=&quot;2&quot;'),
    )
    expect(withLine(MAIL, at(2), 'href', 'https://example.com/')).toBe(
      MAIL.replace('picture" />', 'picture" href="https://example.com/" />'),
    )
    expect(withLine(MAIL, at(2), 'href', '')).toBe(MAIL)
  })

  test('two change places within their column, and one goes with its line', () => {
    expect(parts(swapped(MAIL, at(0), at(1))).map((it) => it.kind)).toEqual(
      parts().map((it, n) => (n === 0 ? 'text' : n === 1 ? 'heading' : it.kind)),
    )
    expect(swapped(swapped(MAIL, at(0), at(1)), at(0, swapped(MAIL, at(0), at(1))), at(1, swapped(MAIL, at(0), at(1))))).toBe(MAIL)
    expect([neighbour(parts(), at(0), -1), neighbour(parts(), at(6), 1)]).toEqual([undefined, undefined])
    expect(without(MAIL, at(2))).toBe(MAIL.replace(/\n *<mj-image.*/, ''))
  })
})

describe('the words of a mail', () => {
  test.each([
    'Plain',
    'a < b is written as it is {% if a < b %}yes{% endif %}',
    '**1**\u00a0\u00a0What you get',
    'Kind regards\nYour name\n{{ workspace.name }}',
    '[Read on →]({{ contact.link }})',
    'Fish & chips, &mdash; and "quotes"',
  ])('come back as they were typed: %s', (typed) => expect(readText(writeText(typed, ''))).toBe(typed))

  test.each([
    '<ul><li>x</li></ul>',
    'a <!-- b -->',
    '<b>x <i>y</i></b>',
    '<a>no address</a>',
    '<b>x',
    'two <strong>*s*tars</strong> **',
    '<p>x</p>',
  ])('are left to the source where they could not be written back: %s', (html) => expect(readText(html)).toBeNull())

  test('keep the style that was written by hand', () => {
    const was = '<strong style="color:#1f5fd6">1</strong>&nbsp;What, <a class="x" href="https://a.example">here</a> and <b>now</b>'
    expect(writeText(readText(was) ?? '', was)).toBe(was)
    expect(writeText('**1**\u00a0Which, [there](https://b.example)', was)).toBe(
      '<strong style="color:#1f5fd6">1</strong>&nbsp;Which, <a class="x" href="https://b.example">there</a>',
    )
  })
})
