import { type AgreementContent, type AgreementEntry, qualifiesOf } from '@baton/engine'
import { asc, eq, isNull } from 'drizzle-orm'
import type { Sql } from '../../open/handle.ts'
import { agreement, agreementSignature, agreementVersion } from '../../schema/agreement.ts'

export type Side = 'marketing' | 'sales'

/** A name under a version. `endedAt`: it stands no more, and stays on record. */
export interface SignatureRow {
  id: string
  version: number
  side: Side
  userId: string
  userName: string
  hash: string
  at: number
  endedAt: number | null
  ended: 'withdrawn' | 'void' | null
}

export interface AgreementVersionRow {
  version: number
  content: AgreementContent
  hash: string
  createdBy: string | null
  createdAt: number
  updatedBy: string | null
  updatedAt: number
  /** Since both sides have signed; null: a draft. */
  inForceAt: number | null
  replacedAt: number | null
  /** The oldest first, those that stand no more too. */
  signatures: SignatureRow[]
}

export interface AgreementRow {
  id: string
  name: string
  rev: number
  createdAt: number
  archivedAt: number | null
  /** The first one first; there is always one. */
  versions: AgreementVersionRow[]
}

/** Signatures that stand under a version as it is. */
export const standing = ({ hash, signatures }: Pick<AgreementVersionRow, 'hash' | 'signatures'>): SignatureRow[] =>
  signatures.filter((it) => it.endedAt === null && it.hash === hash)

/** Whether both sides stand by a version now, two different people. Rule AG-5. */
export function isSigned(version: Pick<AgreementVersionRow, 'hash' | 'signatures'>): boolean {
  const names = standing(version)
  const [one, other] = (['marketing', 'sales'] as const).map((side) => names.find((it) => it.side === side))
  return one !== undefined && other !== undefined && one.userId !== other.userId
}

/** The version that decides: the one that came in force last, else the newest draft. Rules AG-5, AG-8. */
export function decidingOf({ versions }: Pick<AgreementRow, 'versions'>): AgreementVersionRow {
  const found = versions.findLast((it) => it.inForceAt !== null) ?? versions.at(-1)
  if (!found) throw new Error('An agreement without a version: it is made with its first.')
  return found
}

/** The version that can still be changed: the newest, unless it is or was in force. */
export const draftOf = ({ versions }: Pick<AgreementRow, 'versions'>): AgreementVersionRow | undefined => {
  const last = versions.at(-1)
  return last?.inForceAt === null ? last : undefined
}

async function assembled(sql: Sql, id: string | null): Promise<AgreementRow[]> {
  const { db } = sql
  const rows = await db
    .select({
      id: agreement.id,
      name: agreement.name,
      rev: agreement.rev,
      createdAt: agreement.createdAt,
      archivedAt: agreement.archivedAt,
    })
    .from(agreement)
    .where(id === null ? isNull(agreement.archivedAt) : eq(agreement.id, id))
    .orderBy(asc(agreement.name), asc(agreement.id))
  if (rows.length === 0) return []
  const versions = await db
    .select()
    .from(agreementVersion)
    .where(id === null ? undefined : eq(agreementVersion.agreementId, id))
    .orderBy(asc(agreementVersion.version))
  const signatures = await db
    .select()
    .from(agreementSignature)
    .where(id === null ? undefined : eq(agreementSignature.agreementId, id))
    .orderBy(asc(agreementSignature.at), asc(agreementSignature.side), asc(agreementSignature.id))
  return rows.map((row) => ({
    ...row,
    versions: versions
      .filter((it) => it.agreementId === row.id)
      .map(({ agreementId, ...version }) => ({
        ...version,
        signatures: signatures
          .filter((it) => it.agreementId === agreementId && it.version === version.version)
          .map(({ agreementId: _, endedBy: __, ...it }) => it),
      })),
  }))
}

/** Agreements in use, by name, each with all its versions. */
export const listAgreements = (sql: Sql): Promise<AgreementRow[]> => assembled(sql, null)

/** One agreement, also one that was put away: what was handed over by it is still measured. */
export async function agreementRow(sql: Sql, id: string): Promise<AgreementRow | undefined> {
  return (await assembled(sql, id))[0]
}

/** Agreements as plans, checks and the editor read them. */
export async function agreementEntries(sql: Sql): Promise<AgreementEntry[]> {
  return (await listAgreements(sql)).map((row) => {
    const { version, content, ...rest } = decidingOf(row)
    const { id, name } = row
    return {
      id,
      name,
      version,
      qualifies: qualifiesOf(content),
      signed: isSigned(rest),
      reviewOn: content.reviewOn,
      returns: content.returns,
    }
  })
}
