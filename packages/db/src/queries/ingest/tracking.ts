import type { PassageData } from '@baton/engine'

/** A program lets somebody in: at which start of which flow, for which business object, with what the passage carries. */
export interface IncomingEntry {
  flowId: string
  node: string
  key: string
  data?: PassageData | undefined
}

/** A tracking message, checked and with its clock corrected, as the door hands it over. */
export interface IncomingMessage {
  messageId: string
  kind: 'track' | 'identify' | 'page' | 'screen' | 'group' | 'alias'
  /** The type conditions match: the event's name, or `page`, `screen`, `identify`, `group`, `alias`. */
  eventType: string
  userId: string | null
  anonymousId: string | null
  previousId: string | null
  groupId: string | null
  props: Record<string, unknown>
  traits: Record<string, unknown>
  /** Never later than received (SEMANTICS 2). Ms since 1970. */
  occurredAt: number
  receivedAt: number
  /** Lets them into a flow once what the message says is stored. */
  entry?: IncomingEntry | undefined
}

/** Where the common clients put what is a field with us. */
const TRAITS: Readonly<Record<string, string>> = {
  email: 'email',
  firstName: 'first_name',
  first_name: 'first_name',
  lastName: 'last_name',
  last_name: 'last_name',
  phone: 'phone',
  title: 'job_title',
  jobTitle: 'job_title',
  timezone: 'zone',
  zone: 'zone',
  language: 'language',
  locale: 'language',
}

/** Traits by the names of our fields: the well-known ones translated, the others under their own name. */
export function traitsAsFields(traits: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  const { name, company, address } = traits
  if (typeof name === 'string' && traits.firstName === undefined && traits.first_name === undefined) {
    const [first, ...rest] = name.trim().split(/\s+/)
    if (first) fields.first_name = first
    if (rest.length > 0) fields.last_name = rest.join(' ')
  }
  const inside = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
  const companyName = typeof company === 'string' ? company : inside(company, 'name')
  if (companyName !== undefined) fields.company = companyName
  const country = inside(address, 'country')
  if (country !== undefined) fields.country = country
  for (const [key, value] of Object.entries(traits)) {
    const field = Object.hasOwn(TRAITS, key) ? TRAITS[key] : undefined
    if (field !== undefined) fields[field] = value
    else if (!['name', 'company', 'address'].includes(key)) fields[key] = value
  }
  return fields
}

/** An address as it is kept and looked up; undefined where it is none. */
export function mailAddress(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const address = value.trim().toLowerCase()
  return address.length <= 254 && /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/.test(address) ? address : undefined
}
