import { type FilterImplOptions, Liquid } from 'liquidjs'

/** HTML made by us (the footer), which Liquid must not escape. Nothing read from data becomes one. */
export class TrustedHtml {
  readonly html: string
  constructor(html: string) {
    this.html = html
  }
  toString(): string {
    return this.html
  }
}

const ENTITY: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }

/** Escapes text for HTML content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITY[char] ?? char)
}

function escapeOutput(value: unknown): string {
  if (value instanceof TrustedHtml) return value.html
  if (value === undefined || value === null) return ''
  return escapeHtml(Array.isArray(value) ? value.join('') : String(value))
}

// These read files or other templates; a template is one self-contained text.
const FORBIDDEN_TAGS = ['include', 'render', 'layout', 'block']
// `sample` rolls a die: the same mail rendered twice must be the same mail.
const FORBIDDEN_FILTERS = ['sample']
const DATE_FILTERS = ['date', 'date_to_xmlschema', 'date_to_rfc822', 'date_to_string', 'date_to_long_string']

/** "now" and "today" are the instant the caller gave, in the contact's zone unless the author names another. */
function withGivenClock(name: string, filter: FilterImplOptions): FilterImplOptions {
  const handler = typeof filter === 'function' ? filter : filter.handler
  return function (value, ...args) {
    const given = value === 'now' || value === 'today' ? this.context.getSync(['now']) : value
    if (name !== 'date') return handler.call(this, given, ...args)
    const [format, zone = this.context.getSync(['time_zone'])] = args
    return handler.call(this, given, format, zone)
  }
}

function hardened(outputEscape: boolean): Liquid {
  const liquid = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    lenientIf: true,
    catchAllErrors: true,
    relativeReference: false,
    templates: {},
    locale: 'en-US',
    timezoneOffset: 0,
    parseLimit: 2_000_000,
    renderLimit: 500,
    memoryLimit: 20_000_000,
    ...(outputEscape ? { outputEscape: escapeOutput } : {}),
  })
  for (const tag of FORBIDDEN_TAGS) delete liquid.tags[tag]
  for (const filter of FORBIDDEN_FILTERS) liquid.unregisterFilter(filter)
  for (const name of DATE_FILTERS) {
    const filter = liquid.filters[name]
    if (filter) liquid.registerFilter(name, withGivenClock(name, filter))
  }
  return liquid
}

/** Liquid for HTML: whatever is put out is escaped, unless the author ends with the `raw` filter. */
export const htmlLiquid = hardened(true)

/** Liquid for subject, preheader and plain text: nothing is escaped, the caller makes it safe for its place. */
export const plainLiquid = hardened(false)
