import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { canonicalZone, isZone, resolveZone, zoneOfCountry } from '../index.ts'

describe('LT-1 names of zones', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['Asia/Calcutta', 'Asia/Calcutta'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['US/pacific', 'US/Pacific'],
    ['america/port-au-prince', 'America/Port-au-Prince'],
    ['antarctica/dumontdurville', 'Antarctica/DumontDUrville'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['nz-chat', 'NZ-CHAT'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    ['utc', 'UTC'],
    ['EST', 'EST'],
  ])('%s is %s', (name, spelled) => {
    expect(canonicalZone(name)).toBe(spelled)
    expect(isZone(name)).toBe(true)
  })

  it.each(['', ' ', 'Berlin', 'Europe/Atlantis', '+01:00', 'UTC+1', 'IST', 'PST', 'SystemV/PST8', 'Europe/Berlin ', 'a'.repeat(80)])(
    '%j is none',
    (name) => {
      expect(canonicalZone(name)).toBeUndefined()
      expect(isZone(name)).toBe(false)
    },
  )
})

describe('LT-2 the zone of a contact', () => {
  const all = { contactZone: 'Asia/Tokyo', country: 'DE', companyZone: 'Europe/Paris', workspaceZone: 'America/New_York' }

  it.each([
    ['its own field first', all, 'Asia/Tokyo', 'contact'],
    ['then its country', { ...all, contactZone: '' }, 'Europe/Berlin', 'country'],
    ['then its company', { ...all, contactZone: null, country: null }, 'Europe/Paris', 'company'],
    ['then the workspace', { workspaceZone: 'America/New_York' }, 'America/New_York', 'workspace'],
    ['UTC where nobody says', {}, 'UTC', 'utc'],
    ['an unreadable own zone counts as missing', { ...all, contactZone: 'Mars/Phobos' }, 'Europe/Berlin', 'country'],
    ['a country with several clocks gives no answer', { ...all, contactZone: '', country: 'US' }, 'Europe/Paris', 'company'],
  ] as const)('%s', (_, facts, zone, source) => {
    expect(resolveZone(facts)).toEqual({ zone, source })
  })
})

describe('LT-3 the zone of a country', () => {
  it.each([
    ['DE', 'Europe/Berlin'],
    ['de', 'Europe/Berlin'],
    [' Germany ', 'Europe/Berlin'],
    ['Türkiye', 'Europe/Istanbul'],
    ['United Kingdom', 'Europe/London'],
    ['IN', 'Asia/Kolkata'],
    ['AR', 'America/Argentina/Buenos_Aires'],
    ['UZ', 'Asia/Tashkent'],
    ['US', undefined],
    ['ES', undefined],
    ['AU', undefined],
    ['XX', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('%j has %s', (country, zone) => {
    expect(zoneOfCountry(country)).toBe(zone)
  })

  it('names only zones that exist', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
    const codes = [...letters].flatMap((a) => [...letters].map((b) => a + b))
    const zones = codes.map(zoneOfCountry).filter((zone) => zone !== undefined)
    // 223 codes, and UK, which people write for GB.
    expect(zones).toHaveLength(223 + 1)
    for (const zone of zones) expect(canonicalZone(zone)).toBe(zone)
  })
})

it('LT-1: every zone of the runtime is spelled as Temporal spells it, in whatever letter case it comes', () => {
  const wrong = Intl.supportedValuesOf('timeZone')
    .flatMap((name) => [name, name.toLowerCase(), name.toUpperCase()])
    .filter((name) => canonicalZone(name) !== Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId)
  expect(wrong).toEqual([])
})
