import { sqlState } from './handle.ts'

/**
 * What keeps the database from doing what it was asked, where that is nobody's fault who asked. `away`: it does not answer, or ended
 * the connection; whether what was asked is done is not known, where it was a commit. `full`: its disk, or the memory or files that its
 * machine gives it. `busy`: it chose others this time.
 */
export type Outage = 'away' | 'full' | 'busy'

const BUSY = new Set(['40001', '40P01', '53300', '55P03'])
const AWAY = /^(08|57P|25P0[34]|E(CONN|PIPE|TIMEDOUT|HOST|NET|AI_|NOTFOUND)|ERR_STREAM)/
const FULL = /^(53|58|ENOSPC|EDQUOT|EMFILE|ENFILE)/
/** What the driver says in words only, and what a database spread over machines says of one that is down. */
const SAYS =
  /connection terminated|connection ended|not queryable|timeout exceeded when trying to connect|timeout expired|query read timeout|remote node|PGlite is closed/i
const FULL_SAYS = /no space left|disk is full/i

/** Undefined: the error is about what was asked. */
export function outageOf(error: unknown): Outage | undefined {
  const code = sqlState(error)
  if (code !== undefined) {
    if (BUSY.has(code)) return 'busy'
    if (FULL.test(code)) return 'full'
    // A server on a socket that is not there: no file of that name.
    if (AWAY.test(code) || (code === 'ENOENT' && connecting(error))) return 'away'
  }
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (FULL_SAYS.test(at.message)) return 'full'
    if (SAYS.test(at.message)) return 'away'
  }
  return undefined
}

function connecting(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if ('syscall' in at && at.syscall === 'connect') return true
  return false
}

/** Words for whoever asked: what is the matter, and what to do. Nothing is promised of what was asked: its commit may have been the last thing done. */
export const OUTAGE_SAYS: Readonly<Record<Outage, string>> = {
  away: 'The database does not answer. Baton goes on by itself when it does: look in a moment whether this was saved, and do it again if not. If it stays away, see that PostgreSQL runs and can be reached.',
  full: 'The disk is full. Nothing that was saved is lost, and Baton goes on by itself when there is room again: make some, then do this again.',
  busy: 'The database had too much to do at once. Try again in a moment.',
}
