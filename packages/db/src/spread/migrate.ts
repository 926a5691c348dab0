import { type Asked, inTransaction } from './alone.ts'
import { isSpread, SEQUENTIAL } from './citus.ts'
import { SHARDS } from './distribute.ts'
import { misplaced, putInPlace } from './place.ts'

/**
 * Says to this connection, before it changes tables of a database spread over machines, that one machine is asked after the other.
 * On one machine it changes nothing.
 * @returns whether the database is spread
 */
export async function beforeMigrations(sql: Asked): Promise<boolean> {
  if (!(await isSpread(sql))) return false
  await sql.query(`set ${SEQUENTIAL}`)
  return true
}

/**
 * Puts the tables that migrations made where the placement map says: they would stay on the coordinator, silently.
 * @returns their names
 */
export async function afterMigrations(sql: Asked): Promise<string[]> {
  const names = await misplaced(sql)
  if (names.length === 0) return names
  await inTransaction(sql, async () => {
    await sql.query(`set local ${SEQUENTIAL}`)
    for (const name of names) await putInPlace(sql, name, SHARDS)
  })
  return names
}
