/** A stretch of the source: [from, to). */
export interface Span {
  from: number
  to: number
}

/** An attribute where it stands; `value` is the stretch between its quotes. */
export interface Attribute {
  value: Span
  text: string
}

/** An element of the mail, by where it stands in the source. */
export interface Element extends Span {
  name: string
  /** The tag that opens it, or the whole of one that closes itself. */
  tag: Span
  /** Between its tags; null for one that closes itself. */
  inner: Span | null
  attributes: Readonly<Record<string, Attribute>>
  children: Element[]
}

/** What is between their tags is HTML or text, and no element of a layout. */
const HOLDS_TEXT = new Set(['mj-text', 'mj-button', 'mj-raw', 'mj-table', 'mj-style', 'mj-title', 'mj-preview', 'mj-navbar-link'])
const TAG = /<!--[\s\S]*?-->|<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^>"'])*?)(\/?)>/g
const ATTRIBUTE = /([a-zA-Z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** Liquid replaced by `~` of the same length, so that quotes and brackets in it are not taken for those of tags. */
export const maskLiquid = (source: string): string => source.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, (liquid) => liquid.replace(/[^\n]/g, '~'))

function attributesOf(source: string, masked: string, { from, to }: Span): Record<string, Attribute> {
  const found: Record<string, Attribute> = {}
  for (const match of masked.slice(from, to).matchAll(ATTRIBUTE)) {
    const [whole, name = '', double, single] = match
    const length = (double ?? single ?? '').length
    const end = from + match.index + whole.length - 1
    found[name] ??= { value: { from: end - length, to: end }, text: source.slice(end - length, end) }
  }
  return found
}

/**
 * Reads MJML into its elements, each with its place in the source; what lies between them stays where it is.
 * @returns the `mjml` element, or null where tags are not closed or closed in the wrong order
 */
export function scanMail(source: string): Element | null {
  const masked = maskLiquid(source)
  const open: Element[] = []
  let root: Element | null = null
  TAG.lastIndex = 0
  for (let match = TAG.exec(masked); match; match = TAG.exec(masked)) {
    const [whole, closing, name, , selfClosed] = match
    if (name === undefined) continue
    const end = match.index + whole.length
    const last = open.at(-1)
    if (closing) {
      if (last?.name !== name) return null
      open.pop()
      last.to = end
      last.inner = { from: last.tag.to, to: match.index }
      continue
    }
    if (root && !last) return null
    const tag = { from: match.index, to: end }
    const element: Element = { ...tag, name, tag, inner: null, attributes: attributesOf(source, masked, tag), children: [] }
    if (last) last.children.push(element)
    else root = element
    if (selfClosed) continue
    open.push(element)
    if (!HOLDS_TEXT.has(name)) continue
    // Its own end is the next tag of its name: it cannot lie in itself.
    const closes = masked.indexOf(`</${name}`, end)
    if (closes === -1) return null
    TAG.lastIndex = closes
  }
  return root?.name === 'mjml' && open.length === 0 ? root : null
}
