import type { Liquid, Template } from 'liquidjs'
import type { CompiledTemplate } from './compile.ts'
import { type FooterFacts, footerHtml, footerText, showsAddress } from './footer.ts'
import { addToBody, beforeBodyEnd } from './hidden.ts'
import { type MailLink, rewriteLinks, rewriteTextLinks } from './links.ts'
import { htmlLiquid, plainLiquid, TrustedHtml } from './liquid-engine.ts'
import { RenderFailure, renderLiquid } from './liquid-render.ts'
import { plainText } from './plain-text.ts'
import type { TemplatePart } from './source.ts'

/** What a template may read, and the addresses that tie the mail to its send. */
export type RenderInput = {
  /** `contact.*`: the contact's facts, plain JSON. */
  contact: Record<string, unknown>
  /** `workspace.*`; name and postalAddress also make the footer. */
  workspace: { name: string; postalAddress: string } & Record<string, unknown>
  /** Further roots such as `event` or `rep`; they cannot replace the built-in ones. */
  more?: Record<string, unknown> | undefined
  /** The instant of rendering: `{{ 'now' | date: '%B' }}`. */
  now: Date
  /** IANA zone of dates in the mail; UTC when absent. */
  timeZone?: string | undefined
  links: {
    /** The tracked address of link n (from 1) that leads to url. */
    track: (n: number, url: string) => string
    /** Address of the open pixel; no pixel without it. */
    open?: string | undefined
    /** `unsubscribe_url`. A marketing mail without it is not rendered. */
    unsubscribe?: string | undefined
    /** `preferences_url`, beside the unsubscribe link in the footer. */
    preferences?: string | undefined
    /** Address of a link nobody can see: whoever follows it is a machine. */
    honeypot?: string | undefined
  }
}

export type RenderedMail = {
  subject: string
  html: string
  text: string
  links: MailLink[]
  /** Variables that were empty for this contact where the mail wanted to show them, sorted. */
  missing: string[]
  /** Link targets that were taken out because they are no web addresses. */
  droppedLinks: string[]
}

/** `tooMuch`: it is more work than a mail may be, loops for example. */
export type RenderProblem = { where: TemplatePart | 'workspace'; message: string; tooMuch?: boolean }

type Parts = Record<'subject' | 'preheader' | 'html' | 'text', Template[]>
const parsedParts = new WeakMap<CompiledTemplate, Parts>()

function partsOf(compiled: CompiledTemplate): Parts {
  const known = parsedParts.get(compiled)
  if (known) return known
  const { source, html } = compiled
  const parts = {
    subject: plainLiquid.parse(source.subject),
    preheader: plainLiquid.parse(source.preheader),
    html: htmlLiquid.parse(html),
    text: plainLiquid.parse(source.text),
  }
  parsedParts.set(compiled, parts)
  return parts
}

/** One line, safe as a header: CR, LF and other control characters become spaces. */
const oneLine = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
    .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()

/** Whether a part already shows what the footer holds; looks at the result, not at the author's intent. */
const isComplete = (text: string, hasUnsubscribe: boolean, facts: FooterFacts & { marketing: boolean }): boolean =>
  showsAddress(text, facts.postalAddress) && (hasUnsubscribe || !facts.marketing)

/**
 * Renders a template for one contact: Liquid, footer, tracked links, preheader, pixel, plain-text part.
 * Missing variables render empty and are reported. A marketing mail always ends up with the postal address and the
 * unsubscribe link, whatever the template says.
 */
export function renderMail(compiled: CompiledTemplate, input: RenderInput): { ok: RenderedMail } | { problem: RenderProblem } {
  const { workspace, links: addresses } = input
  const marketing = compiled.source.purpose === 'marketing'
  if (marketing && !addresses.unsubscribe)
    return { problem: { where: 'workspace', message: 'A marketing mail needs an unsubscribe link, and none was given.' } }
  if (marketing && !workspace.postalAddress.trim())
    return { problem: { where: 'workspace', message: 'Marketing mail needs a postal address. Enter it in the workspace settings.' } }

  const { track, unsubscribe, preferences } = addresses
  const facts = { name: workspace.name, postalAddress: workspace.postalAddress, unsubscribe, preferences, marketing }
  const scope = (footer: unknown) => ({
    ...input.more,
    contact: input.contact,
    workspace,
    unsubscribe_url: unsubscribe ?? '',
    preferences_url: preferences ?? '',
    now: input.now.toISOString(),
    time_zone: input.timeZone ?? 'UTC',
    footer,
  })
  const missing = new Set<string>()
  const parts = partsOf(compiled)
  const render = (where: TemplatePart, liquid: Liquid, templates: Template[], footer: unknown): string => {
    const { text, empty } = renderLiquid(liquid, templates, scope(footer), where)
    for (const name of empty) missing.add(name)
    return text
  }

  try {
    const subject = oneLine(render('subject', plainLiquid, parts.subject, ''))
    const preheader = oneLine(render('preheader', plainLiquid, parts.preheader, ''))
    const body = render('body', htmlLiquid, parts.html, new TrustedHtml(footerHtml(facts)))
    const ownText = compiled.source.text.trim() ? render('text', plainLiquid, parts.text, footerText(facts)).trim() : ''

    const rewritten = rewriteLinks(body, { track, unsubscribe, preferences })
    const shown = plainText(rewritten.html)
    const complete = isComplete(shown, rewritten.hasUnsubscribe, facts)
    const finished = complete ? rewritten.html : beforeBodyEnd(rewritten.html, footerHtml(facts))
    const plain = ownText || shown
    const plainComplete = ownText ? isComplete(ownText, unsubscribe !== undefined && ownText.includes(unsubscribe), facts) : complete
    const whole = plainComplete ? plain : `${plain}\n\n${footerText(facts)}`
    const text = ownText
      ? rewriteTextLinks(whole, { authored: compiled.source.text, links: rewritten.links, track, unsubscribe, preferences })
      : whole
    const html = addToBody(finished, { preheader, pixel: addresses.open, honeypot: addresses.honeypot })
    return {
      ok: { subject, html, text, links: rewritten.links, missing: [...missing].sort(), droppedLinks: rewritten.dropped },
    }
  } catch (error) {
    if (error instanceof RenderFailure) return { problem: { where: error.where, message: error.message, tooMuch: error.tooMuch } }
    throw error
  }
}
