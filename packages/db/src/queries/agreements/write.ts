import { type AgreementContent, agreementHash, conditionReferences, qualifiesOf } from '@baton/engine'
import { newId } from '../../ids.ts'
import type { Sql } from '../../open/handle.ts'
import { bumpPlan } from '../plan.ts'
import { startScan } from '../scans.ts'
import { listSegments } from '../segments.ts'
import { type AgreementRow, agreementRow, decidingOf, draftOf, type Side, standing } from './read.ts'

type By = { id: string; name: string }

async function insertVersion(
  tx: Sql,
  { id, version, content, by, at }: { id: string; version: number; content: AgreementContent; by: string | null; at: number },
): Promise<void> {
  await tx.query(
    `insert into agreement_version (agreement_id, version, content, hash, created_by, created_at, updated_by, updated_at)
     values ($1, $2, $3::jsonb, $4, $5, $6, $5, $6)`,
    [id, version, JSON.stringify(content), agreementHash(content), by, at],
  )
}

/** Makes an agreement: version 1, a draft. @param id of one that comes from elsewhere @returns its id; undefined: the id is taken */
export async function addAgreement(
  tx: Sql,
  {
    id = newId('agr'),
    name,
    content,
    by,
    at,
  }: { id?: string | undefined; name: string; content: AgreementContent; by: string | null; at: number },
): Promise<string | undefined> {
  const made = await tx.query(
    'insert into agreement (id, name, created_by, created_at) values ($1, $2, $3, $4) on conflict do nothing returning id',
    [id, name, by, at],
  )
  if (made.length === 0) return undefined
  await insertVersion(tx, { id, version: 1, content, by, at })
  await bumpPlan(tx)
  return id
}

/** Locks an agreement for the rest of the transaction, and reads it as it is then. */
async function locked(tx: Sql, id: string): Promise<AgreementRow | undefined> {
  await tx.query('select 1 from agreement where id = $1 and archived_at is null for update', [id])
  const row = await agreementRow(tx, id)
  return row?.archivedAt === null ? row : undefined
}

/**
 * Segments that ask for an agreement look at everybody again: another condition decides. Those over such segments follow by themselves.
 * The caller nudges the runner.
 */
async function rescan(tx: Sql, agreementId: string, { by, at }: { by: By; at: number }): Promise<void> {
  for (const { id, condition } of await listSegments(tx)) {
    if (!conditionReferences(condition).some((it) => it.kind === 'agreement' && it.id === agreementId)) continue
    await tx.query(`update segment set status = 'building' where id = $1 and status <> 'archived'`, [id])
    await startScan(tx, { kind: 'segment', segmentId: id, by, at })
  }
}

const decides = (row: AgreementRow) => JSON.stringify(qualifiesOf(decidingOf(row).content))

/** Compiles anew, and looks at people again where the deciding condition is another one. */
async function follow(tx: Sql, before: AgreementRow, who: { by: By; at: number }): Promise<void> {
  await bumpPlan(tx)
  const after = await agreementRow(tx, before.id)
  if (after && decides(after) !== decides(before)) await rescan(tx, before.id, who)
}

export interface AgreementChangeArgs {
  id: string
  /** The revision that the caller saw: nobody's change is lost unseen. */
  rev: number
  name: string
  content: AgreementContent
  by: By
  at: number
}

/**
 * Changes the draft, or begins the next version where the newest is or was in force. A signature under a draft that says something else now is
 * void. Rules AG-5, AG-6.
 * @returns the version that was changed, and whose signatures are void; undefined: somebody changed it meanwhile, or it is gone
 */
export async function changeAgreement(
  tx: Sql,
  { id, rev, name, content, by, at }: AgreementChangeArgs,
): Promise<{ version: number; voided: string[] } | undefined> {
  const row = await locked(tx, id)
  if (row?.rev !== rev) return undefined
  const hash = agreementHash(content)
  const last = row.versions.at(-1)
  const draft = draftOf(row)
  await tx.query('update agreement set name = $2, rev = rev + 1 where id = $1', [id, name])
  let version = last?.version ?? 1
  let voided: string[] = []
  if (draft && draft.hash !== hash) {
    await tx.query(
      'update agreement_version set content = $3::jsonb, hash = $4, updated_by = $5, updated_at = $6 where agreement_id = $1 and version = $2',
      [id, version, JSON.stringify(content), hash, by.id, at],
    )
    voided = standing(draft).map((it) => it.userName)
    await tx.query(
      `update agreement_signature set ended_at = $3, ended = 'void', ended_by = $4
       where agreement_id = $1 and version = $2 and ended_at is null`,
      [id, version, at, by.id],
    )
  } else if (!draft && last?.hash !== hash) {
    version += 1
    await insertVersion(tx, { id, version, content, by: by.id, at })
  }
  await follow(tx, row, { by, at })
  return { version, voided }
}

