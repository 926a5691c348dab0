/**
 * A time of day as people type it: `9`, `930`, `9:30`, `17.30`, `9 pm`. Twenty-four hours, since a browser's own input shows the
 * reader's language. `24:00` is the end of a day where `end` is set.
 * @returns `HH:MM`; undefined where it is none
 */
export function readClock(text: string, end = false): string | undefined {
  const [, first = '', second = '', half = ''] = /^(\d{1,2})[:.h ]?(\d{2})?\s*(am|pm)?$/i.exec(text.trim()) ?? []
  if (first === '') return undefined
  const hours = Number(first)
  const minutes = Number(second || 0)
  if (half !== '' && (hours < 1 || hours > 12)) return undefined
  const hour = half === '' ? hours : (hours % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  if (hour === 24 && minutes === 0 && end) return '24:00'
  if (hour > 23 || minutes > 59) return undefined
  return `${String(hour).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}
