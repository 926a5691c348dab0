import { expect, test } from 'vitest'
import { bandWords, changeWords, noteWords, percentOf, shareWords, sourceWords, stayWords, stretchWords } from './words.ts'

const band = (p10: number, mid: number, p90: number) => ({ p10, mid, p90 })

test.each([
  [band(388, 412, 431), '412 (388–431)'],
  [band(5, 5, 5), '5'],
  [band(0, 0.4, 1.26), '0.4 (0–1.3)'],
  [band(12_000, 14_210, 15_000), '14.2k (12k–15k)'],
])('a band reads %j as %s', (of, words) => expect(bandWords(of)).toBe(words))

test.each([
  [band(3, 5, 8), '+5 (+3 to +8)', true],
  [band(-8, -5, -3), '−5 (−8 to −3)', true],
  [band(-1, 0, 1), '0 (−1 to +1)', false],
  [band(0, 0, 0), '0', false],
])('a change reads %j as %s', (of, words, sure) => expect(changeWords(of)).toEqual({ words, sure }))

test('a unit that both ends have is said once, and a change has it too', () => {
  expect(bandWords(band(1440 * 23.5, 1440 * 27.6, 1440 * 29.7), stayWords)).toBe('27.6 days (23.5–29.7 days)')
  expect(bandWords(band(0, 600, 1440 * 3), stayWords)).toBe('10 h (at once–3 days)')
  expect(changeWords(band(-1440 * 3, -1440 * 2, -600), stayWords)).toEqual({ words: '−2 days (−3 days to −10 h)', sure: true })
  expect(changeWords(band(0, 0, 120), stayWords)).toEqual({ words: '0 (0 to +2 h)', sure: false })
})

test.each([
  [0, 'at once'],
  [45, '45 min'],
  [240, '4 h'],
  [4320, '3 days'],
])('%d minutes: %s', (minutes, words) => expect(stayWords(minutes)).toBe(words))

test('shares, rates and where they come from', () => {
  expect([shareWords(0), shareWords(0.0034), shareWords(0.125), shareWords(1)]).toEqual(['0%', '0.3%', '12.5%', '100%'])
  expect(sourceWords({ from: 'measured', yes: 12, no: 28, of: '40 mails of the last 90 days' })).toBe(
    '12 of 40 mails of the last 90 days, likely 21.5–39.9%',
  )
  expect(sourceWords({ from: 'default', share: 0, like: 20, of: '' })).toBe('a starting value: nothing was counted yet')
  expect(sourceWords({ from: 'set', share: 0.2 })).toBe('set by hand')
  expect(percentOf({ from: 'set', share: 0.123456 })).toBe(12.3)
})

test('a stretch is named by its last day, and the last one ends with the forecast', () => {
  const of = { from: Date.parse('2026-03-02T00:00:00Z'), stretch: 7 * 86_400_000, days: 10 }
  expect([stretchWords(of, 0), stretchWords(of, 1)]).toEqual(['8 Mar, after 7 days', '11 Mar, after 10 days'])
})

test('notes say what to know', () => {
  const name = (id: string) => `“${id}”`
  expect(noteWords({ code: 'sampled', sample: 1000, people: 2500 }, name)).toContain('each for 2.5 of 2,500')
  expect(noteWords({ code: 'pressure', flows: ['A', 'B'], mailsPerWeek: 0.5, leadsPerWeek: 0 }, name)).toContain('A, B')
  expect(noteWords({ code: 'deeds-drawn', nodes: ['w'] }, name)).toContain('“w”')
})
