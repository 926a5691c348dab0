import { convert } from 'html-to-text'

const HIDDEN = ['display:none', 'display: none']

/** The plain-text part of an HTML mail: links in brackets after their text, pictures and hidden elements left out. */
export function plainText(html: string): string {
  const text = convert(html, {
    wordwrap: 78,
    limits: { maxInputLength: 2_000_000 },
    selectors: [
      { selector: 'img', format: 'skip' },
      // MJML puts every text into a cell of its own: to the reader they are paragraphs.
      { selector: 'td > div', format: 'block', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
      ...HIDDEN.map((style) => ({ selector: `[style*="${style}"]`, format: 'skip' })),
      ...['h1', 'h2', 'h3', 'h4'].map((selector) => ({ selector, options: { uppercase: false } })),
      { selector: 'a', options: { ignoreHref: false, linkBrackets: ['[', ']'], hideLinkHrefIfSameAsText: true } },
    ],
  })
  return text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
