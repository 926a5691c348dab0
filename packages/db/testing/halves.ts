import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

export type DatabaseKind = 'pg' | 'pglite'

/**
 * Notes that a database suite really ran against this kind of database. `npm test` sets BATON_HALVES to a file, and fails
 * unless it holds both kinds at the end: half a database suite must not pass for a whole one. Call it in the suite's `afterAll`.
 * @param suite the name of the suite, e.g. `db`
 */
export function noteDatabase(suite: string, kind: DatabaseKind): void {
  const file = process.env.BATON_HALVES
  if (!file) return
  mkdirSync(dirname(file), { recursive: true })
  appendFileSync(file, `${suite} ${kind}\n`)
}
