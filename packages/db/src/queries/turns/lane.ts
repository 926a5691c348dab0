import { columnsOf } from './columns.ts'

/**
 * The buckets a statement is about. On a database spread over machines a statement names one bucket; on one machine it spans a run of
 * neighbours, so that batches stay full. Both forms come from here (SCALE, rules).
 */
export type Lane = { kind: 'one'; bucket: number } | { kind: 'span'; from: number; to: number }

export const covers = (lane: Lane, bucket: number): boolean =>
  lane.kind === 'one' ? bucket === lane.bucket : bucket >= lane.from && bucket <= lane.to

/** Runs of neighbouring buckets, as few as possible. `spread`: one lane per bucket instead. */
export function lanesOf(buckets: Iterable<number>, spread = false): Lane[] {
  const sorted = [...buckets].sort((a, b) => a - b)
  if (spread) return sorted.map((bucket) => ({ kind: 'one', bucket }))
  const lanes: { kind: 'span'; from: number; to: number }[] = []
  for (const bucket of sorted) {
    const last = lanes.at(-1)
    if (last && last.to === bucket - 1) last.to = bucket
    else lanes.push({ kind: 'span', from: bucket, to: bucket })
  }
  return lanes
}

/** Rows handed to a statement as one parameter per column, to be read as `v`. */
export interface Lot {
  params: unknown[]
  /** `from` item of an INSERT … SELECT or a SELECT, and the bucket to write. */
  source: string
  bucket: string
  /** `from` item of an UPDATE or DELETE, or the left side of a join. */
  v: string
  /** Pins `alias` to the bucket of its row. */
  on(alias: string): string
  /** Adds a parameter and gives its placeholder. */
  add(value: unknown): string
}

/**
 * @param rows objects with `bucket` and the columns; what is null or missing becomes null
 * @param columns their names and types, e.g. `id bigint, vars jsonb`: numbers, text, boolean or JSON
 */
export function lot(lane: Lane, rows: readonly object[], columns: string): Lot {
  const list = columnsOf(lane.kind === 'span' ? `bucket smallint, ${columns}` : columns)
  const params: unknown[] = list.map((column) => column.encode(rows))
  const add = (value: unknown) => `$${params.push(value)}`
  const v = `unnest(${list.map((it, i) => `(select ${it.read(`$${i + 1}`)})`).join(', ')}) as v(${list.map((it) => it.name).join(', ')})`
  if (lane.kind === 'span') return { params, add, v, source: v, bucket: 'v.bucket', on: (alias) => `${alias}.bucket = v.bucket` }
  const pin = `${add(lane.bucket)}::smallint`
  // Through the bucket's own lease row the insert is routed to its machine; a bare record set would be pulled through the coordinator.
  return {
    params,
    add,
    v,
    source: `(select bucket from lease where bucket = ${pin}) l cross join ${v}`,
    bucket: 'l.bucket',
    on: (alias) => `${alias}.bucket = ${pin}`,
  }
}
