import { LeaseLost, sqlState } from '@baton/db'

/**
 * What an error of a batch calls for. `lost`: somebody else took a bucket; find out what is still ours. `again`: the database was
 * busy or away (deadlock, serialization, connection, restart, a machine of it that is down); wait and repeat. `data`: something of a
 * contact in the batch cannot be stored; find out which.
 */
export type Trouble = 'lost' | 'again' | 'data'

const BUSY = ['40001', '40P01', '53300', '55P03', '25P03']
const AWAY = /^(08|57P)/
const SAYS = /connection terminated|timeout exceeded when trying to connect|remote node|ECONNREFUSED|ECONNRESET|PGlite is closed/i

export function troubleOf(error: unknown): Trouble {
  if (error instanceof LeaseLost) return 'lost'
  const code = sqlState(error)
  if (code !== undefined && (BUSY.includes(code) || AWAY.test(code))) return 'again'
  if (error instanceof Error && SAYS.test(error.message)) return 'again'
  return code === undefined || !/^(22|23)/.test(code) ? 'again' : 'data'
}
