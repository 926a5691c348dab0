import type { ContactState, TurnResult } from '@baton/engine'
import type { Sql } from '../../open/handle.ts'
import { type Lane, type Lot, lot } from './lane.ts'

export const bucketOf = (id: number): number => id % 1024

/** A contact's turn, ready to be stored. */
export interface Turn {
  contactId: number
  /** What it started from. */
  before: ContactState
  result: TurnResult
}

/** Runs a bulk statement over rows; nothing for none. */
export async function bulk(tx: Sql, lane: Lane, rows: readonly object[], columns: string, text: (q: Lot) => string): Promise<void> {
  if (rows.length === 0) return
  const q = lot(lane, rows, columns)
  const statement = text(q)
  await tx.query(statement, q.params)
}

/** One kind of result of all turns, each with its bucket and contact. */
export const each = <T extends object>(turns: readonly Turn[], of: (result: TurnResult) => readonly T[]) =>
  turns.flatMap(({ contactId, result }) => of(result).map((it) => ({ bucket: bucketOf(contactId), contact_id: contactId, ...it })))
