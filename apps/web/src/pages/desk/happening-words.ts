import { dateWords, dayWords } from '../../ui/date-words.ts'
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

const byWords = (by: string | null, before = ' by '): Words => (by === null ? [] : [before, [by]])

/** What happened as one sentence. `now` is for the days that are named in it. */
export function happeningWords({ kind, type, about, by }: Happening, now = Date.now()): Words {
  switch (kind) {
    case 'handed-over':
      return ['Handed to sales', ...(about === null ? [] : [' by ', [about] as const])]
    case 'assigned':
      return ['Given to ', [by ?? 'somebody'], ...(about === null ? [] : [` of ${about}`])]
    case 'accepted':
      return ['Accepted', ...byWords(by)]
    case 'rejected':
      return [`Rejected${by === null ? '' : ` by ${by}`}: `, [about ?? 'no reason']]
    case 'overflow':
      return ['Nobody of ', [about ?? 'the team'], ' could take it']
    case 'call':
      return [[by ?? 'Sales'], ' reached them by phone']
    case 'voicemail':
      return [[by ?? 'Sales'], ' left a voicemail', ...(about === null || about === '1' ? [] : [`, attempt ${about}`])]
    case 'no-answer':
      return [[by ?? 'Sales'], ' called, nobody answered']
    case 'wrong-number':
      return [[by ?? 'Sales'], ' called: a wrong number']
    case 'wrote':
      return [[by ?? 'Sales'], ' wrote ', [about ?? 'a mail']]
    case 'meeting':
      return ['Meeting', ...byWords(by, ' with '), ...(about === null ? [] : [` on ${dateWords(Number(about), { now }, true)}`])]
    case 'note':
      return ['Note', ...byWords(by)]
    case 'opportunity':
      return ['Became an opportunity: ', [about ?? 'without a name']]
    case 'stage':
      return ['The deal moved to ', [about ?? 'another stage']]
    case 'won':
      return ['Won', ...byWords(by)]
    case 'lost':
      return [`Lost${by === null ? '' : ` by ${by}`}: `, [about ?? 'no reason']]
    case 'given-back':
      return ['Given back to the team', ...byWords(by)]
    case 'late':
      return ['Nobody was in touch in time', ...byWords(about, ': ')]
    case 'taken-back':
      return ['Taken back', ...byWords(about, ' from '), ...byWords(by)]
    case 'resumed':
      return ['Back with sales for another attempt']
    case 'no-response':
      return by === null ? ['Could not be reached, back with marketing'] : ['Back with marketing', ...byWords(by)]
    case 'joined':
      return ['Qualified again', ...byWords(about, ' in ')]
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

/** Words without the parts that are strong in them. */
export const plainWords = (words: Words): string => words.map((part) => (typeof part === 'string' ? part : part[0])).join('')

/** Whether it belongs to what a rep reads first. Machines never do. */
export function matters({ kind, type, machine }: Happening): boolean {
  if (machine) return false
  if (kind === 'mail')
    return type === 'mail.clicked' || type === 'mail.unsubscribed' || type === 'mail.bounced' || type === 'mail.complained'
  return kind !== 'told'
}

const SALES: ReadonlySet<Happening['kind']> = new Set([
  ...(['handed-over', 'assigned', 'accepted', 'opportunity', 'won'] as const),
  ...(['joined', 'resumed'] as const),
])

/** How strong a sign it is: hand-offs are filled, what people did on their own is strong. */
export function weight({ kind, type, machine }: Happening): 'sales' | 'strong' | 'plain' {
  if (SALES.has(kind)) return 'sales'
  if (machine) return 'plain'
  return kind === 'did' || type === 'mail.clicked' ? 'strong' : 'plain'
}

/** What a timeline can be narrowed to. */
export type Strand = 'sales' | 'web' | 'mail' | 'other'

/** To which part of the story something belongs. */
export function strandOf({ kind }: Pick<Happening, 'kind'>): Strand {
  if (kind === 'mail' || kind === 'wrote') return 'mail'
  if (kind === 'page') return 'web'
  if (kind === 'did') return 'web'
  return kind === 'told' || kind === 'created' ? 'other' : 'sales'
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
      const points = last.points === null && one.points === null ? null : (last.points ?? 0) + (one.points ?? 0)
      entries[entries.length - 1] = { ...last, points, visits: [one.about ?? 'a page', ...last.visits] }
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
