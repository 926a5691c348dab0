import { zoneOfCountry } from './country-zones.ts'
import { canonicalZone } from './zone.ts'

/** Where the zone of a contact comes from. `utc` only where not even the workspace names a zone. */
export type ZoneSource = 'contact' | 'country' | 'company' | 'workspace' | 'utc'

export interface ZoneFacts {
  readonly contactZone?: string | null | undefined
  readonly country?: string | null | undefined
  readonly companyZone?: string | null | undefined
  readonly workspaceZone?: string | null | undefined
}

export interface ResolvedZone {
  readonly zone: string
  readonly source: ZoneSource
}

/**
 * The zone in which a contact lives: its own field, else its country's, else its company's, else the workspace's; `source` is
 * for the reason. A value that is empty or names no zone counts as missing and the next one is asked. Rules LT-2, LT-3.
 */
export function resolveZone(facts: ZoneFacts): ResolvedZone {
  const own = named(facts.contactZone)
  if (own !== undefined) return { zone: own, source: 'contact' }
  const country = facts.country ? zoneOfCountry(facts.country) : undefined
  if (country !== undefined) return { zone: country, source: 'country' }
  const company = named(facts.companyZone)
  if (company !== undefined) return { zone: company, source: 'company' }
  const workspace = named(facts.workspaceZone)
  if (workspace !== undefined) return { zone: workspace, source: 'workspace' }
  return { zone: 'UTC', source: 'utc' }
}

function named(zone: string | null | undefined): string | undefined {
  return zone ? canonicalZone(zone.trim()) : undefined
}
