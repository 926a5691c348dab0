import type { Catalog, Happening, SalesWord, TestEnd, Walk, WalkEntrance, WalkMoment } from '@baton/engine'
import { shown } from '../../pages/contacts/reasons/parts.ts'

const MAIL: Readonly<Record<string, string>> = {
  'mail.opened': 'Opened',
  'mail.clicked': 'Clicked in',
  'mail.replied': 'Replied to',
  'mail.unsubscribed': 'Unsubscribed by',
  'mail.bounced': 'Bounced:',
  'mail.complained': 'Reported as spam:',
}

const mailName = (catalog: Catalog, id: unknown) => catalog.templates.find((it) => it.id === id)?.name ?? 'a mail'

/** What was made to happen, as a sentence. */
export function happeningWords(what: Happening, catalog: Catalog): string {
  switch (what.do) {
    case 'event': {
      const verb = MAIL[what.type]
      const { url } = what.props
      if (verb) return `${verb} “${mailName(catalog, what.props.templateId)}”${typeof url === 'string' ? `: ${url}` : ''}`
      const props = Object.entries(what.props).map(([key, value]) => `${key} ${shown(value)}`)
      return `Did ${what.type}${props.length > 0 ? ` (${props.join(', ')})` : ''}`
    }
    case 'fields':
      return Object.entries(what.set)
        .map(([key, value]) => `${catalog.fields.find((it) => it.key === key)?.label ?? key} became ${shown(value)}`)
        .join(', ')
    case 'consent':
      return `${what.given ? 'Agreed to' : 'Withdrew'} ${catalog.topics.find((it) => it.id === what.topic)?.name ?? what.topic}`
    case 'list': {
      const name = catalog.segments.find((it) => it.id === what.segmentId)?.name ?? 'a list'
      return what.on ? `Put on ${name}` : `Taken off ${name}`
    }
    case 'related':
      return `${what.of} ${what.id} ${what.data === null ? 'was taken away' : 'was stored'}`
    case 'enrol':
      return {
        hand: 'Added by hand',
        program: 'Added by other software',
        flow: 'Sent here by another flow',
        match: 'Fits the segment',
        schedule: 'The time has come',
      }[what.by ?? 'hand']
    case 'sales':
      return salesSaid(what)
    case 'overflow':
      return 'Nobody of the team could take it'
    case 'webhook':
      return what.why === null ? `The address answered ${what.status ?? 200}` : 'The address did not answer well'
  }
}

/** What sales said or did. */
function salesSaid({ answer, why }: SalesWord): string {
  switch (answer) {
    case 'accepted':
      return 'Sales accepted'
    case 'rejected':
      return `Sales rejected: ${why}`
    case 'voicemail':
      return 'Sales left a voicemail'
    case 'wrong-number':
      return 'Sales had a wrong number'
    case 'draft':
      return 'The rep writes a mail to them'
    case 'contacted':
      return 'Sales reached them'
    case 'opportunity':
      return 'Sales opened a deal'
    case 'converted':
      return 'Sales won the deal'
    case 'lost':
      return `Sales lost the deal: ${why}`
    case 'given-back':
      return 'The rep gave the lead back'
    case 'no-response':
      return 'Nobody of sales answered'
  }
}

export const REFUSED: Readonly<Record<WalkMoment['refused'][number], string>> = {
  inside: 'they are in the flow already, and it takes nobody twice at the same time',
  'not-again': 'the flow lets people in once only',
  'not-yet': 'the flow lets people in again only after a while',
  'too-often': 'they have been in it as often as the flow allows',
  historic: 'what they did is too old',
  closed: 'this start is not there',
  'no-match': 'they are not in the segment of this start',
  'not-in-roll-out': 'the roll-out has not reached them',
}

/** What a moment without a step is called. */
export function momentWords(
  { what, refused, sends, leads, routed }: Pick<WalkMoment, 'what' | 'refused' | 'sends' | 'leads' | 'routed'>,
  catalog: Catalog,
): string {
  const [why] = refused
  const before = what ? `${happeningWords(what, catalog)}. ` : ''
  if (why) return `${before}Not let in: ${REFUSED[why]}.`
  if (sends.length > 0) return `${before}A mail went out.`
  if (leads.length > 0) return `${before}Handed to sales.`
  if (routed.length > 0) return what ? before.trim() : 'What becomes of the lead.'
  return what ? `${before}Nothing follows from it here.` : 'Time passed.'
}

const ENDS: Readonly<Record<string, string>> = {
  finished: 'Finished',
  left: 'Left',
  reached: 'Reached the goal',
  removed: 'Taken out',
  restarted: 'Began anew',
  'left-segment': 'Left with the segment',
  'exit-rule': 'Left by the flow’s rule',
  'flow-stopped': 'The flow was stopped',
  'no-way-on': 'Left: the way led nowhere',
}

const endOf = (how: string, label: string | null | undefined) => `${ENDS[how] ?? 'Left'}${label ? `: ${label}` : ''}`

/** Where a walk stands, in a few words. */
export function hereWords(here: Walk['here'], name: (node: string) => string): string {
  switch (here.how) {
    case 'rests':
      return `Waits at “${name(here.node)}”`
    case 'parked':
      return `Stands still at “${name(here.node)}” with an error: ${here.message}`
    case 'over':
      return endOf(here.ended, here.label)
    case 'not-in':
      return 'Is not in the flow'
  }
}

export function testEndWords(end: TestEnd, name: (node: string) => string): string {
  switch (end.how) {
    case 'over':
      return endOf(end.ended, end.label)
    case 'rests':
      return `Waits at “${name(end.node)}”`
    case 'parked':
      return `Stands still at “${name(end.node)}” with an error`
    case 'not-in':
      return 'Is not in the flow'
  }
}

/** How somebody comes in by a start, as its proposal says. */
export function entranceWords({ kind, proposal, byHand }: WalkEntrance, catalog: Catalog, madeUp: boolean): string {
  if (byHand) return 'Added by hand: what this start waits for cannot be made by one thing that happens.'
  if (kind === 'segment-joined')
    return madeUp ? 'Comes in as soon as they fit the segment.' : 'Comes in as one who fits the segment when the flow is published.'
  if (kind === 'date') return 'Comes in when their date comes: go on in time.'
  return proposal ? `${happeningWords(proposal, catalog)}.` : 'Comes in by itself.'
}
