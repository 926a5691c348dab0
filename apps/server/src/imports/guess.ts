import type { PreviewColumn } from '@baton/api'
import { readDate, readDateTime, readNumber } from './cell.ts'

type Guess = PreviewColumn['guess']

const WORDS = new Set(['yes', 'no', 'true', 'false', 'y', 'n'])
const ORDERS = ['ymd', 'dmy', 'mdy'] as const
/** Such a number is a name: it begins with 0, or is too long to be counted with. */
const isCode = (text: string) => /^[+]?0\d/.test(text) || text.replace(/\D/g, '').length > 15

/** What a column holds, from its values that are not empty: the first type that fits all of them, else text. */
export function guessType(values: readonly string[]): Guess {
  const plain: Guess = { type: 'text', decimal: '.', dates: 'ymd' }
  if (values.length === 0) return plain
  if (values.every((it) => WORDS.has(it.toLowerCase()))) return { ...plain, type: 'boolean' }
  if (!values.some(isCode)) {
    const fits = (decimal: '.' | ',') => values.every((it) => readNumber(it, decimal) !== undefined)
    // 1,5 and 12,75 only make sense with a comma; 1,234 does with both, and the point is the commoner.
    if (fits('.')) return { ...plain, type: 'number' }
    if (fits(',')) return { ...plain, type: 'number', decimal: ',' }
  }
  for (const dates of ORDERS) {
    if (!values.every((it) => isReal(readDate(it, dates)))) continue
    const timed = values.some((it) => /[T ]\d/.test(it))
    if (timed && !values.every((it) => readDateTime(it, { decimal: '.', dates, zone: 'UTC' }) !== undefined)) continue
    return { type: timed ? 'datetime' : 'date', decimal: '.', dates }
  }
  return plain
}

/** A date that a calendar has: 30 February is read as a day in March, or not at all. */
function isReal(date: string | undefined): boolean {
  const at = date === undefined ? Number.NaN : Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === date
}

/** Names that columns for the fields of every workspace go by, folded to letters and digits. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  email: ['email', 'emailaddress', 'mail', 'emailadresse', 'correo'],
  first_name: ['firstname', 'givenname', 'forename', 'vorname', 'prenom'],
  last_name: ['lastname', 'surname', 'familyname', 'nachname'],
  phone: ['phone', 'phonenumber', 'telephone', 'mobile', 'telefon'],
  company: ['company', 'companyname', 'organisation', 'organization', 'firma'],
  job_title: ['jobtitle', 'position', 'role'],
  country: ['country', 'countrycode', 'land'],
  zone: ['zone', 'timezone'],
  language: ['language', 'locale', 'sprache'],
  tags: ['tags', 'tag', 'labels', 'schlagworte'],
}

const bare = (name: string) =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')

/** The key of the field a column's name speaks of: one of every workspace's, or one with that key or label. */
export function fieldNamed(name: string, fields: readonly { key: string; label: string }[]): string | undefined {
  const wanted = bare(name)
  if (wanted === '') return undefined
  const system = Object.entries(NAMES).find(([, names]) => names.includes(wanted))?.[0]
  return system ?? fields.find((it) => bare(it.key) === wanted || bare(it.label) === wanted)?.key
}
