import type { Progress } from '@baton/db'
import type { Io } from '../io.ts'

/** A word now and then, not for every piece. */
const EVERY = 2000

export const counted = (n: number): string => n.toLocaleString('en')

/** Tells on standard error how far it is: each table with its rows, a large one in between, too. */
export function tellProgress(io: Io): Progress {
  let last = Date.now()
  return (table, rows, over) => {
    const now = Date.now()
    if (over ? rows === 0 : now - last < EVERY) return
    last = now
    io.err(`${table}: ${counted(rows)}${over ? '' : ' so far'}\n`)
  }
}

/** Rows of all tables. */
export const total = (rows: ReadonlyMap<string, number>): string => counted([...rows.values()].reduce((sum, n) => sum + n, 0))
