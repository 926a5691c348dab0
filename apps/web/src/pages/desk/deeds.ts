import type { Lead } from './queries.ts'

/** What can be done with a lead. */
export type Deed = 'accept' | 'reject' | 'call' | 'write' | 'meeting' | 'convert' | 'deal' | 'won' | 'lost' | 'give-back'

/** What may be done with a lead in its state, the most likely first. */
export function deedsOf({ state, contact, opportunityId }: Pick<Lead, 'state' | 'contact' | 'opportunityId'>): Deed[] {
  if (contact === null) return []
  switch (state) {
    case 'assigned':
    case 'sleeping':
      return ['accept', 'call', 'write', 'meeting', 'give-back', 'reject']
    case 'accepted':
      return opportunityId === null
        ? ['convert', 'call', 'write', 'meeting', 'give-back', 'won', 'lost']
        : ['deal', 'won', 'call', 'write', 'meeting', 'give-back', 'lost']
    case 'routing':
    case 'queued':
    case 'rejected':
    case 'overflow':
    case 'no-response':
    case 'won':
    case 'lost':
    case 'closed':
      return []
  }
}

/** The key of each. */
export const KEYS: Readonly<Record<Deed, string>> = {
  accept: 'A',
  reject: 'R',
  call: 'L',
  write: 'M',
  meeting: 'B',
  convert: 'O',
  deal: 'O',
  won: 'W',
  lost: 'X',
  'give-back': 'G',
}

/** What is said at the foot of the window after a deed: what was done, and how the flow goes on. */
export function doneWords(lead: Pick<Lead, 'name' | 'after' | 'voicemails' | 'attempt'>, deed: Done): string {
  const { name, after } = lead
  const on = (next: string | null | undefined) => (next === null || next === undefined ? '' : ` The flow goes on: ${next}.`)
  switch (deed.kind) {
    case 'accept':
      return `${name} is accepted.${on(after?.accepted)}`
    case 'reject':
      return `${name} is with marketing again.${on(after?.ways.find((way) => way.reasons.includes(deed.reason))?.next ?? after?.rejected)}`
    case 'connected':
      return `Call with ${name} logged. The clock has stopped.`
    case 'voicemail': {
      if (lead.voicemails === null) return `Voicemail for ${name} logged. The clock goes on.`
      if (lead.attempt >= lead.voicemails) return `That was attempt ${lead.attempt} of ${lead.voicemails}: ${name} is with marketing again.`
      return `${name} rests until attempt ${lead.attempt + 1} of ${lead.voicemails}.${on(after?.voicemail)}`
    }
    case 'no-answer':
      return `Call to ${name} logged. The clock goes on.`
    case 'wrong-number':
      return `Wrong number noted. Write to ${name}, or reject.`
    case 'meeting':
      return `Meeting with ${name} noted.`
    case 'convert':
      return `${name} is an opportunity now.`
    case 'deal':
      return `The deal with ${name} is changed.`
    case 'won':
      return `Won. ${name} is a customer.${on(after?.won)}`
    case 'lost':
      return `${name} is with marketing again.${on(after?.lost)}`
    case 'give-back':
      return `${name} is back with the team. The next rep who has not had the lead gets it.`
  }
}

export type Done =
  | { kind: Exclude<Deed, 'call' | 'write' | 'reject'> }
  | { kind: 'reject'; reason: string }
  | { kind: 'connected' | 'voicemail' | 'no-answer' | 'wrong-number' }

/** Whether the lead leaves the hands of its rep by this. */
export const leaves = (lead: Pick<Lead, 'voicemails' | 'attempt' | 'state'>, { kind }: Done): boolean =>
  kind === 'reject' ||
  kind === 'lost' ||
  kind === 'won' ||
  kind === 'give-back' ||
  (kind === 'voicemail' && lead.voicemails !== null && lead.state === 'assigned')
