import type { Recurrence } from '@baton/leads'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const NTH = ['first', 'second', 'third', 'fourth']

const dayName = (weekday: number) => DAYS[weekday - 1] ?? ''

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function days(weekdays: readonly number[]): string {
  const sorted = [...new Set(weekdays)].sort((a, b) => a - b)
  if (sorted.length === 7) return 'day'
  if (sorted.join() === '1,2,3,4,5') return 'weekday'
  return listed(sorted.map(dayName))
}

/** A recurrence read aloud: "Every Monday at 09:00". */
export function recurrenceWords(it: Recurrence): string {
  switch (it.every) {
    case 'day':
      return `Every day at ${it.time}`
    case 'week':
      return it.weeks === 1 ? `Every ${days(it.weekdays)} at ${it.time}` : `Every ${it.weeks} weeks on ${days(it.weekdays)} at ${it.time}`
    case 'month': {
      if ('day' in it.on) return `Every month on ${it.on.day === 31 ? 'the last day' : `day ${it.on.day}`} at ${it.time}`
      const nth = it.on.nth === 'last' ? 'last' : (NTH[it.on.nth - 1] ?? '')
      return `Every ${nth} ${dayName(it.on.weekday)} of the month at ${it.time}`
    }
    case 'year':
      return `Every year on ${it.day} ${MONTHS[it.month - 1] ?? ''} at ${it.time}`
    case 'cron':
      return `By the pattern ${it.pattern}`
  }
}
