import { setTimeout as pause } from 'node:timers/promises'
import type { Handle } from '@baton/db'
import { HOUR } from './world.ts'

/** A clock that stands where it was put: all that flows know of time. */
export interface SetClock {
  now(): number
  set(at: number): void
}

export function setClock(at: number): SetClock {
  let time = at
  return {
    now: () => time,
    set(to) {
      time = to
    },
  }
}

/** What is still to be done at this instant of the clock, by where it stands. */
async function leftOf(handle: Handle, now: number): Promise<Record<string, number>> {
  const [row] = await handle.query<Record<string, number>>(
    `select (select count(*) from inbox) as inbox, (select count(*) from wheel where slot <= $1) as wheel,
            (select count(*) from scan where status = 'running') as scans,
            (select count(*) from handoff where state in ('routing', 'queued')) as leads,
            (select count(*) from send where status in ('queued', 'sending') and (next_attempt_at is null or next_attempt_at <= $1)) as mails,
            (select count(*) from effect where status = 'sending' or status = 'queued' and next_attempt_at <= $1) as calls,
            (select count(*) from effect e where status = 'queued' and kind = 'throttle' and at <= $2 and not exists
              (select 1 from throttle t where t.place = e.flow_id || '/' || e.node and t.updated_at > $2 and t.updated_at <= $1)) as throttled`,
    // Whoever has stood in the line for an hour, in which nobody passed, may pass: more never wait there.
    [now, now - HOUR],
  )
  return row ?? {}
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, n) => all + n, 0)

/** How much is still to be done at this instant of the clock. */
export const left = async (handle: Handle, now: number): Promise<number> => sum(await leftOf(handle, now))

/** How much waits for a later instant of the clock, or has just come of what did. */
export async function later(handle: Handle): Promise<number> {
  const [row] = await handle.query<{ n: number }>(
    `select (select count(*) from inbox) + (select count(*) from wheel) + (select count(*) from send where status in ('queued', 'sending'))
          + (select count(*) from effect where status in ('queued', 'sending')) as n`,
  )
  return row?.n ?? 0
}

const LOOK = 20
/** Of wall time; whoever is not done by then will never be. */
const PATIENCE = 60_000
/** Of the clock: hours after the script in which everything must come to an end. */
const HOURS = 30

/** Waits until nothing is left to do at this instant. Errors on the way count as not done. @throws Error after a minute */
export async function untilDone(handle: Handle, clock: SetClock, patience = PATIENCE): Promise<void> {
  const until = performance.now() + patience
  for (;;) {
    const counts = await leftOf(handle, clock.now()).catch(() => ({ unknown: 1 }))
    if (sum(counts) === 0) return
    if (performance.now() > until) {
      const what = Object.entries(counts).flatMap(([name, n]) => (n > 0 ? `${n} ${name}` : []))
      throw new Error(`Still to be done after ${patience / 1000} s: ${what.join(', ')}`)
    }
    await pause(LOOK)
  }
}

/** Goes on hour by hour until nobody waits for anything any more. @throws Error when that never comes */
export async function untilOver(handle: Handle, clock: SetClock): Promise<void> {
  for (let hour = 0; hour < HOURS; hour++) {
    do {
      await untilDone(handle, clock)
      if ((await later(handle)) === 0) return
    } while ((await left(handle, clock.now())) > 0)
    clock.set(clock.now() + HOUR)
  }
  throw new Error(`${await later(handle)} things still wait after ${HOURS} hours of the clock`)
}
