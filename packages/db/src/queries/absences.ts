import { newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'

/** Somebody is away in [from, to): gets no new leads, in any team. */
export interface AbsenceRow {
  id: string
  userId: string
  name: string
  from: number
  to: number
  note: string
  /** Who wrote it down; null: nobody that is still known. */
  byName: string | null
}

const columns = `a.id, a.user_id as "userId", u.name, a.from_at as "from", a.to_at as "to", a.note, b.name as "byName"
  from absence a join "user" u on u.id = a.user_id left join "user" b on b.id = a.created_by`

/** Absences that touch [from, to), the earliest first: of one user, or of everybody. */
export function listAbsences(
  sql: Sql,
  { userId, from, to }: { userId?: string | undefined; from: number; to: number },
): Promise<AbsenceRow[]> {
  return sql.query(
    `select ${columns} where ($1::text is null or a.user_id = $1) and a.to_at > $2 and a.from_at < $3 order by a.from_at, u.name, a.id limit 1000`,
    [userId ?? null, from, to],
  )
}

export async function absenceById(sql: Sql, id: string): Promise<AbsenceRow | undefined> {
  const [row] = await sql.query<AbsenceRow>(`select ${columns} where a.id = $1`, [id])
  return row
}

export interface AbsenceChange {
  /** Absent: a new one. */
  id?: string | undefined
  userId: string
  from: number
  to: number
  note: string
  by: { id: string }
  at: number
}

/** Writes an absence down. @returns its id; or the one of the same person that it would overlap */
export async function saveAbsence(
  tx: Sql,
  { id, userId, from, to, note, by, at }: AbsenceChange,
): Promise<{ id: string } | { overlaps: AbsenceRow } | 'unknown'> {
  const [overlaps] = await tx.query<AbsenceRow>(
    `select ${columns} where a.user_id = $1 and a.to_at > $2 and a.from_at < $3 and a.id <> $4 order by a.from_at limit 1`,
    [userId, from, to, id ?? ''],
  )
  if (overlaps) return { overlaps }
  if (id === undefined) {
    const made = newId('abs')
    await tx.query('insert into absence (id, user_id, from_at, to_at, note, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)', [
      made,
      userId,
      from,
      to,
      note,
      by.id,
      at,
    ])
    return { id: made }
  }
  const rows = await tx.query('update absence set from_at = $2, to_at = $3, note = $4 where id = $1 and user_id = $5 returning id', [
    ...[id, from, to, note, userId],
  ])
  return rows.length === 0 ? 'unknown' : { id }
}

/** Takes an absence away. @returns false where it was gone */
export async function removeAbsence(tx: Sql, id: string): Promise<boolean> {
  return (await tx.query('delete from absence where id = $1 returning id', [id])).length > 0
}
