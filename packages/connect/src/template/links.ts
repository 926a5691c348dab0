import { Parser } from 'htmlparser2'
import { escapeHtml } from './liquid-engine.ts'

/** A link of one rendered mail. `n` counts from 1 in the order of the mail; `label` is what the reader sees. */
export type MailLink = { n: number; url: string; label: string }

export type RewrittenHtml = {
  html: string
  links: MailLink[]
  /** Targets that were taken out: no web address (`javascript:`, a missing scheme, an empty variable). */
  dropped: string[]
  /** Whether a link to `unsubscribe` is in the mail. */
  hasUnsubscribe: boolean
}

const WEB = new Set(['http:', 'https:'])
const OTHER_ALLOWED = new Set(['mailto:', 'tel:', 'sms:'])
const LABEL_LENGTH = 80

/** The scheme as a browser would see it (`java\tscript:` is `javascript:`), or undefined for a relative address. */
function schemeOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).protocol : undefined
}

/** Whether this is a web address that can be tracked. */
export function isWebLink(url: string): boolean {
  const scheme = schemeOf(url)
  return scheme !== undefined && WEB.has(scheme)
}

const ADDRESS_ATTRIBUTES = ['href', 'src', 'action', 'formaction', 'background', 'xlink:href']
const harmless = (key: string, value: string): boolean => {
  if (key.startsWith('on')) return false
  if (!ADDRESS_ATTRIBUTES.includes(key)) return true
  const scheme = schemeOf(value)
  return scheme === undefined || WEB.has(scheme) || scheme === 'cid:' || /^data:image\//i.test(value.trim())
}

/** How addresses are replaced: `track` gives the tracked one of link n, `unsubscribe` and `preferences` are left alone. */
export type Tracking = { track: (n: number, url: string) => string; unsubscribe?: string | undefined; preferences?: string | undefined }

/**
 * Replaces the target of every web link by `track(n, url)`. Anchors, `mailto:`, `tel:` and the unsubscribe link stay;
 * other schemes lose their target, and script attributes are removed. Only attributes that change are written anew,
 * everything else stays byte for byte.
 */
export function rewriteLinks(html: string, { track, unsubscribe, preferences }: Tracking): RewrittenHtml {
  const links: MailLink[] = []
  const dropped: string[] = []
  let hasUnsubscribe = false
  let written = ''
  let copiedTo = 0
  let open: MailLink | undefined

  /** The new target; undefined to take it out. */
  const target = (href: string): string | undefined => {
    const url = href.trim()
    if (unsubscribe !== undefined && url === unsubscribe) {
      hasUnsubscribe = true
      return url
    }
    if (preferences !== undefined && url === preferences) return url
    if (url.startsWith('#') && url.length > 1) return url
    if (isWebLink(url)) {
      open = { n: links.length + 1, url, label: '' }
      links.push(open)
      return track(open.n, url)
    }
    if (OTHER_ALLOWED.has(schemeOf(url) ?? '')) return url
    dropped.push(url)
    return undefined
  }

  // Attribute by attribute and not tag by tag: tags that the HTML rules ignore (a form in a form) have attributes too.
  let tag = ''
  let hasTarget = false
  const parser = new Parser({
    onopentagname(name) {
      tag = name
      hasTarget = false
      if (name === 'a' || name === 'area') open = undefined
    },
    onattribute(name, value) {
      const isTarget = name === 'href' && (tag === 'a' || tag === 'area')
      // Of two targets browsers take the first.
      const next = isTarget ? (hasTarget ? undefined : target(value)) : harmless(name, value) ? value : undefined
      if (isTarget) hasTarget = true
      if (next === value) return
      written += html.slice(copiedTo, parser.startIndex) + (next === undefined ? '' : `${name}="${escapeHtml(next)}"`)
      copiedTo = parser.endIndex
    },
    onopentag(name, attributes) {
      if (name === 'img' && open && !open.label) open.label = attributes.alt ?? ''
      tag = ''
    },
    ontext(text) {
      if (open) open.label += text
    },
    onclosetag(name) {
      if (name === 'a') open = undefined
    },
  })
  parser.end(html)
  for (const link of links) link.label = link.label.replace(/\s+/g, ' ').trim().slice(0, LABEL_LENGTH)
  return { html: written + html.slice(copiedTo), links, dropped, hasUnsubscribe }
}

const WEB_ADDRESS = /https?:\/\/[^\s<>"]+/gi
const withoutPunctuation = (found: string): string => found.replace(/[.,;:!?)\]}'’]+$/, '')
const hostOf = (url: string): string | undefined => (isWebLink(url) ? new URL(url).host : undefined)

/**
 * Replaces the web addresses of a plain text. An address that the HTML part has too keeps that link's number.
 * Only hosts that the author wrote are tracked: an address inside a person's data must not turn into a link of ours.
 * @param links those of the HTML part; is added to
 * @param authored the author's text before it was filled in
 */
export function rewriteTextLinks(
  text: string,
  { authored, links, track, unsubscribe, preferences }: Tracking & { authored: string; links: MailLink[] },
): string {
  const hosts = new Set([...(authored.match(WEB_ADDRESS) ?? []).map(withoutPunctuation), ...links.map(({ url }) => url)].map(hostOf))
  return text.replace(WEB_ADDRESS, (found) => {
    const url = withoutPunctuation(found)
    const host = hostOf(url)
    if (url === unsubscribe || url === preferences || host === undefined || !hosts.has(host)) return found
    let link = links.find((known) => known.url === url)
    if (!link) {
      link = { n: links.length + 1, url, label: url.slice(0, LABEL_LENGTH) }
      links.push(link)
    }
    return track(link.n, link.url) + found.slice(url.length)
  })
}