/** Throws the draft away that was begun over a version in force. @returns its number; undefined: there is none, or it changed meanwhile */
export async function discardDraft(
  tx: Sql,
  { id, rev, by, at }: { id: string; rev: number; by: By; at: number },
): Promise<number | undefined> {
  const row = await locked(tx, id)
  const draft = row && draftOf(row)
  if (row?.rev !== rev || !draft || row.versions.length === 1) return undefined
  await tx.query('delete from agreement_signature where agreement_id = $1 and version = $2', [id, draft.version])
  await tx.query('delete from agreement_version where agreement_id = $1 and version = $2', [id, draft.version])
  await tx.query('update agreement set rev = rev + 1 where id = $1', [id])
  await follow(tx, row, { by, at })
  return draft.version
}

/** Why a signature was not taken. */
export type SignRefused = 'unknown' | 'changed' | 'replaced' | 'signed-already' | 'both-sides'

/**
 * Puts a name under the exact text that somebody saw. With both sides' names the version is in force from now on, for ever unchanged, and the
 * one before no longer decides. Rule AG-5.
 */
export async function signAgreement(
  tx: Sql,
  { id, version, hash, side, by, at }: { id: string; version: number; hash: string; side: Side; by: By; at: number },
): Promise<{ inForce: boolean } | { refused: SignRefused }> {
  const row = await locked(tx, id)
  const found = row?.versions.find((it) => it.version === version)
  if (!row || !found) return { refused: 'unknown' }
  if (found.hash !== hash) return { refused: 'changed' }
  if (found !== draftOf(row) && found !== decidingOf(row)) return { refused: 'replaced' }
  const names = standing(found)
  if (names.some((it) => it.side === side)) return { refused: 'signed-already' }
  if (names.some((it) => it.userId === by.id)) return { refused: 'both-sides' }
  await tx.query(
    `insert into agreement_signature (id, agreement_id, version, side, user_id, user_name, hash, at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [newId('sig'), id, version, side, by.id, by.name, hash, at],
  )
  const signed = names.length === 1
  if (signed && found.inForceAt === null) {
    await tx.query(
      'update agreement_version set replaced_at = $2 where agreement_id = $1 and in_force_at is not null and replaced_at is null',
      [id, at],
    )
    await tx.query('update agreement_version set in_force_at = $3 where agreement_id = $1 and version = $2', [id, version, at])
  }
  await tx.query('update agreement set rev = rev + 1 where id = $1', [id])
  await follow(tx, row, { by, at })
  return { inForce: signed }
}

/** Takes a signature back. Who may is the caller's to say. The version still decides, if it did. Rule AG-7. @returns whose it was */
export async function withdrawSignature(
  tx: Sql,
  { id, signatureId, by, at, own }: { id: string; signatureId: string; by: By; at: number; own: boolean },
): Promise<{ side: Side; version: number; userName: string } | undefined> {
  const row = await locked(tx, id)
  if (!row) return undefined
  const [gone] = await tx.query<{ side: Side; version: number; userName: string }>(
    `update agreement_signature set ended_at = $3, ended = 'withdrawn', ended_by = $4
     where agreement_id = $1 and id = $2 and ended_at is null and (not $5::boolean or user_id = $4) returning side, version, user_name as "userName"`,
    [id, signatureId, at, by.id, own],
  )
  if (!gone) return undefined
  await tx.query('update agreement set rev = rev + 1 where id = $1', [id])
  await follow(tx, row, { by, at })
  return gone
}

/** Puts an agreement away. The caller has made sure that nothing uses it. What was handed over by it stays counted. */
export async function archiveAgreement(tx: Sql, id: string, at: number): Promise<boolean> {
  const rows = await tx.query('update agreement set archived_at = $2 where id = $1 and archived_at is null returning id', [id, at])
  if (rows.length > 0) await bumpPlan(tx)
  return rows.length > 0
}
