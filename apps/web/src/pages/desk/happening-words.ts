import { dayWords } from '../../ui/date-words.ts'
import type { Happening } from './queries.ts'

/** Words of a sentence; what stands in brackets is strong. */
export type Words = readonly (string | readonly [string])[]

const mail: Readonly<Record<string, readonly [before: string, after: string]>> = {
  'mail.sent': ['Got ', ''],
  'mail.opened': ['Opened ', ''],
  'mail.clicked': ['Clicked in ', ''],
  'mail.bounced': ['', ' came back'],
  'mail.complained': ['', ' was reported as spam'],
  'mail.unsubscribed': ['Unsubscribed by ', ''],
  'mail.withdrawn': ['', ' was held back'],
}

/** What happened as one sentence. */
export function happeningWords({ kind, type, about, by }: Happening): Words {
  switch (kind) {
    case 'handed-over':
      return ['Handed to sales', ...(about === null ? [] : [' by ', [about] as const])]
    case 'assigned':
      return ['Given to ', [by ?? 'somebody'], ...(about === null ? [] : [` of ${about}`])]
    case 'accepted':
      return ['Accepted', ...(by === null ? [] : [' by ', [by] as const])]
    case 'rejected':
      return [`Rejected${by === null ? '' : ` by ${by}`}: `, [about ?? 'no reason']]
    case 'overflow':
      return ['Nobody of ', [about ?? 'the team'], ' could take it']
    case 'mail': {
      const [before, after] = mail[type] ?? [`${type.replace(/^mail\./, '')}: `, '']
      return [before, [about ?? 'a mail'], after]
    }
    case 'page':
      return ['Visited ', [about ?? 'a page']]
    case 'did':
      return [[about ?? type]]
    case 'told':
      return [type === 'group' ? 'Named a company' : 'Told us who they are']
    case 'created':
      return ['First seen']
  }
}

/** Whether it belongs to what a rep reads first. Machines never do. */
export function matters({ kind, type, machine }: Happening): boolean {
  if (machine) return false
  if (kind === 'mail')
    return type === 'mail.clicked' || type === 'mail.unsubscribed' || type === 'mail.bounced' || type === 'mail.complained'
  return kind !== 'told'
}

/** How strong a sign it is: hand-offs are filled, what people did on their own is strong. */
export function weight({ kind, type, machine }: Happening): 'sales' | 'strong' | 'plain' {
  if (kind === 'handed-over' || kind === 'assigned' || kind === 'accepted') return 'sales'
  if (machine) return 'plain'
  return kind === 'did' || type === 'mail.clicked' ? 'strong' : 'plain'
}

export interface Entry extends Happening {
  /** Visits of the same day that were folded into this one, the first visit first; empty for all others. */
  visits: readonly string[]
}

const sameDay = (a: number, b: number) => new Date(a).toDateString() === new Date(b).toDateString()

/** What matters: visits in a row on one day become one line. Given and returned newest first. */
export function foldVisits(happenings: readonly Happening[]): Entry[] {
  const entries: Entry[] = []
  for (const one of happenings) {
    const last = entries.at(-1)
    if (one.kind === 'page' && last?.kind === 'page' && sameDay(last.at, one.at)) {
      entries[entries.length - 1] = { ...last, visits: [one.about ?? 'a page', ...last.visits] }
    } else entries.push({ ...one, visits: one.kind === 'page' ? [one.about ?? 'a page'] : [] })
  }
  return entries
}

/** "Visited Pricing, then Features and 3 more pages", each page once, in the order of the first visit. */
export function visitWords(visits: readonly string[]): Words {
  const pages = [...new Set(visits)]
  const [first = 'a page', second] = pages
  if (second === undefined) return ['Visited ', [first], ...(visits.length > 1 ? [` ${visits.length} times`] : [])]
  const more = pages.length - 2
  return ['Visited ', [first], ', then ', [second], ...(more > 0 ? [` and ${more} more ${more === 1 ? 'page' : 'pages'}`] : [])]
}

/** The head above what happened: the day while it is near, then the month, then the year. */
export function dayHead(at: number, now: number): string {
  const day = dayWords(at, { now })
  if (day === 'today' || day === 'yesterday') {
    const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' }).format(at)
    return `${day === 'today' ? 'Today' : 'Yesterday'}, ${date}`
  }
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return sameYear ? new Intl.DateTimeFormat('en-GB', { month: 'long' }).format(at) : String(new Date(at).getFullYear())
}
