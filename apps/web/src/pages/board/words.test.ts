import { expect, test } from 'vitest'
import { standing } from './words.ts'

const NOW = 1_000
const lead = { state: 'assigned', deadline: 1_500, firstActivityAt: null, breachedAt: null }

test.each([
  ['no deadline', { deadline: null }, 'none'],
  ['ahead', {}, 'ahead'],
  ['past', { deadline: 999 }, 'late'],
  ['noticed as missed, whatever the clock says now', { breachedAt: 1_400 }, 'late'],
  ['somebody was in touch before it', { firstActivityAt: 1_500 }, 'met'],
  ['somebody was in touch after it', { deadline: 900, firstActivityAt: 950 }, 'late'],
  ['being worked', { state: 'accepted' }, 'met'],
] as const)('how a lead stands to its deadline: %s', (_, of, expected) => expect(standing({ ...lead, ...of }, NOW)).toBe(expected))
