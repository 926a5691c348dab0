import type { Answers } from '../../shell/api.ts'

/** A programme of the gallery. */
export type Programme = Answers['programmes']['list'][number]
export type Purpose = Programme['purpose']
export type Need = Programme['needs'][number]

/** What a programme is for, in the order of the filter. */
export const PURPOSES: readonly { value: Purpose; words: string }[] = [
  { value: 'event', words: 'After an event' },
  { value: 'onboarding', words: 'Onboarding' },
  { value: 'nurture', words: 'Nurture' },
  { value: 'wake-up', words: 'Wake up' },
  { value: 'sales', words: 'With sales' },
  { value: 'customers', words: 'Customers' },
]

/** Those that an empty canvas offers first. */
export const FEATURED = ['webinar-follow-up', 'trial-onboarding', 're-engagement', 'renewal'] as const
