import { DAY, HOUR, hash01, MINUTE } from '@baton/leads'
import type { Work } from './leads.ts'
import type { SamplePerson } from './people.ts'

/** Something a made-up person does, through the same doors as a real one. */
export type Deed =
  | { do: 'open'; after: number }
  | { do: 'click'; after: number }
  | { do: 'unsubscribe'; after: number }
  | { do: 'event'; after: number; event: string; props: Record<string, string | number> }

/**
 * What a person does about a mail: nothing, opens it, clicks, and sometimes looks round the site afterwards. The keener, the likelier
 * and the sooner. The same person does the same about the same mail (`about` names it).
 */
export function answerToMail(person: SamplePerson, about: string): Deed[] {
  const chance = (salt: string) => hash01([person.email, about, salt])
  if (chance('open') > 0.25 + 0.6 * person.keen) return chance('leave') > 0.997 ? [{ do: 'unsubscribe', after: 2 * HOUR }] : []
  const opened = Math.round((0.2 + 30 * chance('when') ** 3 * (1.2 - person.keen)) * HOUR)
  const deeds: Deed[] = [{ do: 'open', after: opened }]
  if (chance('click') > 0.12 + 0.7 * person.keen) return deeds
  const clicked = opened + Math.round((1 + 8 * chance('read')) * MINUTE)
  deeds.push({ do: 'click', after: clicked })
  if (chance('look') < 0.3 + person.keen) {
    deeds.push({ do: 'event', after: clicked + 4 * MINUTE, event: 'page.viewed', props: { name: 'Pricing', path: '/pricing' } })
    if (chance('demo') < 0.15 + person.keen * 0.6)
      deeds.push({ do: 'event', after: clicked + 9 * MINUTE, event: 'demo.requested', props: { from: 'pricing' } })
  }
  return deeds
}

/** What a rep does about a lead: nearly all are answered within two days, keen ones are mostly accepted. */
export function answerToLead(person: SamplePerson, about: string): { do: 'accept' | 'reject'; after: number; why: string } | null {
  const chance = (salt: string) => hash01([person.email, about, salt])
  if (chance('open') < 0.04) return null
  const after = Math.round((1 + 46 * chance('when') ** 2) * HOUR)
  if (chance('fit') < 0.35 + 0.5 * person.keen) return { do: 'accept', after, why: '' }
  const whys = ['No budget this year', 'Too small for us', 'Has a contract elsewhere', 'Not the right person'] as const
  return { do: 'reject', after, why: whys[Math.floor(chance('why') * whys.length)] ?? 'No budget this year' }
}

/**
 * What a rep does with a lead after the first answer, as ms after it: nobody who did not answer is left untried, and of the accepted some
 * become deals, which are won or lost in time.
 */
export function workAfter(person: SamplePerson, answered: 'accept' | null): { work: Work; after: number }[] {
  const chance = (salt: string) => hash01([person.email, 'work', salt])
  if (answered === null) return [{ work: 'voicemail', after: 5 * HOUR }]
  const steps: { work: Work; after: number }[] = [{ work: 'call', after: Math.round((2 + 30 * chance('call')) * HOUR) }]
  if (chance('deal') > 0.45 + 0.3 * person.keen) return steps
  const opened = Math.round((1 + 3 * chance('open')) * DAY)
  steps.push({ work: 'convert', after: opened })
  if (chance('stuck') < 0.3) return steps
  const offered = opened + Math.round((2 + 4 * chance('offer')) * DAY)
  steps.push({ work: 'offer', after: offered })
  if (chance('ends') < 0.4) return steps
  steps.push({ work: chance('wins') < 0.6 ? 'won' : 'lost', after: offered + Math.round((3 + 8 * chance('end')) * DAY) })
  return steps
}

/** What a deal with somebody is worth. */
export const worthOf = ({ email }: SamplePerson): number => 6_000 + 500 * Math.round(60 * hash01([email, 'worth']) ** 2)

/** Visits before the first mail: the history that people come with, oldest first, as ms before `until`. */
export function pastOf(person: SamplePerson): { before: number; event: string; props: Record<string, string | number> }[] {
  const visits = Math.floor(hash01([person.email, 'visits']) * 6 * person.keen)
  const pages = [
    ['Home', '/'],
    ['Features', '/features'],
    ['Customers', '/customers'],
    ['Guide: a two-day close', '/guides/two-day-close'],
  ] as const
  return Array.from({ length: visits }, (_, n) => {
    const page = pages[Math.floor(hash01([person.email, 'page', n]) * pages.length)] ?? pages[0]
    return {
      before: Math.round((1 + 60 * hash01([person.email, 'day', n])) * DAY),
      event: 'page.viewed',
      props: { name: page[0], path: page[1] },
    }
  }).sort((a, b) => b.before - a.before)
}
