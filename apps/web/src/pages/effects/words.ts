import type { Answers } from '../../shell/api.ts'

export type Effect = Answers['effects']['list']['rows'][number]
export type Line = Answers['effects']['status']['lines'][number]

type Tone = 'ok' | 'warn' | 'danger' | 'accent' | 'faint'

/** Where one stands, as dot and words. */
export function stateOf({ kind, status, attempts, error }: Pick<Effect, 'kind' | 'status' | 'attempts' | 'error'>): {
  tone: Tone
  words: string
} {
  switch (status) {
    case 'queued':
      return attempts > 0 ? { tone: 'warn', words: 'Tried again later' } : { tone: 'accent', words: 'Waiting' }
    case 'sending':
      return { tone: 'accent', words: kind === 'notify' ? 'Being told' : 'Being called' }
    case 'done':
      if (kind === 'notify') return error === null ? { tone: 'ok', words: 'Told' } : { tone: 'warn', words: 'Told in Baton only' }
      return { tone: 'ok', words: 'Answered' }
    case 'failed':
      return { tone: 'danger', words: 'Failed' }
    case 'cancelled':
      return { tone: 'faint', words: 'Taken back' }
  }
}

/** The host of a web address, for a narrow column; the text itself where it is none. */
export const hostOf = (about: string | null): string => (about !== null && URL.canParse(about) ? new URL(about).host : (about ?? ''))
