import type { CompanyChange } from '@baton/db'
import { DAY, hash01 } from '@baton/leads'

/** A made-up person of the sample programme. Addresses end in .example, which nobody owns. */
export interface SamplePerson {
  email: string
  first_name: string
  last_name: string
  job_title: string
  company: string
  company_size: number
  country: string
  plan: 'free' | 'paid'
  /** Day of the last order, `YYYY-MM-DD`; empty for those who never ordered. */
  last_order: string
  /** When they start a trial, as a share of the programme's time; null: never. Not a field of the file. */
  trial: number | null
  /** How many weeks after the others they come in; 0: they were there from the start. Not a field of the file. */
  week: number
  /** How keen the person is, 0–1: drives what they open, click and visit. Not a field. */
  keen: number
}

const FIRST = (
  'Ingrid Tomasz Amara Henrik Lucia Peter Sofie David Elena Nora Jonas Marta Ola Aisha Priya Kenji Clara Hugo Zoe Mateo Freya Noah ' +
  'Leila Emil Sanna Viktor Ines Rafael Greta Milan Yusuf Hanna Oskar Bianca Luca Paula Stefan Maja Tariq Nina'
).split(' ')
const LAST = (
  'Solheim Zielinski Diallo Aas Ferrante Nagy Maes Kerr Popa Brandt Lindqvist Okonkwo Rahman Sato Moreau Keller Santos Eide Novak ' +
  'Haugen Bauer Costa Jensen Weber Rossi Dubois Larsen Kovacs Silva Fischer Nilsen Marino Petrov Walsh Vargas Lehmann'
).split(' ')
const COMPANIES: readonly (readonly [string, string, number, string])[] = [
  ['Kystfrakt Logistics', 'Logistics', 340, 'NO'],
  ['Kolmar Packaging', 'Manufacturing', 820, 'PL'],
  ['Lumen Dental Group', 'Health', 150, 'GB'],
  ['Bergvik Marine', 'Logistics', 95, 'NO'],
  ['Ferrante & Figli', 'Retail', 60, 'IT'],
  ['Duna Components', 'Manufacturing', 410, 'HU'],
  ['Maes Interiors', 'Retail', 28, 'BE'],
  ['Kerr & Sons', 'Construction', 45, 'GB'],
  ['Carpati Foods', 'Food', 260, 'RO'],
  ['Nordlys Energy', 'Energy', 1200, 'NO'],
  ['Alpen Optik', 'Manufacturing', 130, 'AT'],
  ['Porto Textil', 'Manufacturing', 220, 'PT'],
  ['Havn Software', 'Software', 75, 'DK'],
  ['Grunwald Legal', 'Services', 18, 'DE'],
  ['Tessera Clinics', 'Health', 540, 'IT'],
  ['Sable Coffee', 'Food', 12, 'FR'],
  ['Ostsee Reederei', 'Logistics', 680, 'DE'],
  ['Pirin Outdoor', 'Retail', 35, 'BG'],
  ['Vela Instruments', 'Manufacturing', 310, 'CH'],
  ['Lagan Housing', 'Construction', 190, 'IE'],
]
const TITLES = [
  'Finance Director',
  'Controller',
  'Accountant',
  'Head of Finance',
  'CFO',
  'Bookkeeper',
  'Operations Manager',
  'Managing Director',
]

const domainOf = (company: string): string => `${company.toLowerCase().replace(/[^a-z]+/g, '')}.example`

/** The companies the people work for, by the name that the file has. */
export const sampleCompanies: ReadonlyMap<string, CompanyChange> = new Map(
  COMPANIES.map(([name, industry, employees, country]) => {
    const domain = domainOf(name)
    const id = name.toLowerCase().replaceAll(/[^a-z]+/g, '-')
    return [name, { id, name, domain, data: { industry, employees, country } }]
  }),
)

/** In so many portions people come in later, and how many of those who are no customers. */
export const WEEKS = 6
const LATER = 0.4

const pick = <T>(from: readonly T[], seed: string, salt: string): T => {
  const found = from[Math.floor(hash01([seed, salt]) * from.length)]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}

/** `count` people, the same for the same seed and day (`today`, ms). No two share an address. */
export function samplePeople(count: number, seed: string, today: number): SamplePerson[] {
  const taken = new Set<string>()
  return Array.from({ length: count }, (_, n) => {
    const of = `${seed}/${n}`
    const first = pick(FIRST, of, 'first')
    const last = pick(LAST, of, 'last')
    const [company, , company_size, country] = pick(COMPANIES, of, 'company')
    const domain = domainOf(company)
    const plain = `${first}.${last}`.toLowerCase()
    const email = taken.has(`${plain}@${domain}`) ? `${plain}${n}@${domain}` : `${plain}@${domain}`
    taken.add(email)
    // Most people are lukewarm, few are keen: the square bends the uniform draw that way.
    const keen = hash01([of, 'keen']) ** 2
    const customer = hash01([of, 'customer']) < 0.3
    const plan = customer ? 'paid' : 'free'
    const trial = customer || hash01([of, 'trial']) > 0.4 ? null : hash01([of, 'trial when'])
    const last_order = customer ? new Date(today - hash01([of, 'order']) * 380 * DAY).toISOString().slice(0, 10) : ''
    const job_title = pick(TITLES, of, 'title')
    // Customers are known from the start; of the others, new ones come in every week.
    const week = customer || hash01([of, 'late']) > LATER ? 0 : 1 + Math.floor(hash01([of, 'week']) * WEEKS)
    return { email, first_name: first, last_name: last, job_title, company, company_size, country, plan, last_order, trial, week, keen }
  })
}

/** The people as the CSV file that the product's own import reads. */
export function sampleCsv(people: readonly SamplePerson[]): string {
  const heads = ['email', 'first_name', 'last_name', 'job_title', 'company', 'company_size', 'country', 'plan', 'last_order'] as const
  const cell = (value: string | number) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value))
  return [heads.join(','), ...people.map((p) => heads.map((h) => cell(p[h])).join(','))].join('\r\n')
}
