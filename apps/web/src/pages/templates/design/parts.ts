import { type Block, type Insertion, insertBlock } from '../blocks.ts'
import { readText, writeText } from './rich.ts'
import { type Element, maskLiquid, type Span, scanMail } from './scan.ts'

/** A piece of a mail that is changed by a form. */
export interface Part extends Span {
  kind: 'heading' | 'text' | 'button' | 'image' | 'divider' | 'space' | 'footer' | 'other'
  /** What the source calls it. */
  name: string
  /** Words as somebody types them; null where they can only be changed in the source, or where there are none. */
  words: string | null
  /** The words as the source has them. */
  html: string
  /** Which column it lies in, from 0, counted over the whole mail. */
  column: number
  /** Whether the column stands beside others. */
  beside: boolean
  /** Further lines of the form: what they are called in the source, and what they say now. */
  lines: readonly { attribute: string; text: string }[]
  element: Element
}

const LINES: Readonly<Record<string, readonly string[]>> = { 'mj-button': ['href'], 'mj-image': ['src', 'alt', 'href'] }
const KINDS: Readonly<Record<string, Part['kind']>> = {
  'mj-button': 'button',
  'mj-image': 'image',
  'mj-divider': 'divider',
  'mj-spacer': 'space',
}

/** At this size a text is a headline. */
const HEADLINE = 20

function isHeading({ attributes }: Element, classes: ReadonlyMap<string, Element>): boolean {
  const named = (attributes['mj-class']?.text ?? '').split(/\s+/).map((it) => classes.get(it))
  return [attributes, ...named.map((it) => it?.attributes ?? {})].some((it) => Number.parseFloat(it['font-size']?.text ?? '0') >= HEADLINE)
}

const readAttribute = (text: string): string => text.replaceAll('&quot;', '"').replace(/&amp;(?!#?\w+;)/g, '&')

function kindOf(element: Element, html: string, classes: ReadonlyMap<string, Element>): Part['kind'] {
  if (element.name === 'mj-text') return isHeading(element, classes) ? 'heading' : 'text'
  if (element.name === 'mj-raw' && /^\s*\{\{-?\s*footer\s*-?\}\}\s*$/.test(html)) return 'footer'
  return KINDS[element.name] ?? 'other'
}

/** What a mail consists of, from top to bottom; null while its tags are not in order. */
export function partsOf(source: string): Part[] | null {
  const root = scanMail(source)
  const body = root?.children.find((it) => it.name === 'mj-body')
  if (!root || !body) return null
  const classes = new Map<string, Element>()
  const parts: Part[] = []
  let columns = 0
  const gather = (element: Element) => {
    const name = element.attributes.name?.text
    if (element.name === 'mj-class' && name !== undefined) classes.set(name, element)
    element.children.forEach(gather)
  }
  gather(root)
  const put = (element: Element, column: number, beside: boolean) => {
    const html = element.inner ? source.slice(element.inner.from, element.inner.to) : ''
    const kind = kindOf(element, html, classes)
    const lines = (LINES[element.name] ?? []).map((attribute) => ({
      attribute,
      text: readAttribute(element.attributes[attribute]?.text ?? ''),
    }))
    const words = element.name === 'mj-text' || element.name === 'mj-button' ? readText(html) : null
    parts.push({ from: element.from, to: element.to, kind, name: element.name, words, html, column, beside, lines, element })
  }
  const walk = (element: Element, inside: { columns: number }) => {
    for (const child of element.children) {
      if (child.name === 'mj-column' || child.name === 'mj-hero') {
        const column = columns++
        for (const one of child.children) put(one, column, inside.columns > 1)
      } else if (child.name === 'mj-section' || child.name === 'mj-wrapper' || child.name === 'mj-group')
        walk(child, { columns: child.children.filter((it) => it.name === 'mj-column').length })
      else put(child, columns++, false)
    }
  }
  walk(body, { columns: 1 })
  return parts
}

const splice = (source: string, { from, to }: Span, text: string): string => source.slice(0, from) + text + source.slice(to)

/** The source with other words in one part; all the rest stays letter for letter. */
export function withWords(source: string, { element, html }: Part, words: string): string {
  const [before = ''] = /^\s*/.exec(html) ?? []
  const [after = ''] = html.trim() === '' ? [] : (/\s*$/.exec(html) ?? [])
  const written = writeText(words, html)
  if (element.inner) return splice(source, element.inner, html.trim() === '' ? written : before + written + after)
  const open = source.slice(element.tag.from, element.tag.to).replace(/\s*\/>$/, '>')
  return splice(source, element, `${open}${written}</${element.name}>`)
}

const writtenAttribute = (text: string): string =>
  text
    .split(/(\{\{.*?\}\}|\{%.*?%\})/gs)
    .map((piece, at) => (at % 2 === 1 ? piece : piece.replaceAll('"', '&quot;').replaceAll('<', '&lt;')))
    .join('')

/** The source with another address, or whatever an attribute says, in one part. An empty one that was not there stays away. */
export function withLine(source: string, { element }: Part, attribute: string, text: string): string {
  const was = element.attributes[attribute]
  if (was) return splice(source, was.value, writtenAttribute(text))
  if (text === '') return source
  const tag = source.slice(element.tag.from, element.tag.to)
  const end = element.tag.from + tag.length - (/\s*\/?>$/.exec(tag)?.[0].length ?? 1)
  return splice(source, { from: end, to: end }, ` ${attribute}="${writtenAttribute(text)}"`)
}

/** The blanks before a part, up to the line before. */
function withIndent(source: string, { from, to }: Span): Span {
  const lead = /\n?[ \t]*$/.exec(source.slice(0, from))?.[0].length ?? 0
  return { from: from - lead, to }
}

/** The source without a part, and without the line it stood on. */
export const without = (source: string, part: Part): string => splice(source, withIndent(source, part), '')

/** The one above or below in the same column that a part can change places with. */
export function neighbour(parts: readonly Part[], part: Part, by: -1 | 1): Part | undefined {
  const other = parts[parts.indexOf(part) + by]
  return other?.column === part.column ? other : undefined
}

/** The source with two parts having changed places; what is between them stays. */
export function swapped(source: string, one: Part, other: Part): string {
  const [first, second] = one.from < other.from ? [one, other] : [other, one]
  const text = ({ from, to }: Span) => source.slice(from, to)
  return source.slice(0, first.from) + text(second) + source.slice(first.to, second.from) + text(first) + source.slice(second.to)
}

/** Where a new piece goes: behind a part, or at the end of the last column that holds something else than the footer. */
export function placeOf(source: string, parts: readonly Part[], behind: Part | undefined, block: Block): Insertion {
  const after = behind ?? parts.findLast((it) => it.kind !== 'footer' && it.element.name !== 'mj-raw')
  return insertBlock(source, after ? after.from + 1 : maskLiquid(source).search(/<mj-column\b/) + 1, block)
}
