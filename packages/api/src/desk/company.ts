import { type Handle, lastActivities, leadCompany, leadsOfRep, type Scope, templateNames } from '@baton/db'
import { type Happening, happeningOf } from './timeline.ts'

/** A colleague of a lead who did something lately. */
export interface ActiveColleague {
  /** For a rep the name of those alone whom the rep may see; the others are known by what they do. */
  name: string | null
  jobTitle: string | null
  /** Their own lead, where it is this rep's. */
  leadId: number | null
  latest: Happening
}

export interface CompanyShown {
  name: string
  domain: string | null
  facts: { label: string; value: string | number | boolean }[]
  people: number
  /** Those active lately, the latest first. */
  colleagues: ActiveColleague[]
}

const FACTS = 8
const SHOWN = 5

/** `employees_count` reads Employees count. */
const labelOf = (key: string) => {
  const words = key.replaceAll(/[_-]+/g, ' ').trim()
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

/** The company of a lead, and what its other people did lately: who moves together buys together. */
export async function companyShown(
  db: Handle,
  { contactId, scope, now }: { contactId: number; scope: Scope; now: number },
): Promise<CompanyShown | null> {
  const company = await leadCompany(db, contactId)
  if (!company) return null
  const { name, domain, ...rest } = company.data
  const ids = company.colleagues.map((one) => one.contactId)
  const own = 'repId' in scope ? await leadsOfRep(db, scope.repId, ids) : null
  const names = { byKey: new Map<string, string>(), byTemplate: await templateNames(db) }
  const activities = await lastActivities(db, ids, now)
  const colleagues = activities
    .sort((a, b) => b.at - a.at)
    .flatMap((one): ActiveColleague[] => {
      const latest = happeningOf({ id: one.id, type: one.type, props: one.props, occurredAt: one.at, machine: false }, names)
      const who = company.colleagues.find(({ contactId: id }) => id === one.contactId)
      if (!latest || !who) return []
      const leadId = own?.get(one.contactId) ?? null
      if (own === null || leadId !== null) return [{ name: who.name, jobTitle: who.jobTitle, leadId, latest }]
      // What somebody wrote into a form may name them: of a stranger only that it happened.
      return [{ name: null, jobTitle: who.jobTitle, leadId, latest: { ...latest, id: `${latest.at}`, detail: null } }]
    })
  return {
    name: typeof name === 'string' ? name : company.id,
    domain: typeof domain === 'string' ? domain : null,
    facts: Object.entries(rest)
      .filter(([key, value]) => value !== '' && !/(^|_)id$/.test(key))
      .slice(0, FACTS)
      .map(([key, value]) => ({ label: labelOf(key), value })),
    people: company.people,
    colleagues: colleagues.slice(0, SHOWN),
  }
}
