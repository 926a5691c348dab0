const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string): Intl.DateTimeFormat {
  const kept = formats.get(zone)
  if (kept) return kept
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    timeZone: zone,
  })
  formats.set(zone, made)
  return made
}

/** `Thu 13 Mar 09:00, Oslo`: an instant where somebody lives. */
export const momentWords = (at: number, zone: string): string =>
  `${format(zone)
    .format(at)
    .replace(/, (?=\d\d:)/, ' ')
    .replace(',', '')}, ${placeWords(zone)}`

/** `Europe/Oslo` → Oslo. */
export const placeWords = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
