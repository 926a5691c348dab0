import { randomUUID } from 'node:crypto'
import { claimJob, type Handle, type JobTable, releaseJob } from '@baton/db'

/** How long a claim holds without a word: after a crash the next process waits this long. Wall clock, whatever clock people see. */
export const HOLD = 15_000
const BEAT = HOLD / 3

/**
 * Carries a running job on if nobody does, and keeps the claim alive meanwhile. Each step of the work must check the owner.
 * @returns false when another process carries it on, or it does not run any more: then nothing was done
 */
export async function holding(db: Handle, table: JobTable, id: string, work: (owner: string) => Promise<void>): Promise<boolean> {
  const owner = randomUUID()
  const claim = () => claimJob(db, table, { id, owner, now: Date.now(), until: Date.now() + HOLD })
  if (!(await claim())) return false
  let beat = Promise.resolve()
  // A beat that fails is made up for by the next one; once the claim is lost, the steps find out by themselves.
  const timer = setInterval(() => {
    beat = claim().then(
      () => {},
      () => {},
    )
  }, BEAT)
  try {
    await work(owner)
  } finally {
    clearInterval(timer)
    await beat
    await releaseJob(db, table, { id, owner })
  }
  return true
}
