import { dateWords } from '../../ui/date-words.ts'
import type { Lead } from './queries.ts'

type MayWrite = NonNullable<Lead['mail']>

/** Whether a mail would go now, for the reader, before anything is written. Null: it goes at once. */
export function gateWords(mail: MayWrite, name: string, now: number): { title: string; shut: boolean; more?: string } | null {
  const { verdict, opensAt, limit, left } = mail
  const used = { title: `You wrote ${limit} mails to leads in 24 hours, which is the most`, shut: true, more: 'Go on tomorrow, or call.' }
  switch (verdict) {
    case 'pass':
      return left === 0 ? used : null
    case 'limit':
      return used
    case 'quiet':
      return {
        title:
          opensAt === null ? 'It is quiet hours there' : `It is quiet hours there: it goes ${dateWords(opensAt, { now })} by your clock`,
        shut: left === 0,
      }
    case 'no-address':
      return { title: `No e-mail address of ${name} is known`, shut: true, more: 'Call instead.' }
    case 'suppressed':
      return { title: `Mail to ${name} is stopped`, shut: true, more: 'The address came back or complained. Call instead.' }
    case 'no-consent':
      return { title: `${name} has not agreed to mail`, shut: true, more: 'Call, and ask.' }
    case 'capped':
      return {
        title: `${name} got as many mails as the workspace allows in so short a time`,
        shut: true,
        more: opensAt === null ? 'Call instead.' : `The next may go ${dateWords(opensAt, { now })}. Until then, call.`,
      }
    case 'no-sender':
      return {
        title: 'The workspace has no sender or postal address yet',
        shut: true,
        more: 'Ask an admin to enter them under Settings, Workspace.',
      }
    case 'already-had':
    case 'marketing-hold':
    case 'gone':
      return { title: `${name} gets no mail at this moment`, shut: true }
  }
}

/** What may be done: mail, and under which conditions, in a few words for the side. */
export function mailNow(mail: MayWrite, name: string, now: number): string {
  const gate = gateWords(mail, name, now)
  if (gate === null) return 'yours only, marketing holds'
  if (mail.verdict === 'quiet') return 'quiet hours'
  if (mail.verdict === 'no-consent') return 'no, they have not agreed'
  if (mail.verdict === 'suppressed') return 'no, it is stopped'
  if (mail.verdict === 'no-address') return 'no address'
  return gate.shut ? 'not at this moment' : 'yours only'
}
