import type { Answers, Inputs } from '../../shell/api.ts'
import { fullNumber } from '../../ui/numbers.ts'
import type { Kind } from './kinds.ts'

export type Trouble = Answers['trouble']['list']['rows'][number]
export type Group = Answers['trouble']['groups'][number]
export type Deed = Inputs['trouble']['decide']['deed']

interface KindWords {
  /** What all of them are called: a choice above the list. */
  all: string
  one: string
  many: string
  tone: 'danger' | 'warn'
  state: string
  /** What becomes of it when it is given up. */
  loss: string
}

export const kindWords: Readonly<Record<Kind, KindWords>> = {
  mail: {
    ...{ all: 'Mails', one: 'mail', many: 'mails', tone: 'danger', state: 'Mail failed' },
    loss: 'They do not get it. It stays in the Outbox as failed.',
  },
  unknown: {
    ...{ all: 'Not known', one: 'mail', many: 'mails', tone: 'warn', state: 'Mail not known' },
    loss: 'Nobody will know whether it arrived. It stays in the Outbox as it is.',
  },
  call: {
    ...{ all: 'Web calls', one: 'call', many: 'calls', tone: 'danger', state: 'Call failed' },
    loss: 'Nobody is called. Whoever waited for the answer has gone on by the way “Failed” already.',
  },
  note: {
    ...{ all: 'Notes', one: 'note', many: 'notes', tone: 'danger', state: 'Note failed' },
    loss: 'Nobody is told.',
  },
  person: {
    ...{ all: 'People', one: 'person', many: 'people', tone: 'danger', state: 'Stands still' },
    loss: 'They leave the flow, and what it has not sent them yet is taken back.',
  },
  item: {
    ...{ all: 'Set aside', one: 'thing set aside', many: 'things set aside', tone: 'danger', state: 'Set aside' },
    loss: 'What came in is thrown away. This cannot be taken back.',
  },
}

/** "3 mails", "1 person". */
export function countWords(kind: Kind, n: number): string {
  const { one, many } = kindWords[kind]
  return `${fullNumber(n)} ${n === 1 ? one : many}`
}

/** What is said once it is done: "3 mails are tried again now." */
export function doneWords(kind: Kind, deed: Deed, n: number): string {
  const what = `${countWords(kind, n)} ${n === 1 ? 'is' : 'are'}`
  switch (deed) {
    case 'retry':
      return kind === 'unknown' ? `${what} sent once more.` : `${what} tried again now.`
    case 'give-up':
      return `${what} given up.`
    case 'arrived':
      return `${what} marked as sent.`
  }
}

const CAME_IN: Readonly<Record<string, string>> = {
  fields: 'Changed fields',
  consent: 'An answer about consent',
  created: 'A new person',
  enrol: 'Somebody to be let in',
  remove: 'Somebody to be taken out',
  retry: 'Another try of a step',
  move: 'A move to another step',
  effect: 'An answer to a call',
}

/** What it is about, as the list shows it. */
export function aboutWords({ kind, about }: Pick<Trouble, 'kind' | 'about'>): string | null {
  if (about === null) return null
  if (kind === 'item') return CAME_IN[about] ?? about
  if (kind === 'call' && URL.canParse(about)) return new URL(about).host
  return about
}
