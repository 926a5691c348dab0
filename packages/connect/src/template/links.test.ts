import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { expect, test } from 'vitest'
import { rewriteLinks, rewriteTextLinks } from './links.ts'

const track = (n: number) => `https://t.test/${n}`
const tracking = { track }
const piece = fc.constantFrom(
  '<a href="https://a.test/?x=1&amp;y=2">Go</a>',
  '<A HREF=http://b.test>B',
  "<a href='javascript:alert(1)'>",
  '<a href="&#106;avascript:alert(1)" onclick="x()">',
  '<a href="https://c.test" href="javascript:x">',
  '<a href="java&colon;script" href>',
  '<a href="javascript&colon;alert(1)">',
  '<base href="javascript:x">',
  '<a href=" java\tscript:alert(1)">',
  '<area href="data:text/html,x">',
  '<img src="javascript:x" onerror=x()>',
  '<svg><a xlink:href="javascript:x"></a></svg>',
  '<form action="javascript:x"><button formaction="vbscript:x">',
  '<a href="mailto:me@a.test">',
  '</a>',
  '</div>',
  '<!--[if mso]><table><tr><td><![endif]-->',
  '<p title="a>b">',
  'text & <b>bold</b>',
  '<',
  '"',
)

test('whatever the HTML, no script survives and every web link is tracked and in the list', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 5, arbitrary: piece }, fc.string({ maxLength: 5 })), { maxLength: 12 }), (pieces) => {
      const { html, links } = rewriteLinks(pieces.join(''), tracking)
      const seen: string[] = []
      let tag = ''
      new Parser({
        onopentagname(name) {
          tag = name
        },
        onattribute(name, value) {
          expect(name.startsWith('on')).toBe(false)
          expect(value.replace(/\s/g, '')).not.toMatch(/^(javascript|vbscript|data:text)/i)
          if (name === 'href' && (tag === 'a' || tag === 'area') && value.startsWith('http')) seen.push(value)
        },
      }).end(html)
      expect(seen).toEqual(links.map(({ n }) => track(n)))
    }),
    { seed: 11, numRuns: 2_000 },
  )
})

test('what needs no change stays byte for byte', () => {
  const html = '<!--[if mso | IE]><table width="600" ><![endif]--><p  style=\'a\' >x<br>&nbsp;&copy;<a href="#top">t</a>'
  expect(rewriteLinks(html, tracking).html).toBe(html)
})

test('only the attribute that changes is written anew', () => {
  expect(rewriteLinks('<A  class=x HREF=http://b.test\n target="_blank" onclick=x() >B</A>', tracking).html).toBe(
    '<A  class=x href="https://t.test/1"\n target="_blank"  >B</A>',
  )
})

test('rewriting text keeps the punctuation around an address', () => {
  const links = [{ n: 1, url: 'https://a.test/x', label: 'X' }]
  const text = '(https://a.test/x), https://b.test/?q=1!'
  expect(rewriteTextLinks(text, { authored: text, links, track })).toBe('(https://t.test/1), https://t.test/2!')
  expect(links).toHaveLength(2)
})

test('an address in a person’s data does not become a tracked link', () => {
  const text = 'Hello https://evil.test/login, see https://a.test/?id=7'
  const authored = 'Hello {{ contact.name }}, see https://a.test/?id={{ contact.id }}'
  expect(rewriteTextLinks(text, { authored, links: [], track })).toBe('Hello https://evil.test/login, see https://t.test/1')
})
