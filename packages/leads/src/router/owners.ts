import { compareText } from '../text/compare.ts'
import type { Instant } from '../time/instant.ts'
import type { LeadOwner } from './team.ts'

/** A record that a contact is related to, as far as it says whose it is. */
export interface OwnedRecord {
  readonly kind: string
  readonly id: string
  readonly data: Readonly<Record<string, unknown>>
  readonly at: Instant
}

/** Somebody who could be named by a record. */
export interface NamedRep {
  readonly id: string
  readonly email?: string | undefined
}

/** Names under which records of a CRM say whose they are: by a user's id, or by an address. */
const OWNER_KEYS = ['owner_id', 'owner', 'owner_email', 'ownerId', 'ownerEmail']
const CLOSED = /\b(won|lost|closed)\b/i

/** An opportunity is open while nothing says that it is won, lost or closed. */
function isOpen({ won, closed, stage, status }: Readonly<Record<string, unknown>>): boolean {
  if ((won !== undefined && won !== null) || closed === true) return false
  return ![stage, status].some((it) => typeof it === 'string' && CLOSED.test(it))
}

/** Whom a record of an open opportunity or of an account names; undefined of any other, and where it names nobody. */
export function ownerOf<T extends NamedRep>({ kind, data }: Pick<OwnedRecord, 'kind' | 'data'>, members: readonly T[]): T | undefined {
  if (kind !== 'company' && (kind !== 'opportunity' || !isOpen(data))) return undefined
  for (const key of OWNER_KEYS) {
    const value = data[key]
    if (typeof value !== 'string' || value === '') continue
    const address = value.trim().toLowerCase()
    const found = members.find((it) => it.id === value || it.email?.toLowerCase() === address)
    if (found) return found
  }
  return undefined
}

/** Owners of somebody's open opportunities, then of their account; the latest record first, each owner once. Rule LR-8. */
export function leadOwners(records: readonly OwnedRecord[], members: readonly NamedRep[]): LeadOwner[] {
  const owners: LeadOwner[] = []
  const ordered = [...records].sort((a, b) => b.at - a.at || compareText(a.id, b.id))
  for (const of of ['opportunity', 'account'] as const) {
    for (const record of ordered) {
      if ((record.kind === 'opportunity') !== (of === 'opportunity')) continue
      const owner = ownerOf(record, members)
      if (owner && !owners.some((it) => it.repId === owner.id)) owners.push({ repId: owner.id, of, id: record.id })
    }
  }
  return owners
}
