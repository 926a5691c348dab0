import type { EnrolmentVars } from '@baton/engine'
import type { Sql } from '../../open/handle.ts'
import { bulk, type Turn } from './bulk.ts'
import type { Lane } from './lane.ts'

/** A passage as it was written. */
interface Written {
  bucket: number
  id: number
  contact_id: number
  flow_id: string
  node: string
  /** 0 while live. */
  gen: number
  vars: EnrolmentVars
}

/** Somebody who stands still with an error. */
export interface Still {
  bucket: number
  /** The passage. */
  id: number
  contact_id: number
  flow_id: string
  node: string
  error: string
}

export const noteParked = (tx: Sql, lane: Lane, still: readonly (Still & { at: number })[]): Promise<void> =>
  bulk(
    tx,
    lane,
    still,
    'id bigint, contact_id bigint, flow_id text, node text, error text, at bigint',
    (q) => `insert into parked (bucket, enrolment_id, contact_id, flow_id, node, error, at)
            select ${q.bucket}, v.id, v.contact_id, v.flow_id, v.node, v.error, v.at from ${q.source}
            on conflict (bucket, enrolment_id) do update set node = excluded.node, error = excluded.error, at = excluded.at`,
  )

/** Notes who stands still from now on, and who no longer does. A batch without either costs no statement. */
export async function writeParked(tx: Sql, lane: Lane, turns: readonly Turn[], written: readonly Written[]): Promise<void> {
  const before = new Set<number | null>()
  for (const turn of turns) for (const was of turn.before.enrolments) if (was.vars.parked) before.add(was.id)
  const still: (Still & { at: number })[] = []
  const over: object[] = []
  for (const { bucket, id, contact_id, flow_id, node, gen, vars } of written) {
    if (gen === 0 && vars.parked)
      still.push({ bucket, id, contact_id, flow_id, node, error: vars.parked.message.replaceAll('\0', ''), at: vars.parked.at })
    else if (before.has(id)) over.push({ bucket, id })
  }
  await noteParked(tx, lane, still)
  await bulk(tx, lane, over, 'id bigint', (q) => `delete from parked t using ${q.v} where ${q.on('t')} and t.enrolment_id = v.id`)
}
