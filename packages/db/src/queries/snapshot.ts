import type { Handle, Sql } from '../open/handle.ts'

/** Reads with several statements as of one instant; nothing can be written. Keep it short. */
export function snapshot<T>(handle: Pick<Handle, 'transaction'>, read: (tx: Sql) => Promise<T>): Promise<T> {
  return handle.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only')
    return read(tx)
  })
}
