import { type ContactState, enrolmentPrefix, type MergedPassage } from '@baton/engine'
import { bucketOfId, type Ids } from '../../ids.ts'
import type { Sql } from '../../open/handle.ts'
import { enrolment, journal } from '../../schema/enrolment.ts'
import { putOnWheel } from '../turns/wheel.ts'
import { asRecords, copied, type NewId, type Pair } from './move.ts'

const ALL = { kind: 'span', from: 0, to: 1023 } as const

interface Row extends NewId {
  flowId: string
  key: string
  gen: number
  /** Counted behind the survivor's: its own number plus `offset`. */
  entry: number
  offset: number
}

/** Where passages stand with their numbers and what closes them. @returns the loser's passages with their new ids and numbers */
export async function movePassages(
  tx: Sql,
  ids: Ids,
  pair: Pair,
  { passages, survivor, now }: { passages: readonly MergedPassage[]; survivor: ContactState; now: number },
): Promise<Row[]> {
  const most = new Map<string, number>()
  const place = (it: { flowId: string; key: string }) => JSON.stringify([it.flowId, it.key])
  for (const it of [...survivor.past, ...survivor.enrolments]) most.set(place(it), Math.max(most.get(place(it)) ?? 0, it.entry))
  // The survivor's own first: one that closes makes room for the one that goes on.
  await settleOwn(
    tx,
    passages.filter((it) => it.of === 'survivor'),
    now,
  )
  const rows = await tx.query<Omit<Row, 'newId' | 'offset'>>(
    'select id, flow_id as "flowId", key, gen, entry from enrolment where bucket = $1::smallint and contact_id = $2 order by id',
    [bucketOfId(pair.loser), pair.loser],
  )
  const taken = await ids.take(
    rows.map(() => bucketOfId(pair.survivor)),
    tx,
  )
  const moving = rows.map((row, i) => {
    const offset = most.get(place(row)) ?? 0
    return { ...row, newId: taken[i] ?? 0, offset, entry: offset + row.entry }
  })
  if (moving.length === 0) return []
  const live = new Map(passages.filter((it) => it.of === 'loser').map((it) => [it.before.id, it]))
  const records = moving.map((row) => {
    const passage = live.get(row.id)
    return {
      ...row,
      live: row.gen === 0,
      closing: passage?.closing != null,
      seq: passage?.after.seq ?? 0,
      vars: passage?.after.vars ?? null,
    }
  })
  const ends = (column: string, value: string) => ({ [column]: `case when v.closing then ${value} else e.${column} end` })
  const enrolments = copied(enrolment, 'e', {
    ...{ bucket: '$3::smallint', contact_id: '$4::bigint', id: 'v."newId"', entry: 'v.entry' },
    gen: 'case when v.live and not v.closing then 0 else v.entry end',
    seq: 'case when v.live then v.seq else e.seq end',
    vars: 'coalesce(v.vars, e.vars)',
    ...{ ...ends('due_at', 'null'), ...ends('ended_at', '$5::bigint'), ...ends('end_how', "'merged'") },
  })
  const source = `json_to_recordset($1::json) as v(id bigint, "newId" bigint, entry integer, live boolean, closing boolean, seq integer, vars jsonb)`
  const from = bucketOfId(pair.loser)
  await tx.query(
    `insert into enrolment (${enrolments.into}) select ${enrolments.values} from ${source} join enrolment e on e.bucket = $2::smallint and e.id = v.id`,
    [asRecords(records), from, bucketOfId(pair.survivor), pair.survivor, now],
  )
  const steps = copied(journal, 'j', { bucket: '$3::smallint', enrolment_id: 'v."newId"' })
  await tx.query(
    `insert into journal (${steps.into}) select ${steps.values}
     from json_to_recordset($1::json) as v(id bigint, "newId" bigint) join journal j on j.bucket = $2::smallint and j.enrolment_id = v.id`,
    [asRecords(moving), from, bucketOfId(pair.survivor)],
  )
  await tx.query('delete from journal where bucket = $1::smallint and enrolment_id = any($2::bigint[])', [
    from,
    moving.map((row) => row.id),
  ])
  await tx.query('delete from enrolment where bucket = $1::smallint and contact_id = $2', [from, pair.loser])
  await moveParked(tx, pair)
  const newId = new Map(moving.map((row) => [row.id, row.newId]))
  await noteClosings(
    tx,
    [...live.values()].map((it) => ({ ...it, id: newId.get(it.before.id ?? 0) ?? 0 })),
  )
  const wakings = [...live.values()].flatMap(({ before, after }) =>
    after.dueAt === null ? [] : [{ id: newId.get(before.id ?? 0) ?? 0, dueAt: after.dueAt }],
  )
  await putOnWheel(tx, ALL, wakings)
  return moving
}

