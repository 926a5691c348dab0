import type { Answers } from '../../shell/api.ts'
import { fullNumber } from '../../ui/numbers.ts'

export type Job = Answers['imports']['list'][number]

/** 4,610,348 → 4.6 MB. */
export function sizeWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${fullNumber(Number((bytes / 1000 ** step).toPrecision(step === 0 ? 4 : 2)))} ${units[step]}`
}

export const STATES = {
  uploaded: ['faint', 'Not started'],
  running: ['accent', 'Running'],
  done: ['ok', 'Done'],
  cancelled: ['warn', 'Stopped'],
  failed: ['danger', 'Failed'],
} as const satisfies { [S in Job['status']]: readonly [string, string] }

/** "1 row", "45,211 rows". */
export const rowsWords = (n: number): string => (n === 1 ? '1 row' : `${fullNumber(n)} rows`)

export const DELIMITERS = [
  { value: ',', label: 'Comma' },
  { value: ';', label: 'Semicolon' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Bar' },
] as const

/** An estimate does not pretend to be a count: 46,050 → about 46,000. */
export const aboutRows = (n: number): string => (n < 2000 ? rowsWords(n) : `about ${rowsWords(Number(n.toPrecision(2)))}`)
