import { openDatabase } from '@baton/db'
import { pino } from 'pino'
import { createPlans, createRunner } from '../../src/runner/index.ts'

/** What a child process does: everything that is due at `now`, until nothing is left; or until its failpoint kills it. */
export async function drain({ where, now, ttl }: { where: { url: string } | { dir: string }; now: number; ttl: number }): Promise<void> {
  const handle = await openDatabase(where)
  await handle.migrate()
  const log = pino({ level: 'silent' })
  const runner = createRunner({
    handle,
    clock: { now: () => now },
    plans: createPlans({ handle, log }),
    log,
    owner: `child-${process.pid}`,
    leaseTtl: ttl,
  })
  const left = async () => {
    const [row] = await handle.query<{ n: number }>(
      `select (select count(*) from inbox) + (select count(*) from wheel where slot <= $1) + (select count(*) from scan where status = 'running')
              + (select count(*) from handoff where state in ('routing', 'queued')) as n`,
      [now],
    )
    return row?.n ?? 0
  }
  // The killed process's leases have to run out first.
  do await runner.drainUntilIdle()
  while ((await left()) > 0)
  await runner.stop()
  await handle.close()
}
