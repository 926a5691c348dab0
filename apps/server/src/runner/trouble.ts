import { LeaseLost, outageOf, sqlState } from '@baton/db'

/**
 * What an error of a batch calls for. `lost`: somebody else took a bucket; find out what is still ours. `again`: the database was
 * busy or away (deadlock, serialization, connection, restart, a full disk, a machine of it that is down), or does not understand us;
 * wait and repeat. `data`: something of a contact in the batch cannot be stored; find out which. `strange`: nobody foresaw it; repeat a few
 * times, then take it for something of a contact, so that one does not hold up all others for ever.
 */
export type Trouble = 'lost' | 'again' | 'data' | 'strange'

/** What a value can be at fault for: out of its range, against a rule of its table, too large. */
const OF_DATA = /^(22|23|54)/

export function troubleOf(error: unknown): Trouble {
  if (error instanceof LeaseLost) return 'lost'
  if (outageOf(error) !== undefined) return 'again'
  const code = sqlState(error)
  if (code === undefined) return 'strange'
  return OF_DATA.test(code) ? 'data' : 'again'
}
