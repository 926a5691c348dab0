import { maskLiquid } from './scan.ts'

/** What a text of a mail is made of: a stretch of words, a line end, or the beginning or end of a mark. */
type Token = { kind: 'words'; text: string } | { kind: 'tag'; name: string; closing: boolean; attributes: string }

const TAG = /<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^>"'])*?)\/?>/g
const NBSP = '\u00a0'
const sign: Readonly<Record<string, string>> = { strong: '**', b: '**', em: '__', i: '__' }

function tokensOf(html: string): Token[] | null {
  const masked = maskLiquid(html)
  if (masked.includes('<!--')) return null
  const tokens: Token[] = []
  let at = 0
  for (const match of masked.matchAll(TAG)) {
    if (match.index > at) tokens.push({ kind: 'words', text: html.slice(at, match.index) })
    at = match.index + match[0].length
    const before = match.index + 1 + (match[1] ?? '').length + (match[2] ?? '').length
    const attributes = html.slice(before, before + (match[3] ?? '').length).trim()
    tokens.push({ kind: 'tag', name: (match[2] ?? '').toLowerCase(), closing: match[1] === '/', attributes })
  }
  if (at < html.length) tokens.push({ kind: 'words', text: html.slice(at) })
  return tokens
}

/** Runs `change` over what is no Liquid. */
const outsideLiquid = (text: string, change: (plain: string) => string): string =>
  text
    .split(/(\{\{.*?\}\}|\{%.*?%\})/gs)
    .map((piece, at) => (at % 2 === 1 ? piece : change(piece)))
    .join('')

const ENTITY = /&(?!#?\w+;)/g
const decode = (text: string): string =>
  outsideLiquid(text, (plain) =>
    plain
      .replace(/\s+/g, (gap) => (gap.includes(NBSP) ? gap : ' '))
      .replaceAll('&nbsp;', NBSP)
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replace(/&amp;(?!#?\w+;)/g, '&'),
  )
const encode = (text: string): string =>
  outsideLiquid(text, (plain) =>
    plain.replace(ENTITY, '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(NBSP, '&nbsp;').replaceAll('\n', '<br />'),
  )

const hrefOf = (attributes: string): string | undefined => {
  const match = /(?:^|\s)href\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(maskLiquid(attributes))
  if (!match) return undefined
  const length = (match[1] ?? match[2] ?? '').length
  const end = match.index + match[0].length - 1
  return attributes.slice(end - length, end)
}

/** The marks of a text in their order, with the words they are around: what they are written with is kept. */
interface Mark {
  sign: '**' | '__' | '['
  name: string
  attributes: string
  words: string
}

interface Read {
  text: string
  marks: Mark[]
}

function read(html: string): Read | null {
  const tokens = tokensOf(html)
  if (!tokens) return null
  let text = ''
  const marks: Mark[] = []
  const open: { mark: Mark; from: number }[] = []
  for (const token of tokens) {
    if (token.kind === 'words') text += decode(token.text)
    else if (token.name === 'br') text = `${text.replace(/ $/, '')}\n`
    else if (token.closing) {
      const last = open.pop()
      if (last?.mark.name !== token.name) return null
      last.mark.words = text.slice(last.from)
      text += last.mark.sign === '[' ? `](${hrefOf(last.mark.attributes) ?? ''})` : last.mark.sign
    } else {
      const begins = token.name === 'a' ? '[' : sign[token.name]
      if ((begins !== '[' && begins !== '**' && begins !== '__') || (begins === '[' && hrefOf(token.attributes) === undefined)) return null
      // Marks in marks have no signs of their own here.
      if (open.length > 0) return null
      const mark: Mark = { sign: begins, name: token.name, attributes: token.attributes, words: '' }
      text += begins
      marks.push(mark)
      open.push({ mark, from: text.length })
    }
  }
  return open.length > 0 ? null : { text: text.replace(/\n /g, '\n').trim(), marks }
}

const SIGNS = /\*\*([^*\n]+?)\*\*|__([^_\n]+?)__|\[([^\]\n]+?)\]\(((?:\{\{.*?\}\}|[^)\s{])*)\)/g

function write(text: string, marks: readonly Mark[]): string {
  const left = [...marks]
  const take = (kind: Mark['sign'], words: string, href?: string): Mark | undefined => {
    const same = left.filter((it) => it.sign === kind)
    const found =
      same.find((it) => it.words === words && (href === undefined || hrefOf(it.attributes) === href)) ??
      (href === undefined ? undefined : same.find((it) => hrefOf(it.attributes) === href)) ??
      same.find((it) => it.words === words) ??
      same[0]
    if (found) left.splice(left.indexOf(found), 1)
    return found
  }
  let html = ''
  let at = 0
  for (const match of text.matchAll(SIGNS)) {
    const [whole, bold, slanted, linked, href] = match
    html += encode(text.slice(at, match.index))
    at = match.index + whole.length
    const words = bold ?? slanted ?? linked ?? ''
    const kind = bold !== undefined ? '**' : slanted !== undefined ? '__' : '['
    const was = take(kind, words, href)
    const name = was?.name ?? (kind === '[' ? 'a' : kind === '**' ? 'strong' : 'em')
    html += `<${name}${attributesWritten(was?.attributes ?? '', href)}>${encode(words)}</${name}>`
  }
  return html + encode(text.slice(at))
}

/** The attributes a mark had, with its address as it is now. */
function attributesWritten(attributes: string, href: string | undefined): string {
  if (href === undefined) return attributes === '' ? '' : ` ${attributes}`
  const was = hrefOf(attributes)
  const written = outsideLiquid(href, (address) => address.replaceAll('"', '&quot;'))
  if (was === undefined) return `${attributes === '' ? '' : ` ${attributes}`} href="${written}"`
  return ` ${attributes.replace(was, () => written)}`
}

/** Whether two pieces of HTML say the same: blanks and the ways to write a line end aside. */
const plain = (html: string): string =>
  html
    .replace(/<br\s*\/?>/gi, '<br />')
    .replace(/\s+/g, ' ')
    .replace(/ ?<br \/> ?/g, '<br />')
    .replace(/&quot;/g, '"')
    .trim()

/**
 * The text of a mail as somebody types it: `**bold**`, `__slanted__`, `[words](address)`, a new line for `<br />`, Liquid as it is.
 * @returns null for HTML that could not be written back as it was; it is changed in the source
 */
export function readText(html: string): string | null {
  const done = read(html)
  return done && plain(write(done.text, done.marks)) === plain(html) ? done.text : null
}

/** What was typed as HTML. Marks that were in `was` keep their style and further attributes. */
export const writeText = (text: string, was: string): string => write(text, read(was)?.marks ?? [])
