import { expect, it } from 'vitest'
import { rulesWords } from './rules-words.ts'

it.each([
  [{ caps: [], quiet: null }, undefined],
  [{ caps: [{ count: 1, hours: 24 }], quiet: null }, 'For all marketing mail: at most 1 in a day. Set under Settings, Sending.'],
  [
    {
      caps: [
        { count: 2, hours: 36 },
        { count: 3, hours: 168 },
      ],
      quiet: { from: '21:00', to: '08:00' },
    },
    'For all marketing mail: at most 2 in 36 hours, at most 3 in 7 days, none from 21:00 to 08:00 where they live. Set under Settings, Sending.',
  ],
])('%o reads %s', (rules, words) => expect(rulesWords(rules)).toBe(words))
