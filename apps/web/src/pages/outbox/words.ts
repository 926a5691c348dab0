import type { Answers } from '../../shell/api.ts'

export type Mail = Answers['outbox']['list']['rows'][number]
export type TestMail = Answers['outbox']['tests'][number]

interface State {
  tone: 'ok' | 'warn' | 'danger' | 'accent' | 'faint'
  words: string
}

/** The state of a mail as dot and word. */
export function stateOf({ status, transport, held, error }: Pick<Mail, 'status' | 'transport' | 'held' | 'error'>): State {
  switch (status) {
    case 'queued':
      return held
        ? { tone: 'faint', words: 'Waits: flow paused' }
        : { tone: 'accent', words: error === null ? 'Waiting' : 'Tried again later' }
    case 'sending':
      return { tone: 'accent', words: 'Being handed over' }
    case 'sent':
      return transport === 'outbox' ? { tone: 'warn', words: 'Kept here, not sent' } : { tone: 'ok', words: 'Sent' }
    case 'unknown':
      return { tone: 'warn', words: 'Not known' }
    case 'failed':
      return { tone: 'danger', words: 'Failed' }
    case 'withdrawn':
      return { tone: 'faint', words: 'Withdrawn' }
  }
}

/** Why a mail was taken back before it left: codes of delivery and of the engine. */
const WITHDRAWN: Readonly<Record<string, string>> = {
  deleted: 'The person was deleted.',
  'no-address': 'The person has no e-mail address any more.',
  suppressed: 'Mail to this address is stopped, for instance because it bounced.',
  'no-consent': 'The person does not agree to marketing mail any more.',
  'flow-stopped': 'Its flow was stopped.',
  merged: 'The person turned out to be another, who goes through the flow already.',
  answered: 'Its question was answered already.',
  'left-segment': 'The person left the segment that the flow is for.',
  removed: 'The person was taken out of the flow by hand.',
  restarted: 'The person began the flow anew.',
  'no-way-on': 'The person left the flow, since its way led nowhere.',
}

export const withdrawnWords = (code: string | null): string => WITHDRAWN[code ?? ''] ?? 'The person left the flow before it went out.'
