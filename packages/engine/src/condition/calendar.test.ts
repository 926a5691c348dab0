import { HOUR, localDate, MINUTE, transitionsBetween } from '@baton/leads'
import { expect, test } from 'vitest'
import { dateOf, dayAt, dayNumber, dayStart, realDate } from './calendar.ts'

const ZONES = ['Europe/Berlin', 'America/Sao_Paulo', 'America/St_Johns', 'Pacific/Apia', 'Australia/Lord_Howe', 'Atlantic/Azores', 'UTC']

test.each(ZONES)('EC-4 in %s a day lasts from its start to the start of the next, around every change of the clock', (zone) => {
  const changes = transitionsBetween(zone, Date.UTC(2009, 0), Date.UTC(2019, 0)).map((it) => it.at)
  for (const change of [...changes, Date.UTC(2026, 5, 15)]) {
    let before = Number.NEGATIVE_INFINITY
    for (let now = change - 26 * HOUR; now < change + 26 * HOUR; now += 29 * MINUTE) {
      const day = dayAt(now, zone)
      const shown = dayNumber(localDate(now, zone))
      // The wall shows this day, or the one before where it was set back over midnight.
      const fits = day >= before && now >= dayStart(day, zone) && now < dayStart(day + 1, zone) && (shown === day || shown === day - 1)
      if (!fits) expect.unreachable(`${dateOf(day)} at ${new Date(now).toISOString()}`)
      before = day
    }
  }
})

test.each([
  ['2024-02-29', true],
  ['2023-02-29', false],
  ['2023-13-01', false],
  ['0000-01-01', false],
  ['2023-1-1', false],
])('%s is a date: %s', (text, real) => expect(realDate(text)).toBe(real))
