import { type Instant, MINUTE } from './instant.ts'
import { offsetAt } from './offsets.ts'
import { readWall } from './wall-clock.ts'

/** The local date of an instant, 'YYYY-MM-DD'. */
export function localDate(instant: Instant, zone: string): string {
  return formatInZone(instant, zone).slice(0, -6)
}

/**
 * An instant as the wall of `zone` shows it: 'YYYY-MM-DD HH:MM' (`minute`, the default, cut not rounded) or with everything,
 * 'YYYY-MM-DDTHH:MM:SS.mmm+HH:MM' (`full`). The same in every runtime and language, so it may stand in a journal. Rule LT-13.
 */
export function formatInZone(instant: Instant, zone: string, style: 'minute' | 'full' = 'minute'): string {
  const offset = offsetAt(zone, instant)
  const at = readWall(instant + offset)
  const date = `${year(at.year)}-${two(at.month)}-${two(at.day)}`
  const time = `${two(at.hour)}:${two(at.minute)}`
  if (style === 'minute') return `${date} ${time}`
  return `${date}T${time}:${two(at.second)}.${String(at.millisecond).padStart(3, '0')}${offsetText(offset)}`
}

function offsetText(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / MINUTE)
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

function year(value: number): string {
  if (value >= 0 && value <= 9999) return String(value).padStart(4, '0')
  return `${value < 0 ? '-' : '+'}${String(Math.abs(value)).padStart(6, '0')}`
}
