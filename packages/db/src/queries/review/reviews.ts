import { newId } from '../../ids.ts'
import type { Sql } from '../../open/handle.ts'

export type ReviewAnswer = 'approved' | 'changes'

/** Somebody who was asked, or answered without being asked. */
export interface ReviewerRow {
  userId: string
  name: string
  role: string
  active: boolean
  asked: boolean
  answer: ReviewAnswer | null
  /** What the draft did when they answered. */
  hash: string | null
  note: string
  at: number | null
}

/** A review that is open. */
export interface ReviewRow {
  id: string
  flowId: string
  hash: string
  note: string
  askedBy: string
  askedByName: string | null
  askedAt: number
  reviewers: ReviewerRow[]
}

/** The open review of a flow, locked where it is about to be changed. */
export async function openReview(sql: Sql, flowId: string, lock = false): Promise<ReviewRow | undefined> {
  if (lock) await sql.query('select 1 from flow where id = $1 for update', [flowId])
  const [row] = await sql.query<Omit<ReviewRow, 'reviewers'>>(
    `select r.id, r.flow_id as "flowId", r.hash, r.note, r.asked_by as "askedBy", u.name as "askedByName", r.asked_at as "askedAt"
     from review r left join "user" u on u.id = r.asked_by where r.flow_id = $1 and r.ended is null order by r.asked_at desc limit 1`,
    [flowId],
  )
  if (!row) return undefined
  const reviewers = await sql.query<ReviewerRow>(
    `select r.user_id as "userId", u.name, u.role, u.active, r.asked, r.answer, r.hash, r.note, r.at
     from reviewer r join "user" u on u.id = r.user_id where r.review_id = $1 order by u.name, u.id`,
    [row.id],
  )
  return { ...row, reviewers }
}

/** Asks for a review, or asks again: whoever answered before keeps their answer, of what the draft did then. @returns its id */
export async function askForReview(
  tx: Sql,
  ask: { flowId: string; hash: string; rev: number; note: string; reviewers: readonly string[]; by: string; at: number },
): Promise<string> {
  const open = await openReview(tx, ask.flowId, true)
  const id = open?.id ?? newId('rvw')
  const values = [id, ask.hash, ask.rev, ask.note, ask.by, ask.at]
  if (open) await tx.query('update review set hash = $2, rev = $3, note = $4, asked_by = $5, asked_at = $6 where id = $1', values)
  else
    await tx.query('insert into review (id, hash, rev, note, asked_by, asked_at, flow_id) values ($1, $2, $3, $4, $5, $6, $7)', [
      ...values,
      ask.flowId,
    ])
  await tx.query('update reviewer set asked = user_id = any($2::text[]) where review_id = $1', [id, ask.reviewers])
  await tx.query(
    `insert into reviewer (review_id, user_id, asked) select $1, u.id, true from "user" u where u.id = any($2::text[]) on conflict do nothing`,
    [id, ask.reviewers],
  )
  return id
}

/** Keeps what somebody says of a state of the draft; what they said before is replaced. */
export async function answerReview(
  tx: Sql,
  { id, userId, answer, hash, note, at }: { id: string; userId: string; answer: ReviewAnswer; hash: string; note: string; at: number },
): Promise<void> {
  await tx.query(
    `insert into reviewer (review_id, user_id, asked, answer, hash, note, at) values ($1, $2, false, $3, $4, $5, $6)
     on conflict (review_id, user_id) do update set answer = excluded.answer, hash = excluded.hash, note = excluded.note, at = excluded.at`,
    [id, userId, answer, hash, note, at],
  )
}

/** Nothing is open any more. */
export async function endReview(tx: Sql, flowId: string, how: 'published' | 'withdrawn', at: number): Promise<void> {
  await tx.query('update review set ended = $2, ended_at = $3 where flow_id = $1 and ended is null', [flowId, how, at])
}

/** Active users who may look at drafts: as many may approve. Sales reps see no flows. */
export function possibleReviewers(sql: Sql): Promise<{ id: string; name: string; role: string }[]> {
  return sql.query(`select id, name, role from "user" where active and role <> 'sales_rep' order by lower(name), id`)
}
