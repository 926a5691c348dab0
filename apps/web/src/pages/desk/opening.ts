import { dayWords } from '../../ui/date-words.ts'
import { happeningWords, matters, plainWords } from './happening-words.ts'
import type { Contact, Happening } from './queries.ts'

const DAY = 86_400_000
/** What is older than this is not what one begins a call with. */
const RECENT = 45 * DAY

const lower = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`
const full = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`)

/** The page that was looked at most, and how often. */
function favourite(visits: readonly Happening[]): { page: string; times: number; last: number } | undefined {
  const pages = new Map<string, { page: string; times: number; last: number }>()
  for (const { about, at } of visits) {
    if (about === null) continue
    const had = pages.get(about)
    pages.set(about, { page: about, times: (had?.times ?? 0) + 1, last: Math.max(had?.last ?? 0, at) })
  }
  return [...pages.values()].sort((a, b) => b.times - a.times || b.last - a.last)[0]
}

const when = (at: number, now: number) => {
  const day = dayWords(at, { now })
  return ['today', 'yesterday'].includes(day) ? day : `on ${day}`
}

/**
 * What to begin the call with, made of what is known and of nothing else: the last thing they did, with their words; the page they looked
 * at most; how often somebody tried; how it ended the last time; who else of the company is active. At most four sentences.
 */
export function openingOf({ happenings, earlier, company }: Pick<Contact, 'happenings' | 'earlier' | 'company'>, now: number): string[] {
  const recent = happenings.filter((one) => one.at > now - RECENT && !one.machine)
  const lines: string[] = []
  const did = recent.find((one) => one.kind === 'did' && matters(one))
  if (did) {
    const words = plainWords(happeningWords(did, now))
    lines.push(full(`${words}${did.detail === null ? '' : ` (${did.detail})`}, ${when(did.at, now)}`))
  }
  const page = favourite(recent.filter((one) => one.kind === 'page'))
  if (page) {
    const often = page.times === 1 ? '' : ` ${page.times} times`
    lines.push(`Looked at ${page.page}${often}, last ${when(page.last, now)}.`)
  }
  const click = recent.find((one) => one.kind === 'mail' && one.type === 'mail.clicked')
  if (click && lines.length < 2) lines.push(full(`Clicked in ${click.about ?? 'a mail'} ${when(click.at, now)}`))
  const told = recent.find((one) => (one.kind === 'call' || one.kind === 'note' || one.kind === 'voicemail') && one.detail !== null)
  if (told) lines.push(full(`${told.by ?? 'Sales'} noted ${when(told.at, now)}: ${told.detail}`))
  const before = earlier.find((one) => one.why !== null)
  if (before) lines.push(full(`Was with ${before.repName ?? 'sales'} ${when(before.at, now)}, rejected: ${lower(before.why ?? '')}`))
  const others = company?.colleagues ?? []
  const [other] = others
  if (other && other.latest.at > now - RECENT) {
    const who = other.name ?? other.jobTitle ?? 'A colleague'
    const more = others.length - 1
    lines.push(
      `${who}${more > 0 ? ` and ${more} more of the company were` : ' of the company was'} active, last ${when(other.latest.at, now)}.`,
    )
  }
  return lines.slice(0, 4)
}
