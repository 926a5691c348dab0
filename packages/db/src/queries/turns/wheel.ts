import { randomInt } from 'node:crypto'
import type { Sql } from '../../open/handle.ts'
import type { Chunk, ClaimedItem } from './claim.ts'
import { type Lane, lot } from './lane.ts'
import { noteParked, type Still } from './parked.ts'

/** Ids in one row at most: so few that the row lies in the table itself, and that a batch takes whole rows. */
const CHUNK = 200

/**
 * Buckets whose wakings share rows. Leases on one machine are taken in such groups, so whoever pops a row may work on all of its ids;
 * a popped id of somebody else's bucket is put back under its own group. 1 on a database spread over machines.
 */
export const WHEEL_GROUP = 64

export interface Waking {
  id: number
  dueAt: number
}

/** Puts enrolments on the wheel: insert only, so it never waits for anybody. */
export async function putOnWheel(tx: Sql, lane: Lane, wakings: readonly Waking[]): Promise<void> {
  const group = lane.kind === 'one' || tx.spread ? 1 : WHEEL_GROUP
  const slots = new Map<string, { bucket: number; slot: number; ids: number[] }>()
  for (const { id, dueAt } of wakings) {
    const bucket = Math.floor((id % 1024) / group) * group
    const key = `${bucket}:${dueAt}`
    const slot = slots.get(key) ?? { bucket, slot: dueAt, ids: [] }
    slot.ids.push(id)
    slots.set(key, slot)
  }
  const rows = [...slots.values()].flatMap((slot) =>
    Array.from({ length: Math.ceil(slot.ids.length / CHUNK) }, (_, i) => ({
      bucket: slot.bucket,
      slot: slot.slot,
      // Several machines draw no numbers from one sequence; within a slot of one bucket two of these never meet.
      ...(lane.kind === 'one' ? { chunk: randomInt(2 ** 47) } : {}),
      ids: `{${slot.ids.slice(i * CHUNK, (i + 1) * CHUNK).join(',')}}`,
    })),
  )
  if (rows.length === 0) return
  const q = lot(lane, rows, 'slot bigint, chunk bigint, ids text')
  const chunk = lane.kind === 'one' ? 'v.chunk' : `nextval('wheel_chunk')`
  await tx.query(
    `insert into wheel (bucket, slot, chunk, ids) select ${q.bucket}, v.slot, ${chunk}, v.ids::bigint[] from ${q.source}`,
    q.params,
  )
}

export async function dropChunks(tx: Sql, lane: Lane, chunks: readonly Chunk[]): Promise<void> {
  if (chunks.length === 0) return
  const q = lot(
    lane,
    chunks.map(({ ids: _, ...chunk }) => chunk),
    'slot bigint, chunk bigint',
  )
  await tx.query(`delete from wheel t using ${q.v} where ${q.on('t')} and t.slot = v.slot and t.chunk = v.chunk`, q.params)
}

export async function dropItems(tx: Sql, lane: Lane, items: readonly ClaimedItem[]): Promise<void> {
  if (items.length === 0) return
  const q = lot(
    lane,
    items.map(({ bucket, seq }) => ({ bucket, seq })),
    'seq bigint',
  )
  await tx.query(`delete from inbox t using ${q.v} where ${q.on('t')} and t.seq = v.seq`, q.params)
}

/** Items that nobody could handle, kept with the error; the caller drops them from the inbox afterwards. Copied, as they may hold what JSON cannot. */
export async function keepDead(tx: Sql, lane: Lane, items: readonly (ClaimedItem & { error: string })[], now: number): Promise<void> {
  if (items.length === 0) return
  const q = lot(
    lane,
    items.map(({ bucket, seq, error }) => ({ bucket, seq, error: error.replaceAll('\0', '') })),
    'seq bigint, error text',
  )
  const at = q.add(now)
  await tx.query(
    `insert into dead (bucket, seq, contact_id, kind, payload, at, error, failed_at)
     select i.bucket, i.seq, i.contact_id, i.kind, i.payload, i.at, v.error, ${at}::bigint
     from ${q.v} join inbox i on ${q.on('i')} and i.seq = v.seq on conflict do nothing`,
    q.params,
  )
}

/** Enrolments that cannot go on: they stand still with the error until somebody retries. */
export async function park(
  tx: Sql,
  lane: Lane,
  timers: readonly { bucket: number; id: number; message: string }[],
  now: number,
): Promise<void> {
  if (timers.length === 0) return
  const rows = timers.map(({ bucket, id, message }) => ({
    bucket,
    id,
    parked: { parked: { code: 'step-failed', message, at: now, during: 'due' } },
  }))
  const q = lot(lane, rows, 'id bigint, parked jsonb')
  const still = await tx.query<Still>(
    `update enrolment t set vars = t.vars || v.parked, rev = t.rev + 1 from ${q.v} where ${q.on('t')} and t.id = v.id and t.gen = 0
     returning t.bucket, t.id, t.contact_id, t.flow_id, t.node, v.parked -> 'parked' ->> 'message' as error`,
    q.params,
  )
  await noteParked(
    tx,
    lane,
    still.map((row) => ({ ...row, at: now })),
  )
}
