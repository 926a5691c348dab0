/** Pieces of a mail that can be put in. `section` goes between sections, the others into a column. */
export interface Block {
  id: string
  label: string
  into: 'column' | 'section'
  mjml: readonly string[]
}

const column = (text: string): string[] => ['  <mj-column>', `    <mj-text>${text}</mj-text>`, '  </mj-column>']

export const blocks: readonly Block[] = [
  {
    id: 'heading',
    label: 'Heading',
    into: 'column',
    mjml: ['<mj-text font-size="20px" line-height="28px" font-weight="700">A heading</mj-text>'],
  },
  { id: 'text', label: 'Text', into: 'column', mjml: ['<mj-text>Write here.</mj-text>'] },
  {
    id: 'button',
    label: 'Button',
    into: 'column',
    mjml: ['<mj-button align="left" href="https://example.com/">Say what happens</mj-button>'],
  },
  {
    id: 'image',
    label: 'Image',
    into: 'column',
    mjml: ['<mj-image src="https://example.com/picture.png" alt="What the picture shows" />'],
  },
  { id: 'divider', label: 'Divider', into: 'column', mjml: ['<mj-divider border-width="1px" border-color="#e3e7ee" />'] },
  {
    id: 'columns',
    label: 'Two columns',
    into: 'section',
    mjml: ['<mj-section>', ...column('Left'), ...column('Right'), '</mj-section>'],
  },
]

/** Where text goes in, and what. */
export interface Insertion {
  at: number
  text: string
}

interface Span {
  from: number
  to: number
}

function spans(source: string, pattern: RegExp): Span[] {
  return [...source.matchAll(pattern)].map((match) => ({ from: match.index, to: match.index + match[0].length }))
}

const COLUMN = /<mj-column\b[^>]*>[\s\S]*?<\/mj-column>/g
const SECTION = /<mj-section\b[^>]*>[\s\S]*?<\/mj-section>/g
const CHILD = /<(mj-[a-z-]+)\b[^>]*?(?:\/>|>[\s\S]*?<\/\1>)/g

const indentAt = (source: string, at: number): string =>
  /^[ \t]*/.exec(source.slice(source.lastIndexOf('\n', at - 1) + 1, at + 40))?.[0] ?? ''
const lines = (mjml: readonly string[], indent: string): string => mjml.map((line) => `\n${indent}${line}`).join('')

/** The one the cursor is in, else the last one before it, else the first one at all. */
function nearest(found: readonly Span[], cursor: number): Span | undefined {
  return found.find(({ from, to }) => from <= cursor && cursor <= to) ?? found.findLast(({ to }) => to <= cursor) ?? found[0]
}

/**
 * Where a block belongs, given where the cursor is: behind the element the cursor is in, never in the middle of a tag. Without a place
 * for it (an empty text), it goes where the cursor is.
 */
export function insertBlock(source: string, cursor: number, { into, mjml }: Block): Insertion {
  const home = nearest(spans(source, into === 'section' ? SECTION : COLUMN), cursor)
  if (!home) return { at: cursor, text: mjml.join('\n') }
  if (into === 'section') return { at: home.to, text: lines(mjml, indentAt(source, home.from)) }
  const open = home.from + source.slice(home.from).indexOf('>') + 1
  const inner = source.slice(open, home.to - '</mj-column>'.length)
  const children = spans(inner, CHILD).map(({ from, to }) => ({ from: from + open, to: to + open }))
  const before = children.findLast(({ from }) => from <= cursor) ?? (cursor >= home.to ? children.at(-1) : undefined)
  const indent = `${indentAt(source, home.from)}  `
  const text = lines(mjml, indent)
  if (before) return { at: before.to, text }
  // The first in its column: what closes the column on the same line gets a line of its own.
  const closes = /^[ \t]*$/.test(inner) ? `\n${indentAt(source, home.from)}` : ''
  return { at: open, text: text + closes }
}
