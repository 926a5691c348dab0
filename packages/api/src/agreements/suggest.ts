import { answeredLeads, deedsBefore, fieldsOf, type Handle, nonCustomers, type Period, type SomebodyAt, winners } from '@baton/db'
import type { Catalog } from '@baton/engine'
import { FLOOR, type Telling, type Trait, type TraitValue, telling, traitCandidates } from '@baton/leads'

/** What people did, or what is known of them. */
export type Told = ({ of: 'field'; label: string } & Trait) | { of: 'event'; type: string; days: number }

export interface Suggestions {
  /** What rejected leads have in common, against accepted ones. */
  rejected: { group: number; others: number; found: Telling<Told>[] }
  /** What customers did and were before they were won, against others at the same time. */
  won: { group: number; others: number; found: Telling<Told>[] }
  /** So many people are needed on each side, so many of whom it is true. */
  floor: typeof FLOOR
}

const MOST_LEADS = 3000
const MOST_PEOPLE = 3000
/** What somebody did so long before counts. */
const DAYS = 90
/** A handful is read; more would be a report. */
const SHOWN = 8

/** Fields that may say who somebody is: not their name or address, and not what is known only afterwards. */
function telltale({ fields }: Catalog): Map<string, string> {
  const own = ['email', 'first_name', 'last_name', 'phone', 'zone']
  return new Map(fields.flatMap((it) => (own.includes(it.key) || it.afterOutcome ? [] : [[it.key, it.label] as const])))
}

type Fields = Readonly<Record<string, TraitValue>>
const isValue = (value: unknown): value is TraitValue =>
  value === null ||
  ['string', 'number', 'boolean'].includes(typeof value) ||
  (Array.isArray(value) && value.every((it) => typeof it === 'string'))

/** The best of each field: lines at 20 and at 25 employees tell the same. */
function bestOfEach(found: readonly Telling<Told>[]): Telling<Told>[] {
  const seen = new Set<string>()
  return found
    .filter(({ what }) => {
      const name = what.of === 'field' ? `field ${what.key}` : `event ${what.type}`
      const first = !seen.has(name)
      seen.add(name)
      return first
    })
    .slice(0, SHOWN)
}

const fieldCandidates = (labels: ReadonlyMap<string, string>, group: readonly Fields[], others: readonly Fields[]) =>
  traitCandidates([...labels.keys()], group, others).map(({ what, ...counts }) => ({
    ...counts,
    what: { of: 'field' as const, label: labels.get(what.key) ?? what.key, ...what },
  }))

/** Rejected against accepted leads: by what travelled with them, else by what is known now. */
async function fromRejections(
  db: Handle,
  id: string,
  period: Period,
  labels: ReadonlyMap<string, string>,
): Promise<Suggestions['rejected']> {
  const leads = await answeredLeads(db, id, period, MOST_LEADS)
  const known = await fieldsOf(db, [...new Set(leads.map((it) => it.contactId))])
  const of = (accepted: boolean): Fields[] =>
    leads.flatMap((it) => {
      const now = known.get(it.contactId)
      if (!now || it.accepted !== accepted) return []
      return [
        { ...now, ...Object.fromEntries(Object.entries(it.fields).flatMap(([key, value]) => (isValue(value) ? [[key, value]] : []))) },
      ]
    })
  const [group, others] = [of(false), of(true)]
  return { group: group.length, others: others.length, found: bestOfEach(telling(fieldCandidates(labels, group, others))) }
}

/** Customers against others, who are looked at as of the days on which somebody was won. */
async function fromWins(db: Handle, period: Period, labels: ReadonlyMap<string, string>): Promise<Suggestions['won']> {
  const won = await winners(db, period, MOST_PEOPLE)
  if (won.length < FLOOR.people) return { group: won.length, others: 0, found: [] }
  const ids = await nonCustomers(db, period.to, MOST_PEOPLE)
  const others: SomebodyAt[] = ids.map((id, i) => ({ id, at: won[i % won.length]?.at ?? period.to }))
  const [did, didNot] = [await deedsBefore(db, won, DAYS), new Map((await deedsBefore(db, others, DAYS)).map((it) => [it.type, it.n]))]
  const events = did.map(({ type, n }) => ({
    what: { of: 'event' as const, type, days: DAYS },
    group: { people: won.length, converted: n },
    others: { people: others.length, converted: didNot.get(type) ?? 0 },
  }))
  const known = await fieldsOf(
    db,
    [...won, ...others].map((it) => it.id),
  )
  const fields = (people: readonly SomebodyAt[]): Fields[] =>
    people.flatMap((it) => {
      const one = known.get(it.id)
      return one ? [one] : []
    })
  const candidates = fieldCandidates(labels, fields(won), fields(others))
  return { group: won.length, others: others.length, found: bestOfEach(telling<Told>([...candidates, ...events])) }
}

/** What the record suggests to change, each with its counts; nothing below the floor of evidence. Rules LE-12 to LE-14. */
export async function suggestions(
  db: Handle,
  { id, period, catalog }: { id: string; period: Period; catalog: Catalog },
): Promise<Suggestions> {
  const labels = telltale(catalog)
  return {
    rejected: await fromRejections(db, id, period, labels),
    won: await fromWins(db, period, labels),
    floor: FLOOR,
  }
}