/** Who stands still is found by the passage's new id. */
async function moveParked(tx: Sql, { survivor, loser }: Pair): Promise<void> {
  await tx.query('delete from parked where bucket = $1::smallint and contact_id = $2', [bucketOfId(loser), loser])
  await tx.query(
    `insert into parked (bucket, enrolment_id, contact_id, flow_id, node, error, at)
     select bucket, id, contact_id, flow_id, node, vars -> 'parked' ->> 'message', (vars -> 'parked' ->> 'at')::bigint from enrolment
     where bucket = $1::smallint and contact_id = $2 and gen = 0 and vars ? 'parked' on conflict do nothing`,
    [bucketOfId(survivor), survivor],
  )
}

/** What of the survivor's own passages closes, or waits for another hand-off from now on. */
async function settleOwn(tx: Sql, passages: readonly MergedPassage[], now: number): Promise<void> {
  for (const { before, after, closing } of passages) {
    if (closing === null && after === before) continue
    await tx.query(
      closing === null
        ? 'update enrolment set vars = $3::jsonb, rev = rev + 1 where bucket = $1::smallint and id = $2'
        : `update enrolment set vars = $3::jsonb, gen = entry, seq = $4, due_at = null, ended_at = $5, end_how = 'merged', rev = rev + 1
           where bucket = $1::smallint and id = $2`,
      [(before.id ?? 0) % 1024, before.id, JSON.stringify(after.vars), ...(closing === null ? [] : [after.seq, now])],
    )
  }
  await noteClosings(
    tx,
    passages.map((it) => ({ ...it, id: it.before.id ?? 0 })),
  )
}

/** The steps by which passages close, in the journal and in the counts of their nodes. */
async function noteClosings(tx: Sql, passages: readonly (MergedPassage & { id: number })[]): Promise<void> {
  for (const { id, after, closing } of passages) {
    if (closing === null) continue
    await tx.query(
      'insert into journal (bucket, enrolment_id, seq, at, due, steps) values ($1, $2, $3, $4, null, $5::json) on conflict do nothing',
      [bucketOfId(id), id, closing.seq, closing.at, JSON.stringify([closing])],
    )
    await tx.query(`insert into node_delta (bucket, flow_id, node, port, hour, n) values ($1, $2, $3, 'end', $4, 1)`, [
      bucketOfId(id),
      after.flowId,
      after.node,
      Math.floor(closing.at / 3_600_000),
    ])
  }
}

/** What the keys of a passage's mails begin with, before and after; and whether what is queued is taken back. */
export interface Prefix {
  from: string
  to: string
  closes: boolean
}

/** The prefixes of every live passage of both. A mail that is not out follows its passage, so that leaving takes it back. */
export function prefixesOf(passages: readonly MergedPassage[], keys: { survivor: string; loser: string }): Prefix[] {
  return passages.map(({ of, before, after, closing }) => ({
    from: enrolmentPrefix(of === 'survivor' ? keys.survivor : keys.loser, before),
    to: enrolmentPrefix(keys.survivor, after),
    closes: closing !== null,
  }))
}
