import { allowedNetworks } from '@baton/connect'
import { openDatabase } from '@baton/db'
import { pino } from 'pino'
import { createCourier } from '../../src/effects/index.ts'
import { createPlans, createRunner } from '../../src/runner/index.ts'

/** What a child process does: turns and effects that are due at `now`, until nothing is left; or until its failpoint kills it. */
export async function carry({ where, now, ttl }: { where: { url: string } | { dir: string }; now: number; ttl: number }): Promise<void> {
  const handle = await openDatabase(where)
  const log = pino({ level: 'silent' })
  const clock = { now: () => now }
  const owner = `child-${process.pid}`
  const runner = createRunner({ handle, clock, plans: createPlans({ handle, log }), log, owner, leaseTtl: ttl })
  const allowed = allowedNetworks(['127.0.0.1'])
  const courier = createCourier({ handle, clock, log, owner, transport: null, allowed, baseUrl: '', nudge: () => {}, claimMs: ttl })
  const left = async () => {
    const [row] = await handle.query<{ n: number }>(
      `select (select count(*) from inbox) + (select count(*) from effect where status in ('queued', 'sending')) as n`,
    )
    return row?.n ?? 0
  }
  await courier.start()
  // The claims and leases of a process that was killed have to run out first.
  do {
    await runner.drainUntilIdle()
    await courier.deliverDue()
    await new Promise((go) => setTimeout(go, 20))
  } while ((await left()) > 0)
  await courier.stop()
  await runner.stop()
  await handle.close()
}
